import { expect, test } from 'vitest'
import { judgePages } from './judge.ts'
import { organizationOf, pageOf, type Row } from './vitest.pages.ts'

const organizations = [
  organizationOf('Amber', [417, 900], [12, null]),
  organizationOf('Basalt', [38, null], [77, 130]),
  organizationOf('Cedar', [2051, 4000], [31, 64]),
  organizationOf('Delta', [640, 700], [19, 45]),
]
const records = organizations.flatMap(({ name, usage, limits }) => [
  { name, type: 'Users', used: usage.usage.users, limit: limits.users },
  { name, type: 'Locations', used: usage.usage.locations, limit: limits.locations },
])
const blank = () => 'unlimited'

/** The left and the right half of a sheet that is wider than the paper, with a row for each product. */
function halves(of: typeof records, unlimited = blank): [Row[], Row[]] {
  const left = of.map(
    ({ name, type, used }): Row => [
      [40, name],
      [160, type],
      [300, String(used)],
    ],
  )
  const right = of.map(({ limit }): Row => {
    const shown = limit == null ? unlimited() : String(limit)
    return shown ? [[60, shown]] : []
  })
  const head: Row = [
    [40, 'Name'],
    [160, 'Product'],
    [300, 'Used'],
  ]
  return [
    [head, ...left],
    [[[60, 'Limit']], ...right],
  ]
}

const judge = (pages: Row[][]) => {
  const { verdict, findings } = judgePages(
    pages.map((rows, at) => pageOf(rows, at + 1)),
    { organizations },
  )
  return {
    verdict,
    findings: findings.map(({ kind, name, field, found }) => [kind, name, field, found].join(' ')),
  }
}
const conforming = { verdict: 'conforming', findings: [] }
const wrong = records.with(4, { ...records[4]!, limit: 4100 })

test('rows without names are of the product that the row says with which they go on', () => {
  expect(judge(halves(records))).toEqual(conforming)
  expect(judge(halves(wrong)).findings).toEqual(['wrong-limit Cedar limits.users 4100'])
})

test('blank cells leave no row out of step', () => {
  expect(judge(halves(records, () => ''))).toEqual(conforming)
  expect(judge(halves(wrong, () => '')).findings).toEqual(['wrong-limit Cedar limits.users 4100'])
})

test('a sheet that is printed all the way down before its right half goes on in the order of its pages', () => {
  const [first, second] = [halves(records.slice(0, 4)), halves(records.slice(4))]
  expect(judge([first[0], second[0], first[1], second[1]])).toEqual(conforming)
  expect(judge([first[0], first[1], second[0], second[1]])).toEqual(conforming)
})

test('a name that a page break tears goes on below the heads of the next page', () => {
  const of = organizations.map((each) => ({ ...each, name: `${each.name} Building Services` }))
  const head: Row = ['Name', 'Users', 'Limit', 'Locations', 'Limit'].map((text, at) => [40 + 90 * at, text])
  const rows = of.flatMap(({ name, usage, limits }): Row[] => {
    const figures = [usage.usage.users, limits.users, usage.usage.locations, limits.locations]
    const cells = figures.map((figure, at): Row[number] => [130 + 90 * at, String(figure ?? '-')])
    return [[[40, `${name.split(' ')[0]} Building`], ...cells], [[40, 'Services']]]
  })
  const pages = [
    [head, ...rows.slice(0, 3)],
    [head, ...rows.slice(3)],
  ].map((own, at) => pageOf(own, at + 1))
  expect(judgePages(pages, { organizations: of })).toMatchObject(conforming)
})
