import type { Line, Segment, TextLayer } from '../../pages/page.ts'
import type { Content } from './values.ts'

/** A part of a page that is laid out in one way, as far as can be told. */
export interface Region {
  layer: TextLayer
  lines: Line[]
}

/** Where titles or heads follow figures and are followed by a name, something else may begin: a list after a table. */
export function regionsOf(
  layer: TextLayer,
  contents: Map<Segment, Content>,
  isAnchor: (segment: Segment) => boolean,
): Region[] {
  const starts: number[] = []
  let hasFigures = false
  let head = -1
  for (const [at, { segments }] of layer.lines.entries()) {
    const isNamed = segments.some(isAnchor)
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
  const ends = [...starts.slice(1), layer.lines.length]
  const [first] = starts
  if (first === undefined) return [{ layer, lines: layer.lines }]
  return [
    { layer, lines: layer.lines.slice(0, first) },
    ...starts.map((start, at) => ({ layer, lines: layer.lines.slice(start, ends[at]) })),
  ]
}
