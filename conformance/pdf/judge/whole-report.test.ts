import { describe, expect, test } from 'vitest'
import { judgePages } from './judge.ts'
import { organizationOf, pageOf, type Row } from './vitest.pages.ts'

const organizations = [
  organizationOf('Amber', [417, 900], [12, null]),
  organizationOf('Basalt', [38, null], [77, 130]),
  organizationOf('Cedar', [2051, 4000], [31, 64]),
  organizationOf('Delta', [640, 700], [19, 45]),
  organizationOf('Ember', [86, 120], [53, null]),
  organizationOf('Flint', [5, 230], [92, 110]),
]
const figures = organizations.map(({ usage, limits }) => [
  usage.usage.users,
  limits.users,
  usage.usage.locations,
  limits.locations,
])
const heads = ['Used', 'Limit', 'Used', 'Limit']

/** A table under two headings, with the figures of an organization in each row. */
function table(groups: string[], columns: string[], rows: (typeof figures)[number][]): Row[] {
  const cells = (texts: string[]) => texts.map((text, at): Row[number] => [200 + 80 * at, text])
  return [
    [
      [230, groups[0]!],
      [390, groups[1]!],
    ],
    [[40, 'Organization'], ...cells(columns)],
    ...rows.map(
      (row, at): Row => [[40, organizations[at]!.name], ...cells(row.map((figure) => String(figure ?? '-')))],
    ),
  ]
}

/** The table of one language and its findings; the first heading is that of users. */
const kinds = (rows: Row[]) =>
  judgePages([pageOf(rows)], { organizations }).findings.map(({ kind, message }) => `${kind}: ${message}`)

test('a right table has no findings', () => {
  expect(kinds(table(['Users', 'Locations'], heads, figures))).toEqual([])
})

test.each([
  ['down', 'before', -1],
  ['up', 'after', 1],
])('figures of every row one row %s are one finding', (direction, other, by) => {
  const rows = figures.map((_, at) => figures.at((at + by) % figures.length)!)
  expect(kinds(table(['Users', 'Locations'], heads, rows))).toEqual([
    `shifted-rows: The figures of 6 organizations stand one row ${direction}: beside each name are those of the organization ${other} it (page 1)`,
  ])
})

test.each([
  ['sorted', [2, 0, 5, 1, 4, 3]],
  ['in reverse', [5, 4, 3, 2, 1, 0]],
])('names %s beside figures that are not are one finding', (_, places) => {
  const named = table(['Users', 'Locations'], heads, figures).map((row, at): Row => {
    const [, ...cells] = row
    return at < 2 ? row : [[40, organizations[places[at - 2]!]!.name], ...cells]
  })
  expect(kinds(named)).toEqual([
    'shifted-rows: The figures of 6 organizations stand beside other names: they are in the order of the list, and the names are in another (page 1)',
  ])
})

test('two names exchanged are the findings of two organizations', () => {
  const rows = figures.with(1, figures[3]!).with(3, figures[1]!)
  const found = kinds(table(['Users', 'Locations'], heads, rows))
  expect(found.some((one) => one.startsWith('shifted-rows'))).toBe(false)
  expect(found.length).toBeGreaterThan(0)
})

test('figures below each name that are those of the name before are one finding', () => {
  const rows = organizations.flatMap(({ name }, at): Row[] => {
    const [users, limit, locations, most] = figures.at(at - 1)!
    return [
      [[40, name]],
      [[60, `Users: used ${users}, limit ${limit ?? 'none'}`]],
      [[60, `Locations: used ${locations}, limit ${most ?? 'none'}`]],
    ]
  })
  expect(kinds(rows)).toEqual([expect.stringMatching(/^shifted-rows/)])
})

test('sections that their first organization heads hide no shift of all rows', () => {
  const [first, second, ...rows] = table(
    ['Users', 'Locations'],
    heads,
    figures.map((_, at) => figures.at(at - 1)!),
  )
  const sections = [0, 2, 5].flatMap((from, at, all): Row[] => [
    [[40, organizations[from]!.name]],
    first!,
    second!,
    ...rows.slice(from, all[at + 1]),
  ])
  expect(kinds(sections)).toEqual([expect.stringMatching(/^shifted-rows: The figures of 6 organizations/)])
})

test('two rows with each other’s figures are findings of their own', () => {
  const [first, second, ...rest] = figures
  const found = kinds(table(['Users', 'Locations'], heads, [second!, first!, ...rest]))
  expect(found.length).toBeGreaterThan(1)
  expect(found.filter((each) => /^(shifted|exchanged)/.test(each))).toEqual([])
})

test.each([
  ['Locations', 'Users', heads],
  ['Standorte', 'Benutzer', ['Genutzt', 'Limit', 'Genutzt', 'Limit']],
  ['Sites', 'Utilisateurs', ['Utilisé', 'Plafond', 'Utilisé', 'Plafond']],
])('the headings %s and %s above each other’s figures are one finding', (first, second, columns) => {
  expect(kinds(table([first, second], columns, figures))).toEqual([
    expect.stringMatching(
      /^exchanged-headings: .* calls (users|locations) are the (users|locations) in the data/,
    ),
  ])
})

test('Used and Limit above each other’s figures are one finding', () => {
  expect(kinds(table(['Users', 'Locations'], ['Limit', 'Used', 'Limit', 'Used'], figures))).toEqual([
    expect.stringMatching(/^exchanged-headings: .* calls (limits|usage) are the (limits|usage) in the data/),
  ])
})

test.each([
  ['Own', 'Including children', true],
  ['Own', 'Gesamtmenge', true],
  ['Quantity', 'Gesamtmenge', false],
])('%s and %s above each other’s usage are one finding where one is known', (own, all, isKnown) => {
  // Users and locations in each column: an own figure, and one with all below.
  const rows = organizations.map(({ usage: { usage } }) =>
    [usage.users!, usage.locations!].flatMap((figure) => [figure, figure + 7]),
  )
  const withSubtrees = organizations.map((each, at) => ({
    ...each,
    usage: { usage: each.usage.usage, subtree_usage: { users: rows[at]![1]!, locations: rows[at]![3]! } },
  }))
  const found = (figures: number[][]) =>
    judgePages([pageOf(table(['Users', 'Locations'], [own, all, own, all], figures))], {
      organizations: withSubtrees,
    }).findings.filter(({ kind }) => kind === 'exchanged-headings')
  expect(found(rows)).toEqual([])
  const exchanged = rows.map(([a, b, c, d]) => [b!, a!, d!, c!])
  expect(found(exchanged)).toHaveLength(isKnown ? 1 : 0)
})

describe('names that are cut off', () => {
  const long = organizations.map((each, at) => ({ ...each, name: `${each.name} Trading Company of ${at}` }))
  const named = (name: (whole: string, at: number) => string) =>
    judgePages(
      [
        pageOf(
          table(['Users', 'Locations'], heads, figures).map((row, at): Row => {
            const whole = long[at - 2]?.name
            return whole === undefined ? row : [[40, name(whole, at - 2)], ...row.slice(1)]
          }),
        ),
      ],
      { organizations: long },
    ).findings.map(({ kind, name, found }) => [kind, name, found])

  test.each([
    ['without a sign', ''],
    ['with an ellipsis', '…'],
    ['with full stops', '...'],
  ])('%s are findings, and no foreign organizations', (_, sign) => {
    const cut = (whole: string) => `${whole.slice(0, 14).trim()}${sign}`
    const found = named((whole, at) => (at < 2 ? whole : cut(whole)))
    expect(found).toEqual(long.slice(2).map(({ name }) => ['truncated-name', name, cut(name)]))
    expect(named((whole, at) => (at === 2 ? cut(whole) : whole))).toEqual([
      ['truncated-name', long[2]!.name, cut(long[2]!.name)],
    ])
  })

  test.each([
    ['Amber - Head Office', 'Amber - Head O…'],
    ['Basalt Head Office', 'Basalt Hea...'],
  ])('%s is one finding where it stands twice as %s', (name, cut) => {
    const of = organizations.map((each, at) => (at === 1 ? { ...each, name } : each))
    const part = (type: string, column: number): Row[] => [
      [[40, type]],
      ...[
        ['Name', 'Used', 'Limit'],
        ...of.map(({ name: whole }, at) => [whole, ...figures[at]!.slice(column, column + 2)]),
      ].map((row): Row => row.map((text, at) => [40 + 160 * at, text === name ? cut : String(text ?? '-')])),
      [],
    ]
    const { findings } = judgePages([pageOf([...part('Users', 0), ...part('Locations', 2)])], {
      organizations: of,
    })
    expect(findings.map(({ kind, found }) => [kind, found])).toEqual([['truncated-name', cut]])
  })

  test('are those of another organization where its figures stand beside them', () => {
    const rows = figures.with(2, [9999, 8888, 777, 666])
    const shown = table(['Users', 'Locations'], heads, rows)
    shown[4]![0]![1] = 'Ced'
    const { findings } = judgePages([pageOf(shown)], { organizations })
    expect(findings.map(({ kind }) => kind).sort()).toEqual(['foreign-organization', 'missing-organization'])
  })
})

test('a figure that equals the other usage figure is one finding', () => {
  const family = organizations.map((each, at) => ({
    ...each,
    usage: {
      ...each.usage,
      subtree_usage: { users: each.usage.usage.users! + 10 * at, locations: each.usage.usage.locations! },
    },
  }))
  const rows = family.map(({ name, usage }, at): Row => {
    const [own, all] = [usage.usage.users, usage.subtree_usage.users]
    return [
      [40, name],
      [200, String(at === 3 ? all : own)],
      [300, String(all)],
      [400, String(figures[at]![1] ?? '-')],
    ]
  })
  const { findings } = judgePages(
    [
      pageOf([
        [
          [40, 'Organization'],
          [200, 'Users direct'],
          [300, 'Users total'],
          [400, 'Users limit'],
        ],
        ...rows,
      ]),
    ],
    {
      organizations: family.map((each) => ({
        ...each,
        usage: {
          usage: { users: each.usage.usage.users! },
          subtree_usage: { users: each.usage.subtree_usage.users! },
        },
        limits: { users: each.limits.users! },
      })),
    },
  )
  expect(findings.map(({ kind, name, field }) => [kind, name, field])).toEqual([
    ['wrong-usage', 'Delta', 'usage.usage.users'],
  ])
})

describe('an organization in two lists of the same columns', () => {
  const list = (heading: string, places: number[]): Row[] => [
    [],
    [[40, heading]],
    [],
    [
      [40, 'Organization'],
      [200, 'Users'],
      [300, 'Limit'],
    ],
    ...places.map(
      (at): Row => [
        [40, organizations[at]!.name],
        [200, String(figures[at]![0])],
        [300, String(figures[at]![1] ?? '-')],
      ],
    ),
  ]
  const used = organizations.map((one) => ({
    ...one,
    usage: { usage: { users: one.usage.usage.users! }, subtree_usage: { users: one.usage.usage.users! } },
    limits: { users: one.limits.users! },
  }))
  const everybody = [...used.keys()]
  const kindsIn = (...lists: Row[][]) =>
    judgePages([pageOf(lists.flat())], { organizations: used }).findings.map(
      ({ kind, name }) => `${kind} ${name}`,
    )

  test.each([
    ['Usage', 'Archived'],
    ['Active organizations', 'Archived organizations'],
    ['Nutzung', 'Archivierte Organisationen'],
    ['Rapport', 'Organisations archivées'],
    ['Отчёт', 'Архивные организации'],
    ['利用状況', 'アーカイブ済みの組織'],
    ['Active organizations (6)', 'Archived organizations (1)'],
    ['Usage', 'Archived: 1'],
    ['Usage', 'Archived — 1 organization'],
    ['Usage', '1 archived organization'],
    ['Nutzung', 'Archivierte Organisationen (1)'],
    ['Rapport', 'Organisations archivées : 1'],
    ['Отчёт', 'Архивные: 5 организаций'],
    ['利用状況', 'アーカイブ済みの組織（1件）'],
  ])('is shown twice below %s and %s', (heading, archived) => {
    expect(kindsIn(list(heading, everybody), list(archived, [3]))).toEqual(['duplicate-organization Delta'])
    expect(kindsIn(list(archived, [3]), list(heading, everybody))).toEqual(['duplicate-organization Delta'])
  })

  test.each([
    ['over their limit and in use', list('Over limit', [1, 3]), list('In use', everybody)],
    ['in use and archived', list('Active', [0, 1, 2, 4, 5]), list('Archived', [3])],
    [
      'in use and archived, with how many they are',
      list('Active organizations (5)', [0, 1, 2, 4, 5]),
      list('Archived organizations (1)', [3]),
    ],
    [
      'among all and archived, with how many they are',
      list('All organizations (6)', everybody),
      list('Archived (1)', [3]),
    ],
    ['among all and archived, counted', list('All: 6', everybody), list('Archived: 1 entry', [3])],
    ['among all and archived', list('All organizations', everybody), list('Archived', [3])],
    [
      'over its limit and archived',
      [...list('Over limit', [1, 3]), ...list('Active', [0, 1, 2, 4, 5])],
      list('Archived', [3]),
    ],
    [
      'in an overview, in use or archived',
      [...list('Overview', everybody), ...list('Active', [0, 1, 2, 4, 5])],
      list('Archived', [3]),
    ],
  ])('%s is right', (_, first, second) => {
    expect(kindsIn(first, second)).toEqual([])
  })
})
