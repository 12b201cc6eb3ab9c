import { bandsOf, headsOf } from './grid.ts'
import type { Subject } from './subjects.ts'
import type { Value } from './values.ts'

/** Names that stand side by side, by rows from the top; names broken over lines may end on different ones. */
export function headRows(subjects: Subject[]): Subject[][] {
  const rows: Subject[][] = []
  for (const subject of [...subjects].sort((a, b) => a.box.y0 - b.box.y0)) {
    const row = rows.at(-1)
    if (row && (row.some(({ box }) => subject.box.y0 < box.y1) || isAside(subject, row))) row.push(subject)
    else rows.push([subject])
  }
  return rows
}

/** In the line below the names of a row, and below none of them. */
function isAside({ box, line }: Subject, row: Subject[]): boolean {
  const bottom = Math.max(...row.map((other) => other.box.y1))
  return (
    box.y0 - bottom < 0.8 * line.size && row.every((other) => box.x1 < other.box.x0 || box.x0 > other.box.x1)
  )
}

/**
 * Whose a value is where names head columns: each table's columns stand under its heads in their order. Rows that a
 * page break parts from their heads go on below `before`, the last names of the page before.
 */
export function headOwners(
  values: Value[],
  subjects: Subject[],
  before: Subject[],
): (value: Value) => Subject | null {
  const rows = headRows(subjects)
  const carried = headRows(before).at(-1)
  const rowOf = ({ line }: Value) =>
    rows.findLast((row) => row.every(({ box }) => box.y1 <= line.y)) ?? carried
  const owners = new Map<Value, Subject>()
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

function nearest(value: Value, row: Subject[]): Subject {
  const middle = (value.x0 + value.x1) / 2
  const away = ({ box }: Subject) =>
    value.x1 > box.x0 && value.x0 < box.x1
      ? 0
      : Math.min(Math.abs(box.x0 - value.x0), Math.abs(box.x1 - value.x1))
  return row.reduce((best, subject) => {
    const [a, b] = [away(best), away(subject)]
    const center = ({ box }: Subject) => Math.abs((box.x0 + box.x1) / 2 - middle)
    return b < a || (b === a && center(subject) < center(best)) ? subject : best
  })
}
