import type { Line, Segment, TextLayer } from '../../pages/page.ts'
import type { Content } from './values.ts'

/** A part of a page that is laid out in one way, as far as can be told. */
export interface Region {
  plane: TextLayer
  lines: Line[]
}

/** Where titles or heads follow figures and are followed by a name, something else may begin: a list after a table. */
export function regionsOf(
  plane: TextLayer,
  contents: Map<Segment, Content>,
  isSubject: (segment: Segment) => boolean,
): Region[] {
  const starts: number[] = []
  let hasFigures = false
  let head = -1
  for (const [at, { segments }] of plane.lines.entries()) {
    const isNamed = segments.some(isSubject)
    const isFigured = segments.some((segment) => contents.get(segment)!.values.length > 0)
    if (!isNamed && !isFigured) {
      if (head < 0) head = at
      continue
    }
    if (isNamed && head > 0 && hasFigures) {
      starts.push(head)
      hasFigures = false
    }
    if (isFigured) hasFigures = true
    head = -1
  }
  const ends = [...starts.slice(1), plane.lines.length]
  const [first] = starts
  if (first === undefined) return [{ plane, lines: plane.lines }]
  return [
    { plane, lines: plane.lines.slice(0, first) },
    ...starts.map((start, at) => ({ plane, lines: plane.lines.slice(start, ends[at]) })),
  ]
}
