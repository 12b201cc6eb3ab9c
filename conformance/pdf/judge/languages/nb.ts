import type { Language } from '../vocabulary/language.ts'

const norwegian: Language = {
  name: 'Norwegian',
  types: {
    locations: 'lokasjoner, lokasjon, steder',
    users: 'brukere, bruker',
    sso: 'enkel pålogging',
  },
  figures: {
    usage: 'brukt, i bruk, forbruk',
    limit: 'grense, tak, tillatt',
    direct: 'direkte, egen, eget, egne',
    subtree: 'samlet, inkludert, inkl, inkl(.) underenheter, underenheter, med underenheter',
    free: 'ledig, ledige, tilgjengelig, gjenstår',
    share: 'andel, prosent',
    effective: 'effektiv grense, effektiv, begrenset av',
  },
  unlimited: 'ubegrenset, ingen grense',
  disabled: 'deaktivert, sperret',
  nothing: 'ingen, intet',
  inherited: 'arvet',
  total: 'totalt, sum, i alt',
  subtotal: 'delsum',
  statistic: 'gjennomsnitt, median',
  parent: 'overordnet',
  joint: 'av',
  conjunction: 'og',
  page: 'side',
  workspace: 'arbeidsområde',
  organization: 'organisasjon(er), kunde, navn, firma',
  archived: 'arkivert(e), slettet, slettede, lukket, lukkede, tidligere, nedlagte',
  everything: 'alle',
  counter: 'kunder',
  furniture: 'dato, opprettet, rapport, periode',
}

export default norwegian
