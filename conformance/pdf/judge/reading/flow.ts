import type { Line, Segment, TextLayer } from '../../pages/page.ts'

/** How far below a line, in ems, the next line of the same paragraph or cell may stand. */
const leading = 2.2

/** Below the last row of a page are so many lines of its foot, above the first one of the next so many of heads. */
const [mostFoot, mostHead] = [2, 8]

/**
 * Where a segment's text may go on: beside it across a wide blank, or in the lines below it, aligned with it, or with
 * that part of it which begins at `x`, which a page break may tear.
 */
export function continuations(layers: TextLayer[]): (segment: Segment, x?: number) => Segment[] {
  const index = new Map<Line, number>()
  const next = new Map<TextLayer, TextLayer | undefined>()
  for (const [at, layer] of layers.entries()) {
    for (const [nth, line] of layer.lines.entries()) index.set(line, nth)
    next.set(
      layer,
      layers
        .slice(at + 1, at + 3)
        .find(({ page, angle }) => page === layer.page + 1 && angle === layer.angle),
    )
  }
  return (segment, x) => {
    const { line } = segment
    const { lines } = line.layer
    const found: Segment[] = []
    const beside = line.segments[segment.index + 1]
    if (beside && isNear(beside)) found.push(beside)
    const starts = [x ?? segment.x0, startOf(segment)].map((x0) => ({ line, x0, x1: segment.x1 }))
    const own = index.get(line)!
    for (let at = own + 1; at < lines.length; at += 1) {
      const below = lines[at]!
      const distance = (below.y - line.y) / line.size
      if (distance > leading) break
      const aligned = below.segments.filter((other) => continues(segment, other))
      found.push(...aligned)
      if (aligned.length > 0) return found
      found.push(
        ...below.segments.filter(
          (other) => starts.some((start) => continues(start, other)) || isOutdented(segment, other),
        ),
      )
    }
    // A row that a page break tears goes on below the heads of the next page.
    const isTorn = x !== undefined && lines.length - own - 1 <= mostFoot
    const torn = isTorn ? (next.get(line.layer)?.lines.slice(0, mostHead) ?? []) : []
    const isRest = (other: Segment) =>
      /[\p{L}\p{N}]/u.test(other.text) && (continues(segment, other) || continues(starts[0]!, other))
    return [...found, ...torn.flatMap(({ segments }) => segments.filter(isRest))]
  }
}

/** A number across a blank wider than between loosely set words is a column's. */
function isNear({ words: [first] }: Segment): boolean {
  return first !== undefined && first.gap < (/^\d/.test(first.text) ? 1 : 2)
}

/** Where the text begins that runs up to a segment across wide blanks. */
function startOf(segment: Segment): number {
  let first = segment
  while (first.index > 0 && isNear(first)) first = first.line.segments[first.index - 1]!
  return first.x0
}

function continues(segment: Pick<Segment, 'line' | 'x0' | 'x1'>, other: Segment): boolean {
  const em = segment.line.size
  const left = other.x0 - segment.x0
  const right = other.x1 - segment.x1
  if (other.x1 < segment.x0 - em || other.x0 > segment.x1 + em) return false
  return (
    (left > -0.6 * em && left < 3 * em) || Math.abs(right) < 0.6 * em || Math.abs(left + right) < 1.2 * em
  )
}

/** Where only the first line of a cell is set in, those below it begin at the cell's edge. */
function isOutdented(segment: Segment, other: Segment): boolean {
  const em = segment.line.size
  const before = segment.line.segments[segment.index - 1]
  // A number among figures is one of them, or that of the row.
  const isNumber = ({ words }: Segment) => /\d/.test(words[0]!.text)
  if (isNumber(other) && (other.index > 0 || other.line.segments.filter(isNumber).length > 1)) return false
  const after = segment.line.segments[segment.index + 1]
  const isInCell = (!before || other.x0 > before.x1) && (!after || other.x1 < after.x0)
  return isInCell && other.x0 < segment.x0 && other.x0 > segment.x0 - 10 * em
}
