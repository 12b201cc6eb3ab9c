import type { Box } from '../../pages/matrix.ts'
import type { Block, Column } from './heads.ts'
import type { Content, Value } from './values.ts'

type Reach = Pick<Box, 'x0' | 'x1'>

/** A segment is a cell, unless it holds nothing but several figures: then columns stand as near as words. */
export function cellsIn({ segment: { x0, x1 }, text, values }: Content): Reach[] {
  const isRun = values.length > 1 && !/\p{L}/u.test(text) && values.every(({ kind }) => kind === 'number')
  return isRun ? values : [{ x0, x1 }]
}

/** The cell that a value stands in. */
export function cellOf(value: Value, content: Content): Reach {
  return cellsIn(content).find((cell) => cell === value) ?? value.segment
}

export function overlaps(a: Reach, b: Reach): boolean {
  return a.x0 < b.x1 && b.x0 < a.x1
}

/** Heads of the same table, repeated; one of them may lack cells that a page break cut off. */
export function isSameGrid(one: Block, two: Block): boolean {
  const same = one.columns.filter(({ leaf, box }) =>
    two.columns.some((other) => other.leaf === leaf && Math.abs(other.box.x0 - box.x0) < 3),
  )
  return same.length >= 2 && same.length >= 0.5 * one.columns.length
}

export function inGrid({ grid }: Block, { x0, x1 }: Reach): Block['grid'][number] | undefined {
  return grid.find(({ band }) => band.x0 - 1 < x0 && x1 < band.x1 + 1)
}

/** Whether a segment could be a cell of a table with rows: it reaches over one of its columns, and not far beyond it. */
export function fits({ grid }: Block, { x0, x1 }: Reach): boolean {
  if (grid.length === 0) return false
  const over = grid.filter(({ band }) => band.x0 < x1 && x0 < band.x1)
  return over.length <= 1 && over.every(({ band }) => x1 - x0 < 2 * (band.x1 - band.x0) + 20)
}

export function columnAt(columns: Column[], cell: Reach): Column | null {
  let best: Column | null = null
  let least = Number.POSITIVE_INFINITY
  for (const column of columns) {
    const { box } = column
    const apart = Math.max(box.x0 - cell.x1, cell.x0 - box.x1)
    const shift = Math.min(
      Math.abs(box.x0 - cell.x0),
      Math.abs(box.x1 - cell.x1),
      Math.abs((box.x0 + box.x1 - cell.x0 - cell.x1) / 2),
    )
    const away = apart < 0 ? shift * 0.2 : shift + Math.max(0, apart)
    if (away < least) {
      least = away
      best = column
    }
  }
  return least < 40 ? best : null
}
