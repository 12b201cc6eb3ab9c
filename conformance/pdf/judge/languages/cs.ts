import type { Language } from '../vocabulary/language.ts'

const czech: Language = {
  name: 'Czech',
  types: {
    locations: 'pobočky, pobočka, poboček',
    users: 'uživatelé, uživatel, uživatelů',
    sso: 'jednotné přihlášení',
  },
  figures: {
    usage: 'použito, využito, využití',
    limit: 'limit, limity, strop, maximum, povoleno',
    direct: 'přímé, vlastní, přímo',
    subtree: 'včetně *, souhrnně',
    free: 'volné, zbývá, k dispozici',
    share: 'podíl, procento',
    effective: 'účinný limit',
  },
  unlimited: 'neomezeno, bez limitu, bez omezení',
  disabled: 'zakázáno, vypnuto',
  nothing: 'žádný, žádné',
  inherited: 'zděděno',
  total: 'celkem, součet',
  subtotal: 'mezisoučet',
  statistic: 'průměr, medián',
  parent: 'nadřazená',
  joint: 'z, ze, od',
  conjunction: 'a',
  page: 'strana, str.',
  workspace: 'pracovní prostor',
  organization: 'organizace, zákazník, název, firma',
  archived: 'archivovan[é|á|ý], smazan[é|á|ý], zrušen[é|á|ý], uzavřen[é|á|ý], bývalé',
  everything: 'vše, všechny',
  counter: 'organizací',
  furniture: 'datum, vytvořeno, přehled, období',
}

export default czech
