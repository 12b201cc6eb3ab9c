import { expect, test } from 'vitest'
import type { Glyph } from './glyphs.ts'
import { spansOf } from './text-spans.ts'

const glyphsOf = (text: string) =>
  [...text].map((unicode) => ({ unicode, width: 500, isSpace: unicode === ' ' }) as Glyph)
const textsOf = (text: string, charSpace: number) =>
  spansOf(glyphsOf(text), 0.001, { size: 10, scale: 1, charSpace, wordSpace: 0 }).spans.map(
    ({ text: own, start }) => [own, start],
  )

test('letter-spaced text is one word', () => {
  expect(textsOf('1250', 6)).toEqual([['1250', 0]])
})

test('characters further apart than any letter-spaced word are those of two columns', () => {
  expect(textsOf('07', 51)).toEqual([
    ['0', 0],
    ['7', 56],
  ])
})

test.each([
  ['Bay ', true],
  ['Bay', false],
])('text that goes on in another font may have its white space at the end: "%s"', (text, expected) => {
  const state = { size: 10, scale: 1, charSpace: 0, wordSpace: 0 }
  expect(spansOf(glyphsOf(text), 0.001, state).endsInSpace).toBe(expected)
})

test.each([
  ['⻔店', '门店'],
  ['⻓⻘⻢', '长青马'],
  ['⽤户', '用户'],
])('radicals are the ideographs that look the same: %s', (drawn, text) => {
  expect(textsOf(drawn, 0)).toEqual([[text, 0]])
})
