import type { Language } from '../vocabulary/language.ts'

const swedish: Language = {
  name: 'Swedish',
  types: {
    locations: 'platser, plats',
    users: 'användare',
    sso: 'enkel inloggning',
  },
  figures: {
    usage: 'använt, använda, användning, förbrukat',
    limit: 'gräns, tak, maxgräns, tillåt[et|na]',
    direct: 'egen, eget, egna, direkt',
    subtree: 'totalt, inklusive, inkl, inkl(.) underenheter, underenheter, med underenheter',
    free: 'lediga, ledig(t), återstår, kvar, tillgängligt',
    share: 'andel, procent',
    effective: 'effektiv gräns, effektiv, begränsas av',
  },
  unlimited: 'obegränsa, obegränsat, ingen gräns',
  disabled: 'avstängd, avstäng, avstängt, spärrad, spärra',
  nothing: 'ingen, inget, inga',
  inherited: 'ärvd, ärvt',
  total: 'totalt, summa, totalsumma',
  subtotal: 'delsumma',
  statistic: 'genomsnitt, medel, median',
  parent: 'överordnad',
  joint: 'av',
  conjunction: 'och',
  page: 'sida, sid.',
  workspace: 'arbetsyta',
  organization: 'organisation(er), kund, namn, företag',
  archived: 'arkiverad(e), borttagen, borttagna, stängd(a), tidigare, avslutade',
  everything: 'alla',
  counter: 'kunder',
  furniture: 'datum, skapad, rapport, period',
}

export default swedish
