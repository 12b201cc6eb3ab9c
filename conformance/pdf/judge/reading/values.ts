import type { Line, Segment } from '../../pages/page.ts'
import { remembered } from '../../remembered.ts'
import type { Labels } from '../vocabulary/labels.ts'
import { conjunctions, joints } from '../vocabulary/vocabulary.ts'
import { commaListsIn } from './comma-lists.ts'
import { countedHeadingsIn } from './counted-headings.ts'
import type { Mention } from './names.ts'
import { type Reading, readQuantities } from './numbers.ts'
import { pageNumbersIn } from './page-numbers.ts'
import { xAt } from './segment-key.ts'

/** A quantity, or a word in place of one, where it stands. A large report has hundreds of thousands: readings are shared. */
export class Value implements Reading {
  readonly segment: Segment
  readonly #reading: Reading
  /** Where it stands in its flow's text. */
  from: number
  to: number

  constructor(reading: Reading, segment: Segment, from = reading.start, to = reading.end) {
    this.segment = segment
    this.#reading = reading
    this.from = from
    this.to = to
  }

  /** The same place, taken for another kind of quantity. */
  as(kind: Reading['kind']): Value {
    return new Value({ ...this.#reading, kind }, this.segment, this.from, this.to)
  }

  get kind(): Reading['kind'] {
    return this.#reading.kind
  }

  get value(): Reading['value'] {
    return this.#reading.value
  }

  get parts(): Reading['parts'] {
    return this.#reading.parts
  }

  get text(): string {
    return this.#reading.text
  }

  get start(): number {
    return this.#reading.start
  }

  get end(): number {
    return this.#reading.end
  }

  get line(): Line {
    return this.segment.line
  }

  get x0(): number {
    return xAt(this.segment, this.start, false)
  }

  get x1(): number {
    return xAt(this.segment, this.end, true)
  }

  /** Middle of the letters. */
  get y(): number {
    return this.line.y - this.line.size * 0.3
  }
}

/** Text as it is read on across line breaks: a segment and those that its line was broken into. */
export interface Flow {
  text: string
  mentions: [number, number][]
  values: Value[]
}

/** A segment's text with what names, identifiers and values occupy of it. */
export class Content implements Flow {
  readonly segment: Segment
  readonly mentions: [number, number][]
  values: Value[]
  /** Itself, but where a line was broken. */
  flow: Flow = this

  constructor(segment: Segment, mentions: [number, number][], values: Value[]) {
    this.segment = segment
    this.mentions = mentions
    this.values = values
  }

  get text(): string {
    return this.segment.text
  }
}

export type Contents = Map<Segment, Content>

/** Most segments name nobody. */
const none: [number, number][] = []

/** Longer texts hardly stand in a report twice. */
const longestLabel = 24

/** Reads all segments; names and identifiers are no quantities, whatever digits they hold. */
export function readContents(
  lines: Line[],
  mentions: Mention[],
  pageCount: number,
  labels: Labels,
): Contents {
  const taken = Map.groupBy(
    mentions.flatMap(({ stretches }) => stretches),
    ({ segment }) => segment,
  )
  const contents = new Map<Segment, Content>()
  const pageNumbers = pageNumbersIn(lines, pageCount)
  const headings = countedHeadingsIn(lines, labels)
  const commaLists = commaListsIn(lines)
  const quantities = (text: string, names: [number, number][]) => {
    const readings = readQuantities(text, names)
    const isAlone = names.length === 0 && readings.every(({ kind }) => kind === 'dash')
    return readings.filter((each) => !partsWords(each, text, names, isAlone, labels))
  }
  const inLabel = remembered((text: string) => quantities(text, []), 10_000)
  const read = (text: string, names: [number, number][]) =>
    names.length > 0 || text.length > longestLabel ? quantities(text, names) : inLabel(text)
  for (const line of lines)
    for (const segment of line.segments) {
      const text = segment.text
      const names = taken.get(segment)?.map(({ start, end }): [number, number] => [start, end]) ?? none
      const isHeading = headings.has(segment) && names.length === 0
      const isPageNumber = pageNumbers.has(segment) && labels.read(text).types.length === 0
      const parted = commaLists.has(segment) ? text.replaceAll(',', ';') : text
      const readings = isPageNumber || isHeading ? [] : read(parted, names)
      const values = readings.map((reading) => new Value(reading, segment))
      contents.set(segment, new Content(segment, names, values))
    }
  return contents
}

/** In front of a figure in a sentence, and of nothing that parts words. */
const conjunction = new RegExp(`(?<!\\p{L})(?:${conjunctions})$`, 'iu')

/** In "Users – limit" and "92 % – Amber" a dash parts words; in "direct – subtree 5" and "Sites – Users 5" it is the figure of what it follows. */
function partsWords(
  { kind, start, end }: Reading,
  text: string,
  names: [number, number][],
  isAlone: boolean,
  labels: Labels,
): boolean {
  if (kind !== 'dash' || /\p{L}/u.test(text.slice(start, end))) return false
  const before = text.slice(0, start).trimEnd()
  const after = text.slice(end).trimStart()
  // "92 % – Amber: 46 / 50", whoever is named; "– Amber: 46 / 50"
  const precedesName = names.some(([at]) => at === text.length - after.length)
  if (before.endsWith('%') ? /^\p{L}/u.test(after) : before === '' && precedesName) return true
  const followsWord = /\p{L}$/u.test(before) || names.some(([, at]) => at === before.length)
  if (!followsWord || !/^\p{L}/u.test(after)) return false
  if (isAlone) return true
  if (conjunction.test(before)) return false
  if (new RegExp(`^(?:${joints})(?!\\p{L})`, 'iu').test(after)) return false
  const said = labels.read(before)
  const follows = labels.read(after)
  const isLast = ({ end: at }: { end: number }) => at === before.length
  const isFirst = ({ start: at }: { start: number }) => at === 0
  return !said.figures.some(isLast) && !(said.types.some(isLast) && follows.types.some(isFirst))
}

/** In "Users –" a dash parts words too where the line below, in the same cell, goes on with words alone. */
export function withoutWrapDashes(contents: Contents, below: (segment: Segment) => Segment[]): Contents {
  const isWrapped = ({ segment, text, values }: Content) =>
    values.length === 1 &&
    values[0]!.kind === 'dash' &&
    /\p{L}\s*[-–—]$/u.test(text) &&
    below(segment).some((other) => {
      const { values: figures, mentions } = contents.get(other)!
      return figures.length + mentions.length === 0
    })
  return replaced(
    contents,
    [...contents.values()]
      .filter(isWrapped)
      .map(({ segment, mentions }) => new Content(segment, mentions, [])),
  )
}

/** The contents with some of them in place of others; the same where there are none. */
export function replaced(contents: Contents, others: Content[]): Contents {
  if (others.length === 0) return contents
  const result = new Map(contents)
  for (const each of others) result.set(each.segment, each)
  return result
}
