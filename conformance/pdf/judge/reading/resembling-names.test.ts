import { expect, test } from 'vitest'
import { pageOf } from '../vitest.pages.ts'
import { findResembling } from './resembling-names.ts'

const names = ['ताज भवन', 'धरती ऊर्जा', 'सागर नौवहन']
const organizations = names.map((name) => ({ name }))
const found = (...cells: string[]) => {
  const page = pageOf([cells.map((text, at): [number, string] => [40 + 40 * at, text])])
  const segments = page.layers.flatMap(({ lines }) => lines.flatMap((line) => line.segments))
  return findResembling(segments, organizations, []).map(({ candidates: [at], stretches }) => [
    names[at!],
    stretches.length,
  ])
}

test('a name of which letters are lost is found', () => {
  expect(found('सागर नौहन', '12')).toEqual([['सागर नौवहन', 1]])
})

test('a name goes on behind the gap that a lost glyph leaves', () => {
  expect(found('धरती ऊ', 'ार्व', '12')).toEqual([['धरती ऊर्जा', 2]])
})
