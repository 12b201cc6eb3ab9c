import { expect, test } from 'vitest'
import { pageOf, type Row } from '../vitest.pages.ts'
import { Names } from './names.ts'

/** The names that are found in rows of text. */
function found(names: string[], ...rows: Row[]): string[] {
  const segments = pageOf(rows).layers.flatMap(({ lines }) => lines.flatMap((line) => line.segments))
  const mentions = new Names(names.map((name, at) => ({ id: `org_${at}`, name }))).find(segments, () => [])
  return mentions.map(({ candidates }) => names[candidates[0]!]!)
}

test.each(['=1+1', '24-7', '(11)', '1/2'])('the digits of %s alone are a figure', (name) => {
  const digits = name.replace(/\D/g, '')
  expect(
    found(
      [name, 'Amber'],
      [
        [40, 'Amber'],
        [200, digits],
      ],
    ),
  ).toEqual(['Amber'])
  expect(
    found(
      [name, 'Amber'],
      [
        [40, name],
        [200, digits],
      ],
    ),
  ).toEqual([name])
})

test('dashes and spaces within a name of digits may be others', () => {
  expect(found(['24-7'], [[40, '24 – 7']])).toEqual(['24-7'])
})

test('a name with letters is found whatever its marks', () => {
  expect(found(['A+B 11'], [[40, 'A B 11']])).toEqual(['A+B 11'])
})

test('a Latin word at the left of a Hebrew line ends its last name where that is a name', () => {
  expect(found(['מלון הים', 'מלון הים West', 'גן'], [[40, 'West םיה ןולמ ‹ ןג']])).toEqual([
    'גן',
    'מלון הים West',
  ])
})

test('a beginning with an ellipsis names whom alone it may name', () => {
  expect(found(['Atlas', 'Atlas North Depot'], [[40, 'Atlas Nor…']])).toEqual(['Atlas North Depot'])
  expect(found(['Atlas North Depot', 'Atlas North Store'], [[40, 'Atlas Nor…']])).toEqual([])
})
