import { expect, test } from 'vitest'
import { ExpectedFigures } from '../reading/expectation.ts'
import { understand } from '../reading/read.ts'
import { organizationOf, pageOf, type Row } from '../vitest.pages.ts'
import { interpretations } from './search.ts'

const organizations = [
  organizationOf('Amber', [417, 900], [12, null]),
  organizationOf('Basalt', [38, null], [77, 130]),
  organizationOf('Cedar', [2051, 4000], [31, 64]),
  organizationOf('Delta', [640, 700], [19, 45]),
  organizationOf('Ember', [86, 120], [53, null]),
]
const context = new ExpectedFigures(organizations)

/** What the best explanation says of each organization: `users limit 900`. */
function explained(rows: Row[]): Record<string, string[]> {
  const [best] = interpretations(understand([pageOf(rows)], context), context).comparable
  return Object.fromEntries(
    best!
      .document()
      .passages.map(({ anchor, values }) => [
        anchor.text,
        values
          .map(
            ({ assigned, value }) =>
              `${assigned.type} ${assigned.role === 'limit' ? 'limit' : 'usage'} ${value.text}`,
          )
          .sort(),
      ]),
  )
}

const figures = [
  ['417', '900', '12', '-'],
  ['38', '-', '77', '130'],
  ['2051', '4000', '31', '64'],
  ['640', '700', '19', '45'],
  ['86', '120', '53', '-'],
]
const names = organizations.map(({ name }) => name)
const expected = Object.fromEntries(
  names.map((name, at) => {
    const [users, limit, locations, most] = figures[at]!
    const said = [
      `users usage ${users}`,
      `users limit ${limit}`,
      `locations usage ${locations}`,
      `locations limit ${most}`,
    ]
    return [name, said.sort()]
  }),
)

test('columns under words of an unknown language mean what their figures show', () => {
  const head: Row = [
    [40, 'Wqx'],
    [200, 'Vrelm'],
    [280, 'Torp'],
    [360, 'Gund'],
    [440, 'Torp'],
  ]
  const rows = names.map(
    (name, at): Row => [
      [40, name],
      ...figures[at]!.map((text, column): Row[number] => [200 + 80 * column, text]),
    ],
  )
  expect(explained([head, ...rows])).toEqual(expected)
})

test('clauses in unknown words mean what their figures show, wherever they stand', () => {
  const rows = names.flatMap((name, at): Row[] => {
    const [users, limit, locations, most] = figures[at]!
    return [
      [[40, name]],
      [[52, `${users} grel ${limit} vrelm`]],
      [[52, `${locations} grel ${most} gunds`]],
      [],
    ]
  })
  // Between words a dash parts them.
  const numbers = Object.entries(expected).map(([name, said]) => [
    name,
    said.filter((each) => !each.endsWith('-')),
  ])
  expect(explained(rows)).toEqual(Object.fromEntries(numbers))
})

test('an ancestor named below a title has no record of its own', () => {
  const cards = names.flatMap((name, at): Row[] => {
    const [users, limit, locations, most] = figures[at]!
    const above: Row[] = at === 0 ? [] : [[[40, 'Amber']]]
    return [
      [[40, name]],
      ...above,
      [[40, `Vrelm: ${users} / ${limit}`]],
      [[40, `Gund: ${locations} / ${most}`]],
      [],
    ]
  })
  const family = organizations.map((each, at) => ({
    ...each,
    parent_org_id: at === 0 ? null : organizations[0]!.id,
  }))
  const own = new ExpectedFigures(family)
  const [best] = interpretations(understand([pageOf(cards)], own), own).comparable
  expect(best!.document().passages.map(({ anchor }) => anchor.text)).toEqual(names)
})

test('the reading by labels is one of the explanations', () => {
  const rows = names.map(
    (name, at): Row => [
      [40, name],
      [200, figures[at]![0]!],
    ],
  )
  const found = interpretations(understand([pageOf(rows)], context), context).comparable
  expect(found.filter(({ isUsual }) => isUsual)).toHaveLength(1)
})
