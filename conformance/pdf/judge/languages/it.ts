import type { Language } from '../vocabulary/language.ts'

const italian: Language = {
  name: 'Italian',
  types: {
    locations: 'sedi, sede',
    users: 'utenti, utente',
    sso: 'accesso singolo',
  },
  figures: {
    usage: 'usati, usato, utilizzo, utilizzat[o|i], in uso, consumo, consumi',
    limit: 'limite, limiti, massimo, tetto, consentit[o|i], su',
    direct: 'diretto, proprio, propri[a|e|o], diretti',
    subtree: 'totale, sottoalbero, con filiali, filiali, inclus[o|i]',
    free: 'disponibile, disponibili, libero, liberi, rimanenti, utilizzabile',
    share: 'percentuale',
    effective: 'limite effettivo, effettivo, limitato *',
  },
  unlimited: 'illimitato, nessun limite, senza limit[e|i]',
  disabled: 'disabilitato, disattivat[o|i], bloccat[o|i], non disponibile',
  nothing: 'nessun(o)(a)',
  inherited: 'ereditato, eredit*',
  total: 'totale, totale generale, somma',
  subtotal: 'subtotale',
  statistic: 'media, mediana',
  parent: 'superiore',
  joint: 'su, di, da',
  conjunction: 'e',
  page: 'pagina, p.',
  workspace: 'area di lavoro, spazio di lavoro',
  organization: 'organizzazione, organizzazioni, cliente, nome, azienda',
  archived: 'archiviat[a|e|i|o], eliminat[a|e|i|o], chius[a|e|i|o], cessat[a|e|i|o]',
  everything: 'tutte( le), tutti( i)',
  counter: 'clienti, aziende',
  furniture: 'data, generato, rapporto, periodo',
}

export default italian
