import type { Line } from '../../pages/page.ts'
import type { OwnedCell, Ownership } from './ownership.ts'
import type { RecordAnchor } from './record-anchor.ts'
import type { Value } from './values.ts'

/** The row of a named page that a row without a name goes on with. */
interface Beginning {
  line: Line
  owner: RecordAnchor | null
}

/**
 * Pages without names go on with the rows of named ones: by the rows' numbers where both have them, otherwise at the same
 * heights, or row by row, where there are as many of them as names on the named page (or on all since the last such
 * page). Returns the line that each such row goes on with.
 */
export function continueRows(ownerships: Ownership[], anchors: RecordAnchor[]): Map<Line, Line> {
  const byLayer = Map.groupBy(anchors, ({ layer }) => layer)
  let numbers: Map<number, RecordAnchor> | undefined
  const continued = new Map<Line, Line>()
  const pages: Sheet[] = ownerships
    .map((ownership) => ({
      ownership,
      named: byLayer.get(ownership.layer),
      rows: byLayer.has(ownership.layer) ? [] : rowsOf(ownership.owned),
    }))
    .filter(({ named, rows }) => named || rows.length > 0)
  for (const [at, { named, ownership, rows }] of pages.entries()) {
    if (named) continue
    numbers ??= rowNumbers(ownerships, anchors)
    const { likeliest, all } = namedBefore(pages, at)
    const beginnings =
      byNumber(rows, numbers) ??
      likeliest.map((page) => atHeights(rows, page) ?? inOrder(rows, page.named!)).find((found) => found) ??
      inOrder(
        rows,
        all.flatMap((page) => page.named!),
      )
    if (!beginnings) continue
    for (const [row, { line }] of beginnings) continued.set(row, line)
    const lines = new Set(rows.map(({ line }) => line))
    for (const owned of ownership.owned)
      if (lines.has(owned.value.line))
        Object.assign(owned, { owner: beginnings.get(owned.value.line)?.owner ?? null, carried: false })
  }
  return continued
}

interface Sheet {
  ownership: Ownership
  named: RecordAnchor[] | undefined
  rows: Row[]
}

/**
 * The named pages before a page without names. A sheet that is too wide is printed all the way down first and then to
 * the right, or page by page: the nth page without names goes on with the nth named one, or with the last.
 */
function namedBefore(pages: Sheet[], at: number): { likeliest: Sheet[]; all: Sheet[] } {
  const end = pages.findLastIndex(({ named }, index) => index < at && named) + 1
  const start = pages.findLastIndex(({ named }, index) => index < end && !named) + 1
  const next = pages.findIndex(({ named }, index) => index > at && named)
  const all = pages.slice(start, end)
  const isPaired = ((next < 0 ? pages.length : next) - end) % all.length === 0
  const paired = isPaired ? [all[(at - end) % all.length]!] : []
  return { likeliest: [...paired, ...all.slice(-1)], all }
}

interface Row {
  line: Line
  values: Value[]
}

function rowsOf(owned: OwnedCell[]): Row[] {
  const bare = owned
    .map(({ value }) => value)
    .filter(({ segment, text }) => !/\p{L}{3}/u.test(segment.text.replace(text, '')))
  return [...Map.groupBy(bare, ({ line }) => line)]
    .map(([line, values]) => ({ line, values }))
    .sort((a, b) => a.line.y - b.line.y)
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

function byNumber(rows: Row[], numbers: Map<number, RecordAnchor>): Map<Line, Beginning> | null {
  const beginnings = new Map<Line, Beginning>()
  let last = Number.NEGATIVE_INFINITY
  for (const { line, values } of rows) {
    const first = values.reduce((a, b) => (b.x0 < a.x0 ? b : a))
    const owner = first.kind === 'number' ? numbers.get(first.value!) : undefined
    if (!owner || first.value! <= last) continue
    last = first.value!
    beginnings.set(line, { line: owner.line, owner })
  }
  return beginnings.size >= 0.8 * rows.length ? beginnings : null
}

/** Where every row stands at the height of a name, or of a sum: blank cells leave no row out of step. */
function atHeights(rows: Row[], { ownership, named = [] }: Sheet): Map<Line, Beginning> | null {
  const onLine = new Set(named.flatMap(({ segments }) => segments.map(({ line }) => line)))
  const byHeight = new Map<number, Beginning>()
  for (const { value, owner } of ownership.owned) {
    const isRow = onLine.has(value.line) || owner === null || owner.candidates.length === 0
    if (isRow) byHeight.set(Math.round(value.line.y), { line: value.line, owner })
  }
  const beginnings = new Map<Line, Beginning>()
  for (const { line } of rows) {
    const y = Math.round(line.y)
    const beginning = byHeight.get(y) ?? byHeight.get(y - 1) ?? byHeight.get(y + 1)
    if (!beginning) return null
    beginnings.set(line, beginning)
  }
  return beginnings
}

function inOrder(rows: Row[], anchors: RecordAnchor[]): Map<Line, Beginning> | null {
  if (rows.length !== anchors.length) return null
  return new Map(rows.map(({ line }, at) => [line, { line: anchors[at]!.line, owner: anchors[at]! }]))
}
