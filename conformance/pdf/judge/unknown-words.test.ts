import { expect, test } from 'vitest'
import type { Organization } from '../../../fixtures/organization.ts'
import { judgePages } from './judge.ts'
import { organizationOf, pageOf, type Row } from './vitest.pages.ts'

const organizations = [
  organizationOf('Amber', [417, 900], [12, null]),
  organizationOf('Basalt', [38, 0], [77, 130]),
  organizationOf('Cedar', [2051, 4000], [31, 0]),
  organizationOf('Delta', [640, null], [19, 45]),
  organizationOf('Ember', [86, 120], [53, null]),
  organizationOf('Flint', [5, 230], [92, 110]),
]

/** A limit in words that no language has. */
const limitOf = (limit: number | null | undefined) => (limit === 0 ? 'gorpax' : String(limit ?? 'lubix'))

const judged = (rows: Row[]) => {
  const { verdict, findings } = judgePages([pageOf(rows)], { organizations })
  return { verdict, messages: findings.map(({ message }) => message) }
}

/** The figures of an organization as they are shown: its users, their limit, its locations, their limit. */
const shown = ({ usage, limits }: (typeof organizations)[number]) => ({
  users: [String(usage.usage.users), limitOf(limits.users)] as const,
  locations: [String(usage.usage.locations), limitOf(limits.locations)] as const,
})

type Shown = ReturnType<typeof shown>

const sentences = ({ users, locations }: Shown, name: string): Row[] => [
  [
    [
      40,
      `${name} – Vaxi: dopex ${users[0]}, tirox ${users[1]}; Zumi: dopex ${locations[0]}, tirox ${locations[1]}.`,
    ],
  ],
]
const labels = ({ users, locations }: Shown, name: string): Row[] => [
  [[40, name]],
  ...(['dopex', 'tirox'] as const).flatMap((figure, at): Row[] => [
    [
      [60, `Vaxi, ${figure}:`],
      [300, users[at]!],
    ],
    [
      [60, `Zumi, ${figure}:`],
      [300, locations[at]!],
    ],
  ]),
]
const ratios = ({ users, locations }: Shown, name: string): Row[] => {
  const ratio = ([used, limit]: readonly [string, string]) =>
    /\d/.test(limit) ? `${used} zon ${limit}` : `${used} (${limit})`
  return [
    [
      [40, name],
      [200, ratio(users)],
      [400, ratio(locations)],
    ],
  ]
}
const heads: Row[] = [
  [
    [40, 'Mubax'],
    [200, 'Vaxi'],
    [400, 'Zumi'],
  ],
]

test.each([
  { layout: 'sentences', above: [], draw: sentences },
  { layout: 'labels and values', above: [], draw: labels },
  { layout: 'ratios', above: heads, draw: ratios },
])('$layout in unknown words: words stand for a limit where others have a number', ({ above, draw }) => {
  const rows = organizations.flatMap((each) => draw(shown(each), each.name))
  expect(judged([...above, ...rows])).toEqual({ verdict: 'conforming', messages: [] })
})

/** Labels and values, with the users' limit of one organization, which is 0, shown as these rows. */
const withBasaltsLimit = (limit: Row[]) =>
  organizations.flatMap((each) => {
    const rows = labels(shown(each), each.name)
    return each.name === 'Basalt' ? rows.flatMap((row, at) => (at === 3 ? limit : [row])) : rows
  })

test('a limit of 0 that an unknown word in its record may say is undecided', () => {
  expect(judged(withBasaltsLimit([[[60, 'Gorpax']]])).verdict).toBe('unreadable')
})

test('a limit of 0 where the report shows the word for no limit is missing', () => {
  const limit: Row = [
    [60, 'Vaxi, tirox:'],
    [300, 'lubix'],
  ]
  expect(judged(withBasaltsLimit([limit]))).toEqual({
    verdict: 'nonconforming',
    messages: ['Basalt: users limit is 0 in the data, the report shows lubix (page 1)'],
  })
})

test('the only dash beside words for no limit is undecided where a limit is 0', () => {
  const limit: Row = [
    [60, 'Vaxi, tirox:'],
    [300, '–'],
  ]
  expect(judged(withBasaltsLimit([limit])).verdict).toBe('unreadable')
})

test('in cards abreast the word for no limit says no limit of 0, though its label stands before it', () => {
  const own = [
    organizationOf('Amber', [417, null], [12, 80]),
    organizationOf('Basalt', [38, null], [77, 130]),
    organizationOf('Cedar', [2051, 4000], [31, 60]),
    organizationOf('Delta', [640, 700], [19, 0]),
    organizationOf('Ember', [86, null], [53, 70]),
    organizationOf('Flint', [5, 230], [92, 110]),
  ]
  const cards = own.map(({ name, usage, limits }) => [
    name,
    `Vaxi dopex ${usage.usage.users}`,
    `Vaxi tirox ${limits.users || 'lubix'}`,
    `Zumi dopex ${usage.usage.locations}`,
    `Zumi tirox ${limits.locations || 'lubix'}`,
  ])
  const rows = [0, 2, 4].flatMap((at) =>
    cards[at]!.map(
      (left, line): Row => [
        [40, left],
        [300, cards[at + 1]![line]!],
      ],
    ),
  )
  expect(judgePages([pageOf(rows)], { organizations: own })).toMatchObject({
    verdict: 'nonconforming',
    findings: [{ name: 'Delta', field: 'limits.locations' }],
  })
})

test('a row of zeros that may be the usage of a type that nobody uses shows no wrong limit', () => {
  const withSso = ({ usage, limits, ...rest }: Organization): Organization => {
    const own = { ...usage.usage, sso: 0 }
    return { ...rest, usage: { usage: own, subtree_usage: own }, limits: { ...limits, sso: null } }
  }
  const own = [
    organizationOf('Amber', [7421, 18214], [6, 0]),
    organizationOf('Basalt', [0, 20224], [10, 0]),
    organizationOf('Cedar', [12195, null], [27, null]),
  ].map(withSso)
  const rows = own.flatMap(({ name, usage, limits }): Row[] => [
    [[40, name]],
    ...['locations', 'users', 'sso'].flatMap((type): Row[] => [
      [
        [40, `${type.slice(0, 3)}ax dopex`],
        [200, String(usage.usage[type])],
      ],
      [
        [40, `${type.slice(0, 3)}ax tirox`],
        [200, limits[type] === 0 ? 'gorpax' : String(limits[type] ?? 'lubix')],
      ],
    ]),
  ])
  expect(judgePages([pageOf(rows)], { organizations: own }).verdict).not.toBe('nonconforming')
})

test.each([
  ['says 0 where words say that nothing limits', '–', 'no limit', 'conforming'],
  ['says 0 where another one says that nothing limits', 'none', 'n/a', 'conforming'],
  ['says that nothing limits where nothing else does', '–', '–', 'nonconforming'],
])('a dash %s', (_, zero, none, verdict) => {
  const limit = (own: number | null | undefined) => (own === 0 ? zero : String(own ?? none))
  const rows = organizations.map(({ name, usage, limits }): Row => {
    const figures = [usage.usage.users, limit(limits.users), usage.usage.locations, limit(limits.locations)]
    return [[40, name], ...figures.map((text, at): [number, string] => [180 + 80 * at, String(text)])]
  })
  const heads: Row = ['Users', 'Limit', 'Locations', 'Limit'].map((head, at) => [180 + 80 * at, head])
  expect(judged([[[40, 'Name'], ...heads], ...rows]).verdict).toBe(verdict)
})
