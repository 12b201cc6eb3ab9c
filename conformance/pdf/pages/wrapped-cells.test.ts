import { expect, test } from 'vitest'
import { groupIntoLines } from './lines.ts'
import type { DrawnWord } from './page.ts'
import { joinWrappedCells } from './wrapped-cells.ts'

const size = 10
const layer = { page: 1, angle: 0, width: 600, height: 800, rules: [] }

type Text = readonly [x: number, y: number, text: string, font?: string]

/** The cells of each line, of texts at their places; each letter is 5 points wide. */
function cellsOf(...texts: Text[]): string[][] {
  const runs = texts.flatMap(([x, y, text, font = 'f']) => {
    let at = x
    return text.split(' ').map((word): DrawnWord => {
      const x0 = at
      at += word.length * 5 + 2.5
      return { text: word, x0, x1: x0 + word.length * 5, y, size, font, unmapped: 0, gap: 0, spaced: false }
    })
  })
  const { lines } = joinWrappedCells(groupIntoLines(layer, runs))
  return lines.map(({ segments }) => segments.map(({ text }) => text))
}

/** Other rows of the table: a name, a figure, and a limit in words that fit. */
const others: Text[] = [
  [40, 200, 'Acme'],
  [140, 200, '12'],
  [200, 200, 'Unlimited'],
]

test('a number that is broken between its thousands stands in the row', () => {
  const rows = cellsOf(
    [215, 94, '1'],
    [40, 100, 'Nord'],
    [140, 100, '3'],
    [205, 106, '335'],
    [40, 200, 'Acme'],
    [140, 200, '12'],
    [210, 200, '18'],
  )
  expect(rows[0]).toEqual(['Nord', '3', '1 335'])
})

test('a text that is broken around the middle of its row stands in the row', () => {
  expect(
    cellsOf([200, 94, 'Not'], [40, 100, 'Nord'], [140, 100, '3'], [200, 106, 'included'], ...others),
  ).toEqual([
    ['Nord', '3', 'Not included'],
    ['Acme', '12', 'Unlimited'],
  ])
})

test('so does the second part of a ratio, set to the right or to the middle', () => {
  expect(cellsOf([215, 94, '12 of'], [40, 100, 'Nord'], [140, 100, '3'], [215, 106, '1,204'])).toEqual([
    ['Nord', '3', '12 of 1,204'],
  ])
})

test('a name that is broken beside it keeps its lines', () => {
  expect(
    cellsOf(
      ...([
        [40, 94, 'Baker &'],
        [200, 94, 'Not'],
        [140, 100, '3'],
        [260, 100, '7'],
      ] as const),
      ...([
        [40, 106, 'Co'],
        [200, 106, 'included'],
      ] as const),
    ),
  ).toEqual([['Baker &'], ['3', 'Not included', '7'], ['Co']])
})

test.each<[string, Text, Text, Text?]>([
  ['lines that would have fitted side by side', [200, 94, 'No'], [200, 106, 'cap']],
  ['a label above its figure', [200, 94, 'Limit'], [200, 106, '500000']],
  ['another font below', [200, 94, 'Not'], [200, 106, 'included', 'small']],
  ['what stands aside', [200, 94, 'Not'], [212, 106, 'included']],
  ['lines a row apart', [200, 88, 'Not'], [200, 112, 'included']],
  ['lines around a cell of the row', [200, 94, 'Not'], [200, 106, 'included'], [200, 100, '9']],
])('%s stay apart', (_, first, second, beside) => {
  const row: Text[] = [[40, 100, 'Nord'], [140, 100, '3'], ...(beside ? [beside] : [])]
  const texts = (lines: Text[]) => lines.map(([, , text]) => text)
  expect(cellsOf(first, ...row, second, ...others)).toEqual([[first], row, [second], others].map(texts))
})
