import type { Column } from './headers.ts'
import type { Box } from './matrix.ts'
import type { Line, Segment } from './text.ts'
import type { Content } from './values.ts'

/**
 * Whether heads mark where their columns start: figures set to the right may then stand nearer to the next head. Told
 * by the rows below: each of their figures lies between two starts, and no two between the same.
 */
export function startColumns(columns: Column[], below: Line[], contents: Map<Segment, Content>): boolean {
  const rows = below
    .map(({ segments }) => segments.filter((segment) => contents.get(segment)!.values.length > 0))
    .filter(({ length }) => length > 1)
  const fitting = rows.filter((cells) => {
    const found = cells.map((cell) => columnStartedAt(columns, cell))
    return !found.includes(null) && new Set(found).size === cells.length
  })
  return columns.length > 1 && fitting.length > 0 && fitting.length >= 0.9 * rows.length
}

/** The last column whose head starts before the cell, unless the cell reaches into the next one. */
export function columnStartedAt(columns: Column[], cell: Pick<Box, 'x0' | 'x1'>): Column | null {
  const before = columns.filter(({ box }) => box.x0 <= cell.x0 + 2)
  const own = before.reduce<Column | null>((a, b) => (a && a.box.x0 >= b.box.x0 ? a : b), null)
  const isWithin = columns.every(
    ({ box }) => before.some((each) => each.box === box) || box.x0 >= cell.x1 - 1,
  )
  return isWithin ? own : null
}
