import type { Language } from '../vocabulary/language.ts'

const danish: Language = {
  name: 'Danish',
  types: {
    locations: 'lokationer, lokation',
    users: 'brugere, bruger',
    sso: 'enkeltlogon',
  },
  figures: {
    usage: 'brugt, forbrugt, forbrug',
    limit: 'grænse, begrænsning, loft, tilladt',
    direct: 'direkte, egen, eget, egne',
    subtree: 'samlet, inklusive, inkl, inkl(.) underenheter, underenheter, med underenheter',
    free: 'ledig, ledig(e)(t), tilgængelig(e), tilbage',
    share: 'andel, procent',
    effective: 'effektiv grænse, effektiv, begrænset af',
  },
  unlimited: 'ubegrænset, ingen grænse',
  disabled: 'deaktiveret, spærret',
  nothing: 'ingen, intet',
  inherited: 'arvet, nedarvet',
  total: 'i alt, total, sum',
  subtotal: 'subtotal, delsum',
  statistic: 'gennemsnit, median',
  parent: 'overordnet',
  joint: 'af, ud af',
  conjunction: 'og',
  page: 'side',
  workspace: 'arbejdsområde',
  organization: 'organisation(er), kunde, navn, firma',
  archived: 'arkiveret, arkiverede, slettet, slettede, lukket, lukkede, tidligere',
  everything: 'alle',
  counter: 'kunder',
  furniture: 'dato, oprettet, rapport, periode',
}

export default danish
