import { expect, test } from 'vitest'
import { groupIntoLines } from '../../pages/lines.ts'
import { type DrawnWord, textOf } from '../../pages/page.ts'
import { pageNumbersIn } from './page-numbers.ts'

type Row = [x: number, text: string][]

/** What is taken for page numbers in a document of these pages, each with its rows from top to bottom. */
function numbersOf(...pages: Row[][]): string[] {
  const lines = pages.flatMap((rows, at) => {
    const layer = { page: at + 1, angle: 0, width: 600, height: 800, rules: [] }
    const words = rows.flatMap((row, nth) =>
      row.map(([x0, text]): DrawnWord => {
        const y = 100 + nth * 14
        const x1 = x0 + 5 * text.length
        return {
          text,
          x0,
          x1,
          y,
          size: 10,
          font: 'f',
          unmapped: 0,
          gap: 0,
          spaced: false,
        }
      }),
    )
    return groupIntoLines(layer, words).lines
  })
  return [...pageNumbersIn(lines, pages.length)].map(({ words }) => textOf(words))
}

const rows: Row[] = [1, 2, 3, 4].map((at) => [
  [40, `Row${at}`],
  [300, `${40 + at}`],
])

test('a number alone below the rows is the page’s', () => {
  expect(numbersOf([...rows, [[300, '1']]], [...rows, [[300, '2']]])).toEqual(['1', '2'])
})

test('beside other words it is where other pages have theirs in the same place', () => {
  const footer = (number: string): Row => [
    [40, 'Confidential'],
    [500, number],
  ]
  expect(numbersOf([...rows, footer('1')], [...rows, footer('2')])).toEqual(['1', '2'])
})

test('the figure of the last row is one, however high the page', () => {
  const last: Row = [
    [40, 'SSO'],
    [300, '2'],
    [400, '–'],
  ]
  expect(numbersOf([...rows, [[40, 'Total']]], [...rows, last])).toEqual([])
  expect(numbersOf(rows, [...rows, last.slice(0, 2)])).toEqual([])

  const figures = (sso: string): Row[] => [...rows, last.with(1, [300, sso])]
  expect(numbersOf(figures('9'), figures('2'), figures('3'))).toEqual([])
})

test('a number with grouped digits is a figure, though they are the page and the count of pages', () => {
  const last = (text: string): Row[] => [
    ...rows,
    [
      [40, 'Users'],
      [300, text],
    ],
  ]
  for (const text of ['2,003', '2.003', '2 003', '2,3']) expect(numbersOf(rows, last(text), rows)).toEqual([])
  expect(numbersOf(rows, last('2 / 3'), rows)).toEqual(['2 / 3'])
})

test('one of several numbers that stand alone is a figure, however near the end of the page', () => {
  const stacked: Row[] = ['SSO – used', '1', 'SSO – limit', '6'].map((text) => [[300, text]])
  expect(numbersOf([...rows, ...stacked])).toEqual([])
})
