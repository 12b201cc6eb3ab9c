import { expect, test } from 'vitest'
import { judgePages } from './judge.ts'
import { organizationOf, pageOf, type Row } from './vitest.pages.ts'

const judge = (rows: Row[], organizations: ReturnType<typeof organizationOf>[]) => {
  const { verdict, findings } = judgePages([pageOf(rows)], { organizations })
  return [verdict, ...findings.map(({ kind, name, found }) => [kind, name, found].join(' ').trim())]
}

const figures: [number, number, number, number][] = [
  [417, 900, 12, 40],
  [38, 99, 77, 130],
  [2051, 4000, 31, 64],
  [640, 700, 19, 45],
]
const named = (names: string[]) =>
  names.map((name, at) => {
    const [users, limit, locations, most] = figures[at]!
    return organizationOf(name, [users, limit], [locations, most])
  })
const heads: Row = ['Name', 'Users', 'Limit', 'Locations', 'Limit'].map((text, at) => [40 + 90 * at, text])
const rowOf = (name: string, at: number): Row => [
  [40, name],
  ...figures[at]!.map((figure, column): Row[number] => [130 + 90 * column, String(figure)]),
]

test('names in rows of their own are not one name over two lines', () => {
  const names = ['Legal', 'Back-Office', 'Legal Back-Office', 'Depot']
  const rows = names.map(rowOf)
  expect(judge([heads, ...rows], named(names))).toEqual(['conforming'])
  expect(judge([heads, ...rows.toSpliced(2, 1)], named(names))).toEqual([
    'nonconforming',
    'missing-organization Legal Back-Office',
  ])
})

test('a number that counts the rows is no end of the name above it', () => {
  const names = ['Depot', 'Maple Labs', 'Elm', 'Depot 92']
  const rows = names.map((name, at) => rowOf(`${91 + at} ${name}`, at))
  expect(judge([heads, ...rows], named(names))).toEqual(['conforming'])
})

test('a name may be a symbol', () => {
  const names = ['★', 'Basalt', 'Cedar', 'Delta']
  const rows = names.map(rowOf)
  expect(judge([heads, ...rows], named(names))).toEqual(['conforming'])
  expect(judge([heads, ...rows.slice(1)], named(names))).toEqual(['nonconforming', 'missing-organization ★'])
})

test('figures a blank apart are two where the data has both of them', () => {
  const organizations = [
    organizationOf('Amber', [12, 500], [3, 40]),
    organizationOf('Basalt', [38, 700], [7, 130]),
    organizationOf('Cedar', [51, 400], [31, 640]),
    organizationOf('Delta', [64, 700], [19, 450]),
  ]
  const rows = organizations.map(
    ({ name, usage: { usage }, limits }): Row => [
      [40, name],
      [180, `${usage.users} ${limits.users}`],
      [300, `${usage.locations} ${limits.locations}`],
    ],
  )
  const above: Row = [
    [40, 'Name'],
    [180, 'Users Limit'],
    [300, 'Locations Limit'],
  ]
  expect(judge([above, ...rows], organizations)).toEqual(['conforming'])
})

test('a number whose thousands a line breaks is one', () => {
  const organizations = [
    organizationOf('Amber', [8376, 12_500], [12, 40]),
    organizationOf('Basalt', [1038, 9000], [77, 130]),
    organizationOf('Cedar', [2051, 4000], [31, 64]),
  ]
  const parted = (figure: number | null | undefined) => String(figure).replace(/\d(?=\d{3}$)/, '$& ')
  const rows = organizations.flatMap(({ name, usage: { usage }, limits }): Row[] => {
    const [thousands, rest] = parted(usage.users).split(' ')
    return [
      [[40, `The whole of the organization ${name} uses ${thousands}`]],
      [[40, `${rest} of ${parted(limits.users)} users, and of locations it has`]],
      [[40, `${usage.locations} of ${limits.locations} as of today.`]],
    ]
  })
  expect(judge(rows, organizations)).toEqual(['conforming'])
})
