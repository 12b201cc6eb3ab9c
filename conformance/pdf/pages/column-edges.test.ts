import { expect, test } from 'vitest'
import { groupIntoLines } from './lines.ts'
import type { DrawnWord } from './page.ts'

/** Words of 5 points a character at `x`, one drawn as a text of its own unless a space was drawn before it. */
const word = (text: string, x: number, y: number, spaced = false): DrawnWord => ({
  ...{ text, x0: x, x1: x + 5 * text.length, y },
  ...{ size: 10, font: 'f', unmapped: 0, gap: 0, spaced },
})

const cellsOf = (words: DrawnWord[]) =>
  groupIntoLines({ page: 1, angle: 0, width: 600, height: 800, rules: [] }, words).lines.map(({ segments }) =>
    segments.map((segment) => segment.text),
  )

/** Texts with a space in them, as most files draw them. */
const sentence = (y: number) => [word('Usage', 40, y), word('by', 67, y, true), word('name', 79, y, true)]

test('a cell that is as wide as its column ends where the next column begins', () => {
  const rows = [
    sentence(80),
    [word('Acme', 40, 100), word('12', 120, 100)],
    [word('Delta', 40, 112), word('7', 120, 112)],
  ]
  const tight = [word('Warehouses-Nord', 40, 124), word('31', 120, 124)]
  const close = [word('Back', 40, 136), word('offices', 62, 136, true), word('6', 120, 136)]
  expect(cellsOf([...rows, tight, close].flat()).slice(1)).toEqual([
    ['Acme', '12'],
    ['Delta', '7'],
    ['Warehouses-Nord', '31'],
    ['Back offices', '6'],
  ])
})

test('a cell that touches the next is no part of its number', () => {
  const row = (first: string, second: string, y: number) => [
    word(first, 150 - 5 * first.length, y),
    word(second, 190 - 5 * second.length, y),
  ]
  const rows = [
    row('6', '98', 100),
    row('12', '128', 112),
    row('104,822', '130,000', 124),
    row('7', '40', 136),
  ]
  expect(cellsOf([...sentence(80), ...rows.flat()]).slice(1)).toEqual([
    ['6', '98'],
    ['12', '128'],
    ['104,822', '130,000'],
    ['7', '40'],
  ])
})

test('words of one text stay together wherever columns begin', () => {
  const rows = [100, 112, 124].map((y, at) => [word('Acme', 40, y), word(String(at), 122, y)])
  const text = [word('North-West-Trade', 40, 136), word('7', 122, 136, true)]
  expect(cellsOf([...rows, text].flat()).at(-1)).toEqual(['North-West-Trade 7'])
})

test('thousands set apart are one number', () => {
  const rows = [100, 112, 124].map((y) => [word('Acme', 40, y), word('500', 122, y)])
  const number = [word('Acme', 40, 136), word('4', 114, 136), word('500', 122, 136)]
  expect(cellsOf([...sentence(80), ...rows.flat(), ...number]).at(-1)).toEqual(['Acme', '4 500'])
})

test('where each word is placed alone, a cell in another font begins the next column', () => {
  const small = (text: string, x: number, y: number) => ({ ...word(text, x, y), font: 'g' })
  const rows = [100, 112, 124].flatMap((y) => [word('Acme', 40, y), small('Users', 120, y)])
  const tight = [
    word('Acme', 40, 136),
    word('Transport', 62.5, 136),
    word('Ltd', 102, 136),
    small('Users', 120, 136),
  ]
  expect(cellsOf([...rows, ...tight]).at(-1)).toEqual(['Acme Transport Ltd', 'Users'])
})
