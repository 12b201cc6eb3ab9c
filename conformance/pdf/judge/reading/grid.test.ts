import { describe, expect, test } from 'vitest'
import { bandsOf, type GridCell, headsOf } from './grid.ts'

const cell = (x0: number, x1: number, kind: 'figure' | 'name' | 'word' = 'figure'): GridCell => ({
  x0,
  x1,
  hasFigures: kind === 'figure',
  hasNames: kind === 'name',
})
const heads = [40, 200, 260, 320].map((x0) => ({ x0, x1: x0 + 30 }))
/** The heads, by index, of the columns of rows that all look alike. */
const headsAbove = (...row: GridCell[]) => headsOf(bandsOf([row, row, row]), heads)

describe('columns stand under their heads in the order of both', () => {
  test('figures set to the left of heads in the middle', () => {
    expect(headsAbove(cell(40, 120, 'name'), cell(178, 184), cell(238, 244), cell(298, 304))).toEqual([
      0, 1, 2, 3,
    ])
  })

  test('figures set to the right of heads on the left, nearer to the next one', () => {
    expect(headsAbove(cell(40, 120, 'name'), cell(244, 251), cell(304, 311), cell(364, 371))).toEqual([
      0, 1, 2, 3,
    ])
  })

  test('a head without any cell below it is passed over', () => {
    expect(headsAbove(cell(40, 120, 'name'), cell(205, 230), cell(325, 350))).toEqual([0, 1, 3])
  })

  test('labels of rows have no head', () => {
    expect(headsAbove(cell(90, 140, 'word'), cell(205, 230), cell(265, 290), cell(325, 350))).toEqual([
      undefined,
      1,
      2,
      3,
    ])
  })
})

test('one cell that reaches into the next column does not make one of two', () => {
  const rows = Array.from({ length: 30 }, () => [cell(40, 120, 'name'), cell(205, 230)])
  rows[7] = [cell(40, 215, 'name'), cell(218, 230)]
  expect(bandsOf(rows).map(({ x0, x1 }) => [x0, x1])).toEqual([
    [40, 120],
    [205, 230],
  ])
})
