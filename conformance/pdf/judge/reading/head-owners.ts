import { bandsOf, headsOf } from './grid.ts'
import type { RecordAnchor } from './record-anchor.ts'
import type { Value } from './values.ts'

/** Names that stand side by side, by rows from the top; names broken over lines may end on different ones. */
export function headRows(anchors: RecordAnchor[]): RecordAnchor[][] {
  const rows: RecordAnchor[][] = []
  for (const anchor of [...anchors].sort((a, b) => a.box.y0 - b.box.y0)) {
    const row = rows.at(-1)
    if (row?.some(({ box }) => anchor.box.y0 < box.y1)) row.push(anchor)
    else rows.push([anchor])
  }
  return rows
}

/**
 * Whose a value is where names head columns: each table's columns stand under its heads in their order. Rows that a
 * page break parts from their heads go on below `before`, the last names of the page before.
 */
export function headOwners(
  values: Value[],
  anchors: RecordAnchor[],
  before: RecordAnchor[],
): (value: Value) => RecordAnchor | null {
  const rows = headRows(anchors)
  const carried = headRows(before).at(-1)
  const rowOf = ({ line }: Value) =>
    rows.findLast((row) => row.every(({ box }) => box.y1 <= line.y)) ?? carried
  const owners = new Map<Value, RecordAnchor>()
  for (const [row, below] of Map.groupBy(values, rowOf)) {
    if (!row) continue
    const heads = [...row].sort((a, b) => a.box.x0 - b.box.x0)
    const lines = [...Map.groupBy(below, ({ line }) => line).values()]
    const bands = bandsOf(
      lines.map((line) => line.map(({ x0, x1 }) => ({ x0, x1, hasFigures: true, hasNames: false }))),
    )
    const found = headsOf(
      bands,
      heads.map(({ box }) => box),
    )
    for (const value of below) {
      const at = bands.findIndex(({ x0, x1 }) => x0 - 1 < value.x0 && value.x1 < x1 + 1)
      owners.set(value, heads[found[at] ?? -1] ?? nearest(value, row))
    }
  }
  return (value) => owners.get(value) ?? null
}

function nearest(value: Value, row: RecordAnchor[]): RecordAnchor {
  const middle = (value.x0 + value.x1) / 2
  const away = ({ box }: RecordAnchor) =>
    value.x1 > box.x0 && value.x0 < box.x1
      ? 0
      : Math.min(Math.abs(box.x0 - value.x0), Math.abs(box.x1 - value.x1))
  return row.reduce((best, anchor) => {
    const [a, b] = [away(best), away(anchor)]
    const center = ({ box }: RecordAnchor) => Math.abs((box.x0 + box.x1) / 2 - middle)
    return b < a || (b === a && center(anchor) < center(best)) ? anchor : best
  })
}
