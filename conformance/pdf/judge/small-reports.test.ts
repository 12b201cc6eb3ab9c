import { describe, expect, test } from 'vitest'
import { judgePages } from './judge.ts'
import { organizationOf, pageOf, type Row } from './vitest.pages.ts'

const organizations = [
  organizationOf('Amber', [417, 900], [12, null]),
  organizationOf('Basalt', [38, null], [77, 130]),
  organizationOf('Cedar', [2051, 4000], [31, 64]),
  organizationOf('Delta', [640, 700], [19, 45]),
  organizationOf('Ember', [86, 120], [53, null]),
]
type Figures = (number | null | undefined)[]
const figures: Figures[] = organizations.map(({ usage, limits }) => [
  usage.usage.users,
  limits.users,
  usage.usage.locations,
  limits.locations,
])
const show = (figure: number | null | undefined) => String(figure ?? '-')
const cells = (texts: string[], step = 80): Row => texts.map((text, at) => [180 + step * at, text])

/** A row for each organization below a row of heads. */
const table = (heads: string[], rows: Figures[], names = organizations.map(({ name }) => name)): Row[] => [
  [[40, 'Name'], ...cells(heads)],
  ...rows.map((row, at): Row => [[40, names[at]!], ...cells(row.map(show))]),
]

const judge = (rows: Row[], of = organizations, pitch = 14) => {
  const { verdict, findings } = judgePages([pageOf(rows, 1, pitch)], { organizations: of })
  return { verdict, findings: findings.map(({ kind, name, found }) => [kind, name, found].join(' ')) }
}

describe.each([
  ['known', ['Users', 'Limit', 'Locations', 'Limit']],
  ['unknown', ['Wqx', 'Vrelm', 'Torp', 'Gund']],
])('a report of five organizations in %s words', (_, heads) => {
  test('in which two have exchanged their figures blames these two', () => {
    const rows = figures.with(0, figures[3]!).with(3, figures[0]!)
    const { verdict, findings } = judge(table(heads, rows))
    expect(verdict).toBe('nonconforming')
    expect(new Set(findings.map((each) => each.split(' ')[1]))).toEqual(new Set(['Amber', 'Delta']))
  })

  test('in which one of three limits is wrong blames this one', () => {
    const rows = figures.with(3, [640, 700, 19, 46])
    expect(judge(table(heads, rows)).findings).toEqual(['wrong-limit Delta 46'])
  })
})

test('figures of earlier months beside those of this one are no findings', () => {
  const rows = [0, 2].flatMap((of): Row[] => [
    [[40, of === 0 ? 'Users' : 'Locations']],
    [[40, 'Name'], ...cells(['2026-09', '2026-10', '2026-11', 'Limit'])],
    ...figures.map((row, at): Row => {
      const [used, limit] = row.slice(of)
      return [
        [40, organizations[at]!.name],
        ...cells([show(used! - 3 - at), show(used! - (at % 3)), show(used), show(limit)]),
      ]
    }),
    [],
  ])
  expect(judge(rows)).toEqual({ verdict: 'conforming', findings: [] })
})

describe('a ranking with a share before each name', () => {
  const line = (name: string, used: number, limit: number | null | undefined): Row => {
    const share = limit == null ? '' : `${Math.round((100 * used) / limit)} % – `
    return [[40, `${share}${name}: ${used} / ${show(limit)}`]]
  }
  const ranked = (foreign: string[]) =>
    [0, 2].flatMap((of): Row[] => [
      [[40, of === 0 ? 'Users' : 'Locations']],
      ...figures.map((row, at) => line(organizations[at]!.name, row[of]!, row[of + 1])),
      ...foreign.map((name) => line(name, 33, 66)),
      [],
    ])

  test('has no figure between the two', () => {
    expect(judge(ranked([]))).toEqual({ verdict: 'conforming', findings: [] })
  })

  test('names an organization of others without its share', () => {
    expect(judge(ranked(['Wildcard Ventures'])).findings).toEqual(['foreign-organization Wildcard Ventures '])
  })
})

test('a year among the heads is no figure, and hides no exchanged headings', () => {
  const heads = ['Locations', 'Limit', 'Users', 'Limit', '2026']
  const dated = table(heads, figures).map(
    (row, at): Row => (at === 0 ? row : [...row, [500, `0${at}.11.2026`]]),
  )
  expect(judge(dated).findings).toEqual(['exchanged-headings  locations'])
})

test('a list of the largest above the table does not repeat its organizations', () => {
  const largest = [2, 3, 0].map((at): Row => [[40, `${organizations[at]!.name} (${figures[at]![0]})`]])
  const rows = table(['Users', 'Limit', 'Locations', 'Limit'], figures)
  expect(judge([[[40, 'Top 3']], ...largest, [], ...rows])).toEqual({ verdict: 'conforming', findings: [] })
})

test('a name of others that ends where the names end, and is shorter than all of them, is foreign', () => {
  const of = organizations.map((each) => ({ ...each, name: `${each.name} Holdings of the North` }))
  const shown = [...of.map(({ name }) => name), 'Wild']
  const [head, ...rows] = table(['Users', 'Limit', 'Locations', 'Limit'], [...figures, [33, 66, 4, 8]], shown)
  const fromRight = rows.map(([, ...rest], at): Row => [[170 - 5 * shown[at]!.length, shown[at]!], ...rest])
  expect(judge([head!, ...fromRight], of).findings).toEqual(['foreign-organization Wild '])
})

const conforming = { verdict: 'conforming', findings: [] }
const heads = ['Users', 'Limit', 'Locations', 'Limit']

describe('a table whose names wrap', () => {
  const named = organizations.map((each) => ({ ...each, name: `${each.name} International Holding` }))
  const [head, ...rows] = table(heads, figures)

  test('with lines as far apart as its rows names everybody', () => {
    const wrapped = rows.flatMap(([, ...rest], at): Row[] => [
      [[40, `${organizations[at]!.name} International`]],
      rest.map(([x, text]): Row[number] => [x + 20, text]),
      [[40, 'Holding']],
      [],
    ])
    expect(judge([head!, [], ...wrapped], named, 10)).toEqual(conforming)
  })

  test('and are set in, the second line longer and at the edge of the cell, names everybody', () => {
    const wrapped = rows.flatMap(([, ...rest], at): Row[] => [
      [[52, organizations[at]!.name]],
      rest,
      [[40, 'International Holding']],
      [],
    ])
    expect(judge([head!, [], ...wrapped], named, 10)).toEqual(conforming)
  })

  test('behind identifiers that run into them names everybody', () => {
    const alike = named.map((each, at) => ({ ...each, id: `org_a1B2c3D4e5F6g${at}` }))
    const wrapped = rows.flatMap(([, ...rest], at): Row[] => [
      [
        [40, alike[at]!.id],
        [124, `${organizations[at]!.name} International`],
        ...rest.map(([x, text]): Row[number] => [x + 60, text]),
      ],
      [[124, 'Holding']],
    ])
    expect(judge([head!, ...wrapped], alike)).toEqual(conforming)
  })
})

test('figures of everybody one row up are shifted rows, whoever has limits in words alone', () => {
  const unlimited = organizations.map((each, at) => (at < 2 ? { ...each, limits: {} } : each))
  const up = <Figure>(rows: Figure[]) => rows.map((_, at) => rows[(at + 1) % rows.length]!)
  const limits = unlimited.map(({ limits: { users, locations } }) => [users, locations])
  const part = (title: string, rows: Figures[]) => [
    [[40, title]] satisfies Row,
    ...table(['Users', 'Locations'], up(rows)),
    [],
  ]
  const used = figures.map(([users, , locations]) => [users, locations])
  expect(judge([...part('Usage', used), ...part('Limit', limits)], unlimited).findings).toEqual([
    'shifted-rows  ',
  ])
})

test('a row of others that repeats the figures of the row above it sums up nothing', () => {
  const shown = organizations.flatMap(({ name }) => (name === 'Cedar' ? [name, 'Wildcard Ventures'] : [name]))
  const rows = figures.flatMap((row) => (row === figures[2] ? [row, row] : [row]))
  expect(judge(table(heads, rows, shown)).findings).toEqual(['foreign-organization Wildcard Ventures '])
})

test('sentences that begin with a name and a dash name organizations of others', () => {
  const sentence = (row: Figures, at: number): Row => {
    const name = organizations[at]?.name ?? 'Wildcard Ventures'
    return [[40, `${name} – users: ${row[0]} / ${show(row[1])}; locations: ${row[2]} / ${show(row[3])}.`]]
  }
  for (const own of [[33, 66, 4, 8], figures.at(-1)!])
    expect(judge([...figures, own].map(sentence)).findings).toEqual([
      'foreign-organization Wildcard Ventures ',
    ])
})

test('a column for each organization shows words for 0 that are not known', () => {
  const of = organizations
    .slice(0, 3)
    .map((each, at) => ({ ...each, limits: { users: [0, 900, 0][at]!, locations: [17, null, 64][at]! } }))
  const row = (label: string, texts: (number | string)[]): Row => [
    [40, label],
    ...cells(texts.map(String), 120),
  ]
  const rows = [
    [
      [40, ''],
      ...cells(
        of.map(({ name }) => name),
        120,
      ),
    ] satisfies Row,
    row('Wqx own', [417, 38, 2051]),
    row('Wqx may have', ['never', 900, 'never']),
    row('Torp own', [12, 77, 31]),
    row('Torp may have', [17, 'any', 64]),
  ]
  expect(judge(rows, of)).toEqual(conforming)
})

test('a word that says 0 once, in a column of words beside the parents, is a figure', () => {
  const of = organizations.map((each, at) => ({
    ...each,
    parent_org_id: at === 0 ? null : organizations[0]!.id,
    path: at === 0 ? null : organizations[0]!.id,
    depth: at === 0 ? 0 : 1,
    limits: { ...each.limits, locations: at === 3 ? 0 : null },
  }))
  const rows = of.map(({ name, limits }, at): Row => {
    const [used, , sites] = figures[at]!
    const texts = [used, limits.users, sites].map((figure) => String(figure ?? 'any'))
    return [[40, name], [100, at === 0 ? '–' : 'Amber'], ...cells([...texts, at === 3 ? 'never' : 'any'])]
  })
  const head: Row = [[40, 'Name'], [100, 'Parent'], ...cells(['Halls', 'May have', 'People', 'May have'])]
  expect(judge([head, ...rows], of)).toEqual(conforming)
})

describe('cards side by side', () => {
  const endingAt = (x: number, text: string): Row[number] => [x - 5 * text.length, text]

  test('with a word for 0 that is not known blames nobody', () => {
    const of = organizations.map((each, at) => ({
      ...each,
      limits: { ...each.limits, ...(at < 3 && { users: at === 1 ? 0 : null }) },
    }))
    const words = { 0: 'itxita', null: 'askea' } as Record<string, string>
    const line = (at: number, x: number, row: number): Row[number][] => {
      const { name, usage, limits } = of[at]!
      if (row === 0) return [[x, name]]
      const type = row === 1 ? 'users' : 'locations'
      const limit = String(limits[type])
      return [
        [
          x,
          `${row === 1 ? 'Wqx' : 'Torp'}: ${usage.usage[type]} ${limit in words ? `(${words[limit]})` : `/ ${limit}`}`,
        ],
      ]
    }
    const card = [0, 1, 2].map((row): Row => [0, 1, 2].flatMap((at) => line(at, 40 + 160 * at, row)))
    const below = [0, 1, 2].map((row): Row => [3, 4].flatMap((at) => line(at, 40 + 160 * (at - 3), row)))
    expect(judge([...card, [], ...below], of).verdict).not.toBe('nonconforming')
  })

  test('whose figures are as many words as a sentence show exchanged headings', () => {
    const unlimited = organizations.map((each) => ({ ...each, limits: {} }))
    const card = (at: number, x: number, line: number): Row => {
      const { name, usage } = unlimited[at]!
      if (line === 0) return [[x, name]]
      const type = line === 1 ? 'users' : 'locations'
      const shown = `${usage.usage[type]} de sin límite`
      return [[x, line === 1 ? 'Ubicaciones' : 'Usuarios'], endingAt(x + 160, shown)]
    }
    const rows = [[0, 1], [2, 3], [4]].flatMap((together) =>
      [0, 1, 2, 3].map(
        (line): Row => (line === 3 ? [] : together.flatMap((at, nth) => card(at, 40 + 190 * nth, line))),
      ),
    )
    expect(judge(rows, unlimited).findings).toEqual(['exchanged-headings  locations'])
  })

  test('show a figure that is far longer than the others of its column as what it is', () => {
    const card = (at: number, x: number, users = show(figures[at]![0])): Row[] => [
      [[x, organizations[at]!.name]],
      [endingAt(x + 150, 'Used'), endingAt(x + 220, 'Limit')],
      [[x, 'Users'], endingAt(x + 150, users), endingAt(x + 220, show(figures[at]![1]))],
      [[x, 'Locations'], endingAt(x + 150, show(figures[at]![2])), endingAt(x + 220, show(figures[at]![3]))],
      [],
    ]
    const left = [...card(0, 40), ...card(1, 40), ...card(2, 40, '2051000')]
    const right = [[], [], ...card(3, 310), ...card(4, 310)] as Row[]
    const rows = left.map((row, at): Row => [...row, ...(right[at] ?? [])])
    expect(judge(rows).findings).toEqual(['wrong-usage Cedar 2051000'])
  })
})

describe('totals above the rows they sum up, a table for each product', () => {
  const report = (users: string, locations: string): Row[] =>
    ['Users', 'Locations'].flatMap((type, of): Row[] => [
      [[40, type]],
      [[40, 'Name'], ...cells(['Used', 'Limit'])],
      [
        [40, 'Total'],
        [180, of === 0 ? users : locations],
      ],
      ...figures.map(
        (row, at): Row => [[40, organizations[at]!.name], ...cells(row.slice(2 * of, 2 * of + 2).map(show))],
      ),
      [],
    ])

  test('are no findings where they are right', () => {
    expect(judge(report('3232', '192'))).toEqual({ verdict: 'conforming', findings: [] })
  })

  test.each([
    ['first', '3269', '192', '3269'],
    ['second', '3232', '199', '199'],
  ])('are found to be wrong in the %s', (_, users, locations, wrong) => {
    expect(judge(report(users, locations)).findings).toEqual([`wrong-total  ${wrong}`])
  })
})

test('a name of others in a list is foreign, bullets before the names or not', () => {
  const item = (name: string, used: number, limit: string): Row[] => [
    [
      [40, '•'],
      [47, name],
    ],
    [
      [60, '–'],
      [67, `Users: ${used} (limit ${limit})`],
    ],
  ]
  const of = organizations.map((each) => {
    const own = { users: each.usage.usage.users! }
    return { ...each, usage: { usage: own, subtree_usage: own }, limits: { users: each.limits.users! } }
  })
  const items = of.flatMap(({ name, usage, limits }) => item(name, usage.usage.users, show(limits.users)))
  expect(judge(items, of)).toEqual({ verdict: 'conforming', findings: [] })
  const foreign = [...items.slice(0, 6), ...item('Tangerine Moon', 13, '66'), ...items.slice(6)]
  expect(judge(foreign, of).findings).toEqual(['foreign-organization Tangerine Moon '])
})

describe('a total that is not aligned with the figures above it', () => {
  const report = (total: string): Row[] => [
    ...table(['Users', 'Limit', 'Locations', 'Limit'], figures),
    [
      [40, 'Total'],
      [186, total],
      [346, '192'],
    ],
  ]

  test('is found to be wrong', () => {
    expect(judge(report('3331')).findings).toEqual(['wrong-total  3331'])
  })

  test('is no finding where it is right', () => {
    expect(judge(report('3232'))).toEqual({ verdict: 'conforming', findings: [] })
  })
})

describe('names in a script whose letters are lost or moved when a font draws them', () => {
  const names = ['सूर्य उद्योग', 'धरती ऊर्जा', 'हिमालय विद्यालय', 'गंगा भोजनालय', 'कमल होटल']
  const hindi = organizations.map((each, at) => ({ ...each, name: names[at]! }))
  const heads = ['Users', 'Limit', 'Locations', 'Limit']

  test.each([
    ['lost', ['सूय उद्योग', 'धरती ऊजा', 'मालय व ालय', 'गंगा भोजनालय', 'कमल होटल']],
    ['moved', ['सूयर्ण उद्योग', 'धरती ऊजार्ण', 'ɟहमालय ɟवद्यालय', 'गंगा भोजनालय', 'कमल होटल']],
  ])('are found where some are %s', (_, shown) => {
    expect(judge(table(heads, figures, shown), hindi)).toEqual({ verdict: 'conforming', findings: [] })
  })

  test('are others where most letters are', () => {
    const { findings } = judge(table(heads, figures, names.with(1, 'पराया व्यापार')), hindi)
    expect(findings).toContain('missing-organization धरती ऊर्जा ')
  })
})

describe.each(['above', 'below'])('figures with their labels %s them on lines of their own', (side) => {
  const stacked = (usage: (at: number) => Figures) =>
    organizations.flatMap(({ name }, at): Row[] => {
      const [users, most, locations, limit] = usage(at)
      const pairs = [
        ['Users', `${users} of ${most ?? 'unlimited'}`],
        ['Locations', `${locations} of ${limit ?? 'unlimited'}`],
      ]
      const lines = pairs.flatMap((pair) => (side === 'above' ? pair : pair.toReversed()))
      return [name, ...lines].map((text) => [[40, text]])
    })

  test('are read by them', () => {
    expect(judge(stacked((at) => figures[at]!))).toEqual({ verdict: 'conforming', findings: [] })
  })

  test('are blamed where the labels are exchanged', () => {
    const exchanged = stacked((at) => [...figures[at]!.slice(2), ...figures[at]!.slice(0, 2)])
    expect(judge(exchanged).findings).toEqual([expect.stringContaining('exchanged-headings')])
  })
})
