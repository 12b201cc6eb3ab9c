import { expect, test } from 'vitest'
import { judgePages } from './judge.ts'
import type { DisputedQuantity } from './judging/finding.ts'
import { organizationOf, pageOf, type Row } from './vitest.pages.ts'

const organizations = [
  organizationOf('Amber', [417, 4000], [12, null]),
  organizationOf('Basalt', [38, null], [77, null]),
  organizationOf('Cedar', [2051, null], [31, null]),
  organizationOf('Delta', [640, 4003], [19, null]),
  organizationOf('Ember', [86, null], [53, null]),
  organizationOf('Flint', [59, null], [92, null]),
  organizationOf('Garnet', [118, 4006], [45, null]),
  organizationOf('Harbour', [205, null], [61, null]),
  organizationOf('Indigo', [301, null], [20, null]),
  organizationOf('Jasper', [29, 4009], [88, null]),
  organizationOf('Kestrel', [950, null], [14, null]),
  organizationOf('Lagoon', [64, null], [39, null]),
]
const figures = organizations.map(({ usage }): [users: string, locations: string] => [
  String(usage.usage.users),
  String(usage.usage.locations),
])

/** Two columns under words of no language. */
const tableOf = (cells: [string, string][]): Row[] => [
  [
    [40, 'Mubax'],
    [200, 'Vaxi'],
    [300, 'Zumi'],
  ],
  ...cells.map(
    ([one, other], at): Row => [
      [40, organizations[at]!.name],
      [200, one],
      [300, other],
    ],
  ),
]

const judged = (rows: Row[]) => judgePages([pageOf(rows)], { organizations })
const saidOf = ({ text, readings }: DisputedQuantity) => [
  text,
  ...readings.map((each) => each && `${each.name}: ${each.field.replace('subtree_', '')}`),
]

test('readings that exchange two columns compete for the figures that only one of them explains', () => {
  const cells = figures.map(([users, locations], at): [string, string] =>
    at % 2 === 0 ? [users, locations] : [locations, users],
  )
  const { verdict, competing, findings } = judged(tableOf(cells))
  expect(verdict).toBe('unreadable')
  const amber = competing!.disputed.filter(({ readings }) => readings.some((each) => each?.name === 'Amber'))
  expect(amber.map(saidOf).map(([text, ...readings]) => [text, ...readings.sort()])).toEqual([
    ['12', 'Amber: usage.usage.locations', 'Amber: usage.usage.users'],
  ])
  expect(amber.map(({ page, box }) => [page, box.x0])).toEqual([[1, 300]])
  expect(findings[0]!.message).toMatch(
    /“\d+” on page 1: (users|locations) usage of \w+, or \w+ usage of \w+$/,
  )
})

test('readings that give figures to other rows compete with where each finds the name', () => {
  const cells = figures.map((own, at) => (at < 6 ? own : figures[at === 11 ? 6 : at + 1]!))
  const { verdict, competing } = judged(tableOf(cells))
  expect(verdict).toBe('unreadable')
  const first = competing!.disputed.find(({ readings }) => readings.every((each) => each))
  expect(first!.readings.map((each) => each!.organization)).toHaveLength(2)
  expect(first!.readings[0]!.organization).not.toBe(first!.readings[1]!.organization)
  const heights = first!.readings.map((each) => each!.named.box.y0)
  expect(Math.abs(heights[0]! - heights[1]!)).toBe(14)
  expect(first!.readings.filter((each) => each!.agrees)).toHaveLength(1)
})

test('figures that stand nowhere in the report are wrong, however many they are', () => {
  const cells = figures.map(([users, locations], at): [string, string] =>
    at < 7 ? [users, locations] : [String(Number(users) + 3000), String(Number(locations) + 5000)],
  )
  const { verdict, findings } = judged(tableOf(cells))
  const named = new Set(findings.flatMap(({ kind, name }) => (kind.endsWith('-usage') ? [name] : [])))
  expect([verdict, [...named]]).toEqual(['nonconforming', organizations.slice(7).map(({ name }) => name)])
})

test('a report that is decided has no competing readings', () => {
  expect(judged(tableOf(figures))).not.toHaveProperty('competing')
})
