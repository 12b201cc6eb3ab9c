import { expect, test } from 'vitest'
import { groupIntoLines } from './lines.ts'
import type { DrawnWord } from './page.ts'

const size = 10
const layer = { page: 1, angle: 0, width: 600, height: 800, rules: [] }

/** The segments of one line, from words and the gaps before them, in ems. */
function segmentsOf(...words: [gap: number, text: string][]): string[] {
  let x = 40
  const runs = words.map(([gap, text]): DrawnWord => {
    const x0 = x + gap * size
    x = x0 + 0.5 * size * text.length
    return { text, x0, x1: x, y: 100, size, font: 'f', unmapped: 0, gap: 0, spaced: false }
  })
  return groupIntoLines(layer, runs).lines.flatMap(({ segments }) => segments.map((each) => each.text))
}

test('a wide gap parts words', () => {
  expect(segmentsOf([0, 'Acme'], [0.28, 'North'], [1, '12'])).toEqual(['Acme North', '12'])
})

test('a text that runs into the next cell ends where its figure begins', () => {
  expect(segmentsOf([0, 'Head'], [0.28, 'Office'], [-0.3, '141'])).toEqual(['Head Office', '141'])
})

test('heads close to each other are parted where the gap is far wider than within them', () => {
  const heads = segmentsOf([0, 'Back'], [0.26, 'Office'], [0.6, 'Rowan'], [0.26, 'Lodge'], [0.26, 'West'])
  expect(heads).toEqual(['Back Office', 'Rowan Lodge West'])
})

test('the blanks of a justified line part nothing', () => {
  const justified = segmentsOf([0, 'uses'], [0.62, '12'], [0.62, 'seats'], [0.62, 'and'], [0.66, 'more'])
  expect(justified).toEqual(['uses 12 seats and more'])
})

test('lines drawn with characters part words, as drawn lines do', () => {
  expect(segmentsOf([0, '│'], [0.2, '5'], [0.2, '/'], [0.2, 'none'], [0.2, '│'], [0.2, '12'])).toEqual([
    '5 / none',
    '12',
  ])
  expect(segmentsOf([0, '├──'], [0, '┼──┤'], [1, '▇▇▇▁'])).toEqual([])
})

test('beside words that run from the right, numbers and signs do too', () => {
  expect(segmentsOf([0, '50'], [0.28, '/'], [0.28, '12'], [0.28, 'םישמתשמ'])).toEqual(['משתמשים 12 / 50'])
})

test('a run of Latin words among words from the right keeps its order', () => {
  expect(segmentsOf([0, 'B2'], [0.28, 'Nord'], [0.28, 'םישמתשמ'])).toEqual(['משתמשים B2 Nord'])
})
