import type { Line, Plane, Segment } from '../text/text.ts'

/** How far below a line, in ems, the next line of the same paragraph or cell may stand. */
const leading = 1.75

/** Where a segment's text may go on: beside it across a wide blank, or in the lines below it, aligned with it. */
export function continuations(planes: Plane[]): (segment: Segment) => Segment[] {
  const index = new Map<Line, number>()
  for (const plane of planes) for (const [at, line] of plane.lines.entries()) index.set(line, at)
  return (segment) => {
    const { line } = segment
    const { lines } = line.plane
    const found: Segment[] = []
    const beside = line.segments[segment.index + 1]
    if (beside && (beside.words[0]?.gap ?? 9) < 2 && !/^\d/.test(beside.words[0]!.text)) found.push(beside)
    for (let at = (index.get(line) as number) + 1; at < lines.length; at += 1) {
      const next = lines[at] as Line
      const distance = (next.y - line.y) / line.size
      if (distance > leading) break
      const below = next.segments.filter((other) => continues(segment, other))
      if (below.length > 0) {
        found.push(...below)
        break
      }
    }
    return found
  }
}

function continues(segment: Segment, other: Segment): boolean {
  const em = segment.line.size
  if (other.x1 < segment.x0 - em || other.x0 > segment.x1 + em) return false
  const left = other.x0 - segment.x0
  const right = other.x1 - segment.x1
  return (
    (left > -0.6 * em && left < 3 * em) || Math.abs(right) < 0.6 * em || Math.abs(left + right) < 1.2 * em
  )
}
