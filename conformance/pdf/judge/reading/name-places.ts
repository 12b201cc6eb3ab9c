import type { Segment, TextLayer } from '../../pages/page.ts'
import { bareSum, sum } from '../vocabulary/vocabulary.ts'
import { placeholders } from './placeholders.ts'
import { type RecordAnchor, unknownAnchor } from './record-anchor.ts'
import { xAt } from './segment-key.ts'
import type { Content } from './values.ts'

/** The names of a page, and what tells other text in their places from labels. */
export interface NamePlaces {
  layer: TextLayer
  anchors: RecordAnchor[]
  contents: ReadonlyMap<Segment, Content>
  isLabel(text: string): boolean
}

/** The text of a segment that stands in the place of a name; undefined where none does. */
type TextInPlace = (segment: Segment, content: Content) => string | undefined

/** Text in the place of names that names nobody who is expected. */
function unknownIn({ layer, anchors, contents }: NamePlaces, textIn: TextInPlace): RecordAnchor[] {
  const own = new Set(anchors.flatMap(({ segments }) => segments))
  return layer.lines.flatMap(({ segments }) =>
    segments.flatMap((segment) => {
      const text = own.has(segment) ? undefined : textIn(segment, contents.get(segment)!)
      return text === undefined ? [] : [unknownAnchor(layer, segment, text)]
    }),
  )
}

/** Letters, or what stands for some that are lost. */
const mayName = /[\p{L}?□\ufffd]/u

/** In tables: rows with figures whose name cell names nobody that is known: sums, or organizations of others. */
export function unknownRows(places: NamePlaces, inColumn: (x: number) => boolean): RecordAnchor[] {
  const { anchors, contents, isLabel } = places
  if (anchors.length === 0) return []
  const own = new Set(anchors.flatMap(({ segments }) => segments))
  const isNameCell = inPlaceOf(anchors.map(({ segments }) => segments[0]!))
  const hasFiguresIn = (segment: Segment) => contents.get(segment)!.values.length > 0
  return unknownIn(places, (cell, content) => {
    if (!inColumn(cell.x0) || !isNameCell(cell)) return undefined
    const cells = cell.line.segments.filter(({ x0 }) => inColumn(x0))
    if (cells.find(isNameCell) !== cell || !cells.some(hasFiguresIn)) return undefined
    if (cells.some((segment) => own.has(segment))) return undefined
    const { text: all, hasFigures } = nameText(content)
    const text = lastPart(all, content)
    // Words for a sum in a name's place are its row's, however often they stand there.
    if (!mayName.test(text) || (isLabel(text) && !bareSum.test(text))) return undefined
    if (!hasFigures) return text
    // Figures of its own cell belong to a name only beside a row of others.
    const isBesideRow = cells.filter((other) => other !== cell && hasFiguresIn(other)).length > 1
    if (isBesideRow) return lastPart(content.text, content)
    return /[:–—.…]\s*$/u.test(text) ? text : undefined
  })
}

/** Whether a cell stands where those of a column do: by their left edges, middles or right edges, whichever agree best. */
function inPlaceOf(column: Segment[]): (cell: Segment) => boolean {
  const edges = [
    ({ x0 }: Segment) => x0,
    ({ x0, x1 }: Segment) => (x0 + x1) / 2,
    ({ x1 }: Segment) => x1,
  ].map((edge) => {
    const places = column.map(edge)
    return { edge, from: Math.min(...places), to: Math.max(...places) }
  })
  const { edge, from, to } = edges.reduce((a, b) => (b.to - b.from < a.to - a.from ? b : a))
  return (cell) => edge(cell) >= from - cell.line.size && edge(cell) <= to + cell.line.size
}

/** What follows the organizations that are named on the way to it; empty where nothing does. */
function lastPart(text: string, { mentions }: Content): string {
  const known = Math.max(0, ...mentions.map(([, end]) => end))
  return text
    .slice(known)
    .replace(known > 0 ? /^[^\p{L}\p{N}?□\ufffd]+/u : '', '')
    .trim()
}

/** The words before the figures, without the number of the row. */
function nameText({ text, values }: Content): { text: string; hasFigures: boolean } {
  const [first, second] = values
  const isNumbered =
    first?.kind === 'number' && first.start === 0 && /^[^\p{L}\p{N}]*\p{L}/u.test(text.slice(first.end))
  const end = isNumbered ? second : first
  const named = text.slice(isNumbered ? first.end : 0, end?.start ?? text.length)
  return {
    text: isNumbered ? named.replace(/^[.)\s]+/, '') : named,
    hasFigures: end !== undefined,
  }
}

const bullet = /^[•◦‣▪●○–—*·-]\s+/u
/** `3. `, `92 % – `: what stands before a name in a list of the largest. */
const listNumber = /^\d+[.)]\s/
const shareBefore = /^\d+(?:[.,]\d+)?\s?%[^\p{L}\p{N}]*/u

/** Marks behind names, and those that blanks part from them. */
const nameMark = /^[:;,|]$/
const apartMark = /^(?:\p{L}+|[\p{Pd}·•→])$/u

/** Where most names are followed by a mark or a word: other words that open a line of figures with it. */
export function introduced(places: NamePlaces): RecordAnchor[] {
  const { anchors, isLabel } = places
  const [mark = '', marked = []] =
    [...Map.groupBy(anchors, (anchor) => anchor.mark)].sort((a, b) => b[1].length - a[1].length)[0] ?? []
  if (marked.length < 0.6 * anchors.length || marked.length < 2) return []
  if (!nameMark.test(mark) && !apartMark.test(mark)) return []
  const opening = nameMark.test(mark)
    ? new RegExp(`^([^${mark}]{2,80})[${mark}]`, 'u')
    : new RegExp(`^(\\S.{1,80}?)\\s${mark}\\s`, 'iu')
  const starts = marked.map(({ x }) => x)
  return unknownIn(places, (segment, { flow, text }) => {
    if (flow.values.length < 2 || !flow.text.startsWith(text)) return undefined
    const lead = opening.exec(text)?.[1]?.replace(listNumber, '').replace(shareBefore, '')
    if (!lead || !mayName.test(lead) || isLabel(lead)) return undefined
    const start = xAt(segment, text.indexOf(lead), false)
    return starts.some((x) => Math.abs(x - start) < 3 * segment.line.size) ? lead.trim() : undefined
  })
}

/** Lines of sums that follow the last organization are not its own. */
export function sumsIn(places: NamePlaces, isRecurring: (text: string) => boolean): RecordAnchor[] {
  return unknownIn(places, ({ index }, { text, values }) => {
    if (index > 0) return undefined
    const lead = text.slice(0, values[0]?.start ?? text.length).trim()
    // Where many passages have their total, it is what an organization uses with all below it.
    const isSum = bareSum.test(lead.replace(/[:–—-]$/, '')) || (sum.test(lead) && !isRecurring(text))
    return isSum ? lead : undefined
  })
}

/** In cards and lists: text set as names are set, in a place where names stand, that names nobody known. */
export function styledAsNames(places: NamePlaces): RecordAnchor[] {
  const { anchors, isLabel } = places
  // Before a name there may be a bullet.
  const starts = new Set(anchors.flatMap(({ x, segments }) => [Math.round(x), Math.round(segments[0]!.x0)]))
  const styles = new Set(anchors.map(({ segments }) => segments[0]!.words[0]!.font))
  // A row of heads is no name where names stand alone on their lines.
  const areAlone = anchors.every(({ line }) => line.segments.length === 1)
  return unknownIn(places, (segment, content) => {
    if (areAlone && segment.line.segments.length > 1) return undefined
    if (!styles.has(segment.words[0]!.font) || content.values.length > 0) return undefined
    const x = Math.round(segment.x0)
    if (![x - 1, x, x + 1].some((at) => starts.has(at))) return undefined
    const text = lastPart(content.text, content).replace(bullet, '')
    return !placeholders.test(text) && mayName.test(text) && !isLabel(text) ? text : undefined
  })
}

/** Names that stand alone, above all that is said of them; none where they are but a few. */
export function headingsAmong(anchors: RecordAnchor[], contents: Map<Segment, Content>): RecordAnchor[] {
  const alone = anchors.filter(({ line }) =>
    line.segments.every((segment) => contents.get(segment)!.values.length === 0),
  )
  return alone.length >= 0.4 * anchors.length ? alone : []
}
