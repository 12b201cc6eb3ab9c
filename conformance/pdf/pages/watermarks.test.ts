import { expect, test } from 'vitest'
import type { DrawnWord } from './page.ts'
import { withoutWatermarks } from './watermarks.ts'

const word = (text: string, size: number, x0: number, y: number): DrawnWord => ({
  ...{ text, size, x0, x1: x0 + 0.5 * size * text.length, y },
  ...{ font: 'f', unmapped: 0, gap: 0, spaced: false },
})
const rows = [100, 114, 128].flatMap((y) => [
  word('Branch', 9, 40, y),
  word('12', 9, 300, y),
  word('50', 9, 400, y),
])
const read = (words: DrawnWord[]) => withoutWatermarks(words).map(({ text }) => text)

test('a large word across the rows of a table is no part of them', () => {
  const all = [word('Confidential', 60, 150, 128), ...rows]
  expect(read(all)).toEqual(rows.map(({ text }) => text))
})

test('a title, and a large figure with its label beside it or below, stay', () => {
  const all = [
    word('Usage', 28, 40, 60),
    word('42', 36, 40, 300),
    word('users', 8, 90, 300),
    word('Seats', 8, 40, 312),
  ]
  expect(read([...all, ...rows])).toEqual([...all, ...rows].map(({ text }) => text))
})
