import { type Box, union } from '../../pages/matrix.ts'
import { type Line, type Segment, type TextLayer, textOf } from '../../pages/page.ts'
import type { AnchorCandidate } from './anchor-candidates.ts'

/** A place in the document that speaks of one organization; figures are looked for beside and below it. */
export interface RecordAnchor {
  layer: TextLayer
  box: Box
  /** Segments that its name (and the path before it) takes. */
  segments: Segment[]
  /** Who it may be; empty for text that stands where a name should. */
  candidates: number[]
  /** Candidates named by identifier. */
  ids: number[]
  /** Ancestors that are named beside it. */
  parents: number[][]
  text: string
  /** What stands right behind the name, up to the next blank. */
  mark: string
  line: Line
  order: number
  /** Where in its first line it begins. */
  x: number
  /** Whether only the beginning of the name stands there. */
  isCut: boolean
}

/** The anchor that a mention becomes, with the names on the path to it. */
export function anchorOf(each: AnchorCandidate, order: number): RecordAnchor {
  const all = [...each.also, each]
  const segments = [...new Set(all.flatMap(({ mention }) => mention.stretches.map((part) => part.segment)))]
  const { line } = all.sort((a, b) => a.box.y0 - b.box.y0)[0]!.first.segment
  const { candidates } = each.mention
  return {
    layer: line.layer,
    box: union(all.map(({ box }) => box)),
    segments,
    candidates,
    ids: each.mention.kind === 'id' ? candidates : [],
    parents: each.parents,
    mark: /^\s*(?:[:;,]|\S*)/u.exec(each.after)![0].trim(),
    text: textOf(each.first.segment.words.slice(each.first.from, each.first.to + 1)),
    line,
    order,
    x: Math.min(...all.map(({ box }) => box.x0)),
    isCut: each.mention.isCut,
  }
}

/** Text that stands where a name should, and names nobody who is expected. */
export function unknownAnchor(layer: TextLayer, segment: Segment, text: string): RecordAnchor {
  return {
    layer,
    box: { x0: segment.x0, x1: segment.x1, y0: segment.y0, y1: segment.y1 },
    segments: [segment],
    candidates: [],
    ids: [],
    parents: [],
    text,
    mark: '',
    line: segment.line,
    order: -1,
    x: segment.x0,
    isCut: false,
  }
}
