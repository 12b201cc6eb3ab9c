/** A product type: what organizations use, and what their limits bound. */
export interface ProductTypeRow {
  /** As the API names it. */
  key: string
  /** As reports and pages name it. */
  label: string
  /** What its figures are measured in, shown with the label; null where things are counted. */
  unit: string | null
  /** What reports of any deployment may call it, in lower case: regular expressions that the judge matches as whole words. */
  wordings: readonly string[]
}

/**
 * The product types of the public API, in the order in which they are shown: the one place that lists them. A
 * deployment's list of organizations may name others, which are shown by their keys, after these.
 */
export const productTypes = [
  {
    key: 'locations',
    label: 'Locations',
    unit: null,
    wordings: [
      'locations?',
      'locs?',
      'sites?',
      'places',
      'premises',
      'branches',
      'standorte?n?',
      'filialen?',
      'emplacements?',
      'lieux',
      'ubicaci(ón|ones)',
      'sedes?',
      'sedi',
      'sede',
      'locaties?',
      'vestigingen',
      'localizações',
      'localização',
      'unidades',
      'platser',
      'plats',
      'lokationer',
      'lokalizacj[ae]',
      'lokacje',
      'oddziały',
      'toimipaikat',
      'pobočky',
      'konumlar',
      'объект\\S*',
      'площадк\\S*',
      '拠点',
      '站点',
      '地点',
      '사이트',
    ],
  },
  {
    key: 'users',
    label: 'Users',
    unit: null,
    wordings: [
      'users?',
      'usrs?',
      'seats?',
      'people',
      'members',
      'persons',
      'accounts',
      'user seats',
      'benutzer(n|innen)?',
      'nutzer(n|innen)?',
      'anwender',
      'utilisateurs?',
      'usuarios?',
      'utenti',
      'gebruikers',
      'personen',
      'utilizadores',
      'usuári[oa]s',
      'användare',
      'brugere',
      'brukere',
      'użytkown\\S+',
      'käyttäjät',
      'uživatelé',
      'kullanıcılar',
      'пользовател\\S+',
      'ユーザー',
      '用户',
      '사용자',
    ],
  },
  {
    key: 'sso',
    label: 'SSO',
    unit: null,
    wordings: [
      'sso',
      'single[ -]?sign[ -]?(on|ons)',
      'sso connections?',
      'identity providers?',
      'idp',
      'saml',
      'einmalanmeldung',
      'authentification unique',
      'inicio de sesión único',
      'シングルサインオン',
      'единый вход',
    ],
  },
] as const satisfies readonly ProductTypeRow[]

export type KnownProductType = (typeof productTypes)[number]['key']

/** The name of a product type to show, with its unit: `Storage (GB)`; the key of one that the public API does not have. */
export function labelOf(type: string): string {
  const row = (productTypes as readonly ProductTypeRow[]).find(({ key }) => key === type)
  if (!row) return type
  return row.unit === null ? row.label : `${row.label} (${row.unit})`
}
