import { expect, test } from 'vitest'
import { judgePages } from '../judge.ts'
import { organizationOf, pageOf, type Row } from '../vitest.pages.ts'
import { isOverprinted } from './unreadable.ts'

const organizations = [
  organizationOf('Amber', [417, 900], [12, null]),
  organizationOf('Basalt', [38, null], [77, 130]),
  organizationOf('Cedar', [2051, 4000], [31, 64]),
  organizationOf('Delta', [640, 700], [19, 45]),
]

/** A table whose columns begin so many points apart. */
const table = (step: number): Row[] => [
  [
    [40, 'Name'],
    ...['Users', 'Limit', 'Sites', 'Limit'].map((text, at): Row[number] => [180 + step * at, text]),
  ],
  ...organizations.map(({ name, usage, limits }): Row => {
    const figures = [usage.usage.users, limits.users, usage.usage.locations, limits.locations]
    return [
      [40, name],
      ...figures.map((figure, at): Row[number] => [180 + step * at, String(figure ?? 'unlimited')]),
    ]
  }),
]

test('columns drawn over each other are no report that anybody can read', () => {
  const pages = [pageOf(table(9))]
  expect(isOverprinted(pages)).toBe(true)
  expect(judgePages(pages, { organizations }).verdict).toBe('unreadable')
})

test('columns beside each other are read', () => {
  const pages = [pageOf(table(80))]
  expect(isOverprinted(pages)).toBe(false)
  expect(judgePages(pages, { organizations }).verdict).toBe('conforming')
})
