import type { Language } from '../vocabulary/language.ts'

const hungarian: Language = {
  name: 'Hungarian',
  types: {
    locations: 'telephelyek, telephely, helyszínek, helyszín',
    users: 'felhasználók, felhasználó, felhasználóból',
    sso: 'egyszeri bejelentkezés',
  },
  figures: {
    usage: 'felhasznált, használt, használatban, használat, felhasználás',
    limit: 'korlát, felső korlát, keret, maximum, engedélyezett',
    direct: 'közvetlen, saját',
    subtree: 'alszervezetekkel, alszervezetekkel együtt, összesített',
    free: 'szabad, fennmaradó, elérhető',
    share: 'arány, százalék, kihasználtság',
    effective: 'érvényes korlát',
  },
  unlimited: 'korlátlan, nincs korlát, korlát nélkül',
  disabled: 'letiltva, kikapcsolva, nem engedélyezett',
  nothing: 'nincs',
  inherited: 'örökölt',
  total: 'összesen, mindösszesen, végösszeg',
  subtotal: 'részösszeg',
  statistic: 'átlag, medián',
  parent: 'szülőszervezet, felettes szervezet',
  conjunction: 'és',
  page: 'oldal',
  workspace: 'munkaterület',
  organization: 'szervezet, szervezetek, ügyfél, név, cég',
  archived: 'archivált(ak), törölt, megszűnt, lezárt, korábbi',
  everything: 'összes, minden',
  furniture: 'dátum, készült, jelentés, időszak',
}

export default hungarian
