import type { Segment, TextLayer } from '../../pages/page.ts'
import type { Labels } from '../vocabulary/labels.ts'
import type { ExpectedFigures } from './expectation.ts'
import { type Reading, readQuantities } from './numbers.ts'
import { type Content, Value } from './values.ts'

/**
 * Joins lines that were broken for want of room into one flow, so that a label and its figure stay together wherever
 * the break falls. A line that opens with a label or a name of its own starts anew.
 */
export function joinParagraphs(
  layers: TextLayer[],
  contents: Map<Segment, Content>,
  labels: Labels,
  facts: ExpectedFigures,
): void {
  const isProse = proseAmong(contents)
  for (const layer of layers) {
    const margin = marginOf(layer, isProse)
    for (const line of layer.lines)
      for (const segment of line.segments) {
        const above = segmentAbove(segment)
        const isRow = line.segments.some(
          (other) => other !== segment && contents.get(other)!.mentions.length > 0,
        )
        if (
          above &&
          !isRow &&
          isBroken(above, segment, margin(above), isProse) &&
          !startsAnew(contents.get(segment)!, contents.get(above)!, labels)
        )
          append(contents.get(above)!, contents.get(segment)!, facts)
      }
  }
}

/** Where the lines of a segment's column end: those that begin where it does or, if they are few, a little aside. */
function marginOf(layer: TextLayer, isProse: IsProse): (segment: Segment) => number {
  const prose = layer.lines.flatMap((line) => line.segments).filter(isProse)
  const margins = new Map<number, number>()
  return ({ x0 }) => {
    const key = Math.round(x0)
    let margin = margins.get(key)
    if (margin === undefined) {
      const ends = (reach: number) =>
        prose.filter((other) => Math.abs(other.x0 - x0) < reach).map(({ x1 }) => x1)
      const exact = ends(2)
      margin = Math.max(...(exact.length >= 6 ? exact : ends(80)))
      margins.set(key, margin)
    }
    return margin
  }
}

type IsProse = (segment: Segment) => boolean

/** Four words or more, of which two stand beside its figures: `30 of no limit` is a cell. */
function proseAmong(contents: Map<Segment, Content>): IsProse {
  return (segment) => {
    if (segment.words.length < 4) return false
    const { text, values } = contents.get(segment)!
    const beside = values.reduceRight((rest, { start, end }) => rest.slice(0, start) + rest.slice(end), text)
    return beside.split(' ').filter((word) => /\p{L}{3}/u.test(word)).length >= 2
  }
}

const leavesBracketOpen = (text: string) => text.lastIndexOf('(') > text.lastIndexOf(')')

function isBroken(above: Segment, segment: Segment, margin: number, isProse: IsProse): boolean {
  if (!isProse(above)) return false
  // A bracket goes on below the line that opens it, and belongs to what stands before it, however short the line.
  if (leavesBracketOpen(above.text) || segment.words[0]!.text.startsWith('(')) return true
  // The first word had no room at the end of the line above.
  const word = segment.words[0]!
  return above.x1 + 0.3 * segment.line.size + (word.x1 - word.x0) > margin - 0.3 * segment.line.size
}

function segmentAbove({ line, x0 }: Segment): Segment | null {
  const { lines } = line.layer
  for (let at = lines.indexOf(line) - 1; at >= 0; at -= 1) {
    const above = lines[at]!
    if (line.y - above.y > 1.75 * line.size || Math.abs(line.size - above.size) > 0.6) return null
    const found = above.segments.find((other) => {
      const indent = x0 - other.x0
      return indent > -0.8 * line.size && indent < 2.5 * line.size
    })
    if (found) return found
  }
  return null
}

function startsAnew({ text, mentions, values }: Content, above: Content, labels: Labels): boolean {
  if (mentions.some(([start]) => start <= 2)) return true
  if (leavesBracketOpen(above.flow.text) && /^[^(]*\)/u.test(text)) return false
  const lead = text.slice(0, values[0]?.start ?? 40)
  // After `6 of 25`, `and 6` or `and 6 user` at the end of a line the next one begins with what they are.
  const last = above.flow.values.at(-1)
  const rest = last && above.flow.text.slice(last.to)
  const isUnit =
    (rest === '' && values.length === 0 && last?.kind === 'number') ||
    (rest !== undefined && /^(?: \p{L}+)?$/u.test(rest) && isUntyped(above.flow, labels))
  if (isUnit && !lead.includes(':')) return false
  // Lines of a list that each begin with a figure: `6 of 25 sites`, below it `4 of 9 users`.
  if (values[0]?.start === 0 && above.values[0]?.start === 0 && last?.to !== above.flow.text.length)
    return true
  return /^[^:;(]{1,40}:/u.test(lead) || labels.read(lead).types.some(({ start }) => start < 3)
}

/** Whether nothing between the last value and the one or the name before it says of which type it is. */
function isUntyped({ text, values, mentions }: Content['flow'], labels: Labels): boolean {
  const [before, last] = values.length > 1 ? values.slice(-2) : [undefined, values[0]]
  const from = before?.to ?? mentions.at(-1)?.[1]
  return (
    from !== undefined && last !== undefined && labels.read(text.slice(from, last.from)).types.length === 0
  )
}

function append(above: Content, below: Content, facts: ExpectedFigures): void {
  const { text: whole, mentions, values } = above.flow
  const flow = above.flow === above ? { text: whole, mentions, values } : above.flow
  above.flow = flow
  const hyphenated = /\p{L}-$/u.test(flow.text)
  const offset = flow.text.length + (hyphenated ? 0 : 1)
  flow.text = `${flow.text}${hyphenated ? '' : ' '}${below.text}`
  flow.mentions = [
    ...flow.mentions,
    ...below.mentions.map(([start, end]): [number, number] => [start + offset, end + offset]),
  ]
  for (const value of below.values) {
    value.from += offset
    value.to += offset
  }
  const isBroken = ({ kind, value, start, end }: Reading) => {
    if (start >= offset || end <= offset) return false
    if (kind === 'unlimited' || kind === 'zero') return true
    // `8` at the end of a line and `376` on the next: one number where the data knows only the whole.
    const isWhole = kind === 'number' && facts.isExpectedAnywhere(value!)
    const rest = below.values.filter(({ from }) => from < end)
    return isWhole && rest.every((part) => !facts.isExpectedAnywhere(part.value!))
  }
  const [broken] = readQuantities(flow.text, flow.mentions).filter(isBroken)
  if (broken) {
    below.values = [
      placeBroken(broken, below.segment, offset),
      ...below.values.filter(({ from }) => from >= broken.end),
    ]
    above.values = above.values.filter(({ to }) => to <= broken.start)
  }
  flow.values = [...flow.values.filter(({ to }) => !broken || to <= broken.start), ...below.values]
  below.flow = flow
}

/** `(no` at the end of a line, `limit)` on the next: both stand where the second line begins. */
function placeBroken(reading: Reading, segment: Segment, offset: number): Value {
  const placed = { ...reading, start: 0, end: reading.end - offset }
  return new Value(placed, segment, reading.start, reading.end)
}
