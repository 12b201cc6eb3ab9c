import { expect, test } from 'vitest'
import { organizationOf, pageOf, type Row } from '../vitest.pages.ts'
import { ExpectedFigures } from './expectation.ts'
import { understand } from './read.ts'

test('a parent that wraps around the row that it is set to the middle of begins no record', () => {
  const top = [organizationOf('Lagoon Resorts', [5, 9], [7, 8]), organizationOf('Wave', [6, 10], [3, 44])]
  const below = ['Amber', 'Basalt', 'Cedar', 'Delta'].map((name, at) => {
    const parent_org_id = top[at % 2]!.id
    return {
      ...organizationOf(name, [20 + at, 90], [30 + at, 70]),
      parent_org_id,
      path: parent_org_id,
      depth: 1,
    }
  })
  const cells = (users: number, locations: number) =>
    [users, 90, locations, 70].map((figure, at): Row[number] => [220 + 60 * at, String(figure)])
  const rows = below.flatMap(({ name }, at): Row[] =>
    at % 2 === 0
      ? [[[120, 'Lagoon']], [[40, name], ...cells(20 + at, 30 + at)], [[120, 'Resorts']], []]
      : [[[40, name], [120, 'Wave'], ...cells(20 + at, 30 + at)], [], []],
  )
  const own = top.flatMap(({ name }): Row[] => [[[40, name], ...cells(5, 7)], [], []])
  const heads = ['Users', 'Limit', 'Locations', 'Limit'].map((text, at): Row[number] => [220 + 60 * at, text])
  const page = pageOf([[[40, 'Name'], [120, 'Parent'], ...heads], [], ...own, ...rows], 1, 7)
  const { anchors } = understand([page], new ExpectedFigures([...top, ...below]))
  expect(anchors.map(({ text, x }) => [text, x])).toEqual([...top, ...below].map(({ name }) => [name, 40]))
})
