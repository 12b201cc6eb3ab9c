import { expect, test } from 'vitest'
import { groupIntoLines } from '../../pages/lines.ts'
import type { DrawnWord } from '../../pages/page.ts'
import { cellsOf } from './head-cells.ts'

/** Words of 10 points at `x`; lines stand 16 points apart, as browsers set them. */
const headsOf = (...lines: [x: number, text: string][][]) => {
  const words = lines.flatMap((line, at) =>
    line.map(([x, text]): DrawnWord => {
      const y = 100 + 16 * at
      const place = { x0: x, x1: x + 5 * text.length, y }
      return { text, ...place, size: 10, font: 'f', unmapped: 0, gap: 0, spaced: false }
    }),
  )
  const layer = groupIntoLines({ page: 1, angle: 0, width: 600, height: 800, rules: [] }, words)
  return cellsOf(layer.lines).map(({ text }) => text)
}

test('a head goes on in the next line, however far apart lines are set', () => {
  const upper: [number, string][] = [40, 120, 200, 280].map((x, at) => [x, at < 2 ? 'Users:' : 'Sites:'])
  const lower: [number, string][] = [40, 120, 200, 280].map((x, at) => [x, at % 2 === 0 ? 'used' : 'limit'])
  expect(headsOf(upper, lower)).toEqual(['Users: used', 'Users: limit', 'Sites: used', 'Sites: limit'])
})

test('a head over several others is none of them', () => {
  const spanning: [number, string][] = [
    [40, 'Users'],
    [200, 'Sites'],
  ]
  const lower: [number, string][] = [40, 120, 200, 280].map((x, at) => [x, at % 2 === 0 ? 'used' : 'limit'])
  expect(headsOf(spanning, lower)).toEqual(['Users', 'Sites', 'used', 'limit', 'used', 'limit'])
})
