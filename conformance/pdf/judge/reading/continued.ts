import type { Line } from '../../pages/page.ts'
import type { OwnedCell, Ownership } from './ownership.ts'
import type { RecordAnchor } from './record-anchor.ts'
import type { Value } from './values.ts'

/**
 * Pages without names go on with the rows of named ones: by the rows' numbers where both have them, otherwise row by
 * row, where there are as many of them as names on the page before (or since the last such page).
 */
export function continueRows(ownerships: Ownership[], anchors: RecordAnchor[]): void {
  const byLayer = Map.groupBy(anchors, ({ layer }) => layer)
  let numbers: Map<number, RecordAnchor> | undefined
  let run: RecordAnchor[] = []
  let latest: RecordAnchor[] = []
  let wasNamed = false
  for (const ownership of ownerships) {
    const named = byLayer.get(ownership.layer)
    if (named) {
      run = wasNamed ? [...run, ...named] : [...named]
      latest = named
      wasNamed = true
      continue
    }
    wasNamed = false
    const rows = rowsOf(ownership.owned)
    if (rows.length === 0) continue
    numbers ??= rowNumbers(ownerships, anchors)
    const owners = byNumber(rows, numbers) ?? inOrder(rows, latest) ?? inOrder(rows, run)
    if (!owners) continue
    const lines = new Set(rows.map(({ line }) => line))
    for (const owned of ownership.owned)
      if (lines.has(owned.value.line))
        Object.assign(owned, { owner: owners.get(owned.value.line) ?? null, carried: false })
  }
}

interface Row {
  line: Line
  values: Value[]
}

function rowsOf(owned: OwnedCell[]): Row[] {
  const rows = new Map<Line, Value[]>()
  for (const { value } of owned) {
    if (/\p{L}{3}/u.test(value.segment.text.replace(value.text, ''))) continue
    rows.set(value.line, [...(rows.get(value.line) ?? []), value])
  }
  return [...rows].map(([line, values]) => ({ line, values })).sort((a, b) => a.line.y - b.line.y)
}

/** The number left of each name, where the rows are numbered. */
function rowNumbers(ownerships: Ownership[], anchors: RecordAnchor[]): Map<number, RecordAnchor> {
  const onLine = new Map<Line, RecordAnchor>(anchors.map((anchor) => [anchor.line, anchor]))
  const numbers = new Map<number, RecordAnchor>()
  for (const { owned } of ownerships)
    for (const { value } of owned) {
      const anchor = onLine.get(value.line)
      if (anchor && value.kind === 'number' && value.x1 <= anchor.x && !numbers.has(value.value!))
        numbers.set(value.value!, anchor)
    }
  return numbers.size >= 0.9 * anchors.length ? numbers : new Map()
}

function byNumber(rows: Row[], numbers: Map<number, RecordAnchor>): Map<Line, RecordAnchor> | null {
  const owners = new Map<Line, RecordAnchor>()
  let last = Number.NEGATIVE_INFINITY
  for (const { line, values } of rows) {
    const first = values.reduce((a, b) => (b.x0 < a.x0 ? b : a))
    const anchor = first.kind === 'number' ? numbers.get(first.value!) : undefined
    if (!anchor || first.value! <= last) continue
    last = first.value!
    owners.set(line, anchor)
  }
  return owners.size >= 0.8 * rows.length ? owners : null
}

function inOrder(rows: Row[], anchors: RecordAnchor[]): Map<Line, RecordAnchor> | null {
  return rows.length === anchors.length ? new Map(rows.map(({ line }, at) => [line, anchors[at]!])) : null
}
