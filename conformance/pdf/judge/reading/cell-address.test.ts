import { expect, test } from 'vitest'
import { organizationOf, pageOf } from '../vitest.pages.ts'
import { ExpectedFigures } from './expectation.ts'
import { understand } from './read.ts'

const context = new ExpectedFigures([organizationOf('Amber', [417, 900], [12, null])])
const figuresIn = (text: string) =>
  understand([pageOf([[[40, text]]])], context).placed.map(({ value, cellAddress }) => [
    value.text,
    cellAddress.figure,
  ])

test('words between a figure and a bracket belong to the figure before them', () => {
  expect(figuresIn('Amber — Users: 64 incl. subtree, 357 direct (limit: 9)')).toEqual([
    ['64', 'subtree'],
    ['357', 'direct'],
    ['9', 'limit'],
  ])
})

test.each(['50 %', 'in use'])(
  'a status in a table is no label of the figures behind it, beside %s',
  (other) => {
    const heads = ['Name', 'Used', 'Limit', 'Utilization', 'Used', 'Limit']
    const rows = [
      ['Amber', '417', '900', '', '12', '50'],
      ['Basalt', '38', '0', 'in use', '77', '130'],
      ['Cedar', '20', '40', other, '31', '64'],
    ]
    const page = pageOf(
      [heads, ...rows].map((row) =>
        row.flatMap((text, at): [number, string][] => (text ? [[40 + 90 * at, text]] : [])),
      ),
    )
    const names = rows.map(([name]) => organizationOf(name!, [0, null], [0, null]))
    const { placed } = understand([page], new ExpectedFigures(names))
    const addressOf = (text: string) => placed.find(({ value }) => value.text === text)?.cellAddress.id
    expect(addressOf('77')).toBe(addressOf('12'))
    expect(addressOf('130')).toBe(addressOf('50'))
  },
)
