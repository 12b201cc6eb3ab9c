import type { Language } from '../vocabulary/language.ts'

const romanian: Language = {
  name: 'Romanian',
  types: {
    locations: 'locații, locație, locațiile',
    users: 'utilizatori, utilizator, utilizatorii',
    sso: 'autentificare unică',
  },
  figures: {
    usage: 'utilizat, utilizate, utilizare, folosit, folosite, consum, în uz',
    limit: 'limită, limita, limite, plafon, maxim, permis(e)',
    direct: 'direct, directe, propriu, proprii',
    subtree: 'cumulat, inclusiv *, cu filiale, subarbore',
    free: 'disponibil(e), liber(e), rămas(e)',
    share: 'procent, pondere',
    effective: 'limită efectivă, limita efectivă',
  },
  unlimited: 'nelimitat(ă), fără limită',
  disabled: 'dezactivat(ă), blocat(ă)',
  nothing: 'niciunul, niciuna, fără',
  inherited: 'moștenit(ă)',
  total: 'total, total general, sumă',
  subtotal: 'subtotal',
  statistic: 'medie, mediană',
  parent: 'organizație superioară, parte din',
  joint: 'din, de',
  conjunction: 'și',
  page: 'pagina, pag.',
  workspace: 'spațiu de lucru',
  organization: 'organizație, organizația, organizații, client, nume, companie',
  archived: 'arhivat(e)(ă), șters, șterse, închis(e), foste',
  everything: 'toate',
  furniture: 'data, generat, raport, perioadă',
}

export default romanian
