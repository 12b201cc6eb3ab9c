import type { Segment } from '../../pages/page.ts'
import type { Labels } from '../vocabulary/labels.ts'
import { weights } from '../weights.ts'
import { cellsBefore } from './cells-before.ts'
import type { Assigned, ExpectedFigures } from './expectation.ts'
import type { Headers } from './headers.ts'
import { fold } from './normalize.ts'
import type { Reading } from './numbers.ts'
import type { Placed } from './ownership.ts'
import { type Content, type Flow, Value } from './values.ts'

/** Words that stand where others have figures stand for one, whatever their language, but no name of a type or figure. */
export function readWords(contents: Map<Segment, Content>, headers: Headers, labels: Labels): void {
  const isWord = (text: string) => /\p{L}/u.test(text) && !labels.isAll(text)
  // A cell that begins as statements do is no word as a whole.
  readWordedStatements(contents, isWord)
  readCells(contents, headers, isWord)
  readKnownWords(contents)
  // Where a label has such words behind it, others that stand there do the same.
  readCells(contents, headers, isWord)
}

type IsWord = (text: string) => boolean

function readCells(contents: Map<Segment, Content>, headers: Headers, isWord: IsWord): void {
  const labels = labelsOfFigures(contents)
  const joints = unknownJoints(contents)
  const widths = widthsOfRows(contents)
  for (const [segment, content] of contents) {
    const { text, values, mentions, flow } = content
    if (mentions.length > 0 || flow.text !== text) continue
    const isCell = headers.isAmongFigures(segment)
    if (values.length === 0 && isWord(text) && cellsBefore(segment).length > 0) {
      const isAmong = (isCell && isRow(segment, contents)) || isInFullRow(segment, contents, widths)
      if (isAmong || labels.has(labelBefore(segment, contents))) insert(content, 0, text.length)
    }
    // `12 / open`, and `12 (open)` where others have `12 of 50`: the second part of a ratio.
    const [first] = values
    if (values.length !== 1 || first!.kind !== 'number') continue
    const rest = text.slice(first!.end)
    const stroke = /^\s*[/∕⁄]\s*(?=\p{L})/u.exec(rest)
    if (stroke) insert(content, first!.end + stroke[0].length, text.length)
    const bracketed = isCell && joints > 1 ? /^(\s*[([])(\p{L}[^\d()[\]]*)[)\]]$/u.exec(rest) : null
    if (bracketed) {
      const start = first!.end + bracketed[1]!.length
      insert(content, start, start + bracketed[2]!.length)
    }
  }
}

/** How many cells rows have that hold names and figures behind a name or a label, with how many such rows there are. */
function widthsOfRows(contents: Map<Segment, Content>): Map<number, number> {
  const widths = new Map<number, number>()
  for (const [segment, content] of contents) {
    const { segments } = segment.line
    const isFull =
      segment === segments[0] &&
      segments.length > 2 &&
      beginsRow(content) &&
      segments.slice(1).every((other) => {
        const { values, mentions } = contents.get(other)!
        return values.length + mentions.length > 0
      })
    if (isFull) widths.set(segments.length, (widths.get(segments.length) ?? 0) + 1)
  }
  return widths
}

/** Whether a cell stands behind a name or label in a row with as many cells as others that have nothing but figures there. */
function isInFullRow(
  { line: { segments } }: Segment,
  contents: Map<Segment, Content>,
  widths: ReadonlyMap<number, number>,
): boolean {
  const [name, ...others] = segments.map((segment) => contents.get(segment)!)
  return (
    (widths.get(segments.length) ?? 0) > 1 &&
    beginsRow(name!) &&
    others.some(({ values }) => values.length > 0)
  )
}

const beginsRow = ({ text, values }: Content) => values.length === 0 && /\p{L}/u.test(text)

function isRow({ line }: Segment, contents: Map<Segment, Content>): boolean {
  return line.segments.some((segment) => {
    const { values, mentions } = contents.get(segment)!
    return mentions.length > 0 || values.length > 0
  })
}

/** A stretch of a cell's text as a word in place of a figure. */
function insert(content: Content, start: number, stop: number): void {
  const { segment, text, values, flow } = content
  const word = text.slice(start, stop).trimEnd()
  const end = start + word.length
  // What stands in its flow before the segment.
  const offset = offsetIn(flow, content)
  const reading: Reading = { kind: 'word', value: null, parts: [], text: word, start, end }
  const value = new Value(reading, segment, start + offset, end + offset)
  for (const list of new Set([values, flow.values])) {
    const at = list.findIndex(({ from }) => from > value.from)
    list.splice(at < 0 ? list.length : at, 0, value)
  }
}

function offsetIn(flow: Flow, { values, text }: Content): number {
  const [first] = values
  return first ? first.from - first.start : Math.max(0, flow.text.indexOf(text))
}

/** Texts without a quantity that have nothing but one right behind them, on more than one line. */
function labelsOfFigures(contents: Map<Segment, Content>): Set<string> {
  const counts = new Map<string, number>()
  for (const [segment, { text, values, mentions }] of contents) {
    const isFigure =
      values.length === 1 &&
      ((values[0]!.kind === 'number' && !/\p{L}/u.test(text)) || values[0]!.text === text)
    const label = isFigure && mentions.length === 0 ? labelBefore(segment, contents) : ''
    // A word that stands for figures elsewhere says so at once.
    if (label) counts.set(label, (counts.get(label) ?? 0) + (values[0]!.kind === 'number' ? 1 : 2))
  }
  return new Set([...counts].flatMap(([label, count]) => (count > 1 ? [label] : [])))
}

/** The words right before a cell on its line, where they are all of their cell; empty where there are none. */
function labelBefore(segment: Segment, contents: Map<Segment, Content>): string {
  const [before] = cellsBefore(segment)
  if (!before) return ''
  const { text, values, mentions } = contents.get(before)!
  return values.length + mentions.length === 0 && /\p{L}/u.test(text) ? fold(text) : ''
}

/** How many cells hold two numbers with words between them and nothing else. */
function unknownJoints(contents: Map<Segment, Content>): number {
  return [...contents.values()].filter(({ text, values }) => {
    const [first, second] = values
    const areNumbers = values.length === 2 && values.every(({ kind }) => kind === 'number')
    return areNumbers && /^\s*(?:\p{L}|\/)[^\d]*$/u.test(text.slice(first!.end, second!.start))
  }).length
}

/** What parts the statements of a sentence. */
const statementMark = /[;,|·•\n]\s|[.:]\s|\s[–—-]\s/gu

/** A word in place of a figure, up to the end of its statement. */
const wordOfStatement = /^\p{L}+(?:[ ·'’]\p{L}+){0,2}(?=\s?[)\]]?\s?(?:$|[;,|·•.:\n]|[–—-]\s))/u

/** Longer texts in front of figures hardly recur. */
const longestLead = 40

/** In "limit open", where others have "limit 50", and in "12/open; 7" the word stands for the figure. */
function readWordedStatements(contents: Map<Segment, Content>, isWord: IsWord): void {
  const statements = [...contents.values()].flatMap((content) => statementsIn(content))
  const counts = new Map<string, number>()
  for (const { text, isFigure } of statements)
    if (isFigure && text.length <= longestLead) counts.set(text, (counts.get(text) ?? 0) + 1)
  for (const { content, start, text } of statements) {
    const lead = leadIn(text, counts)
    const word = lead && wordOfStatement.exec(text.slice(lead.length))?.[0]
    const from = start + (lead?.length ?? 0)
    if (!word || !isWord(word)) continue
    if (content.values.every((value) => value.start >= from + word.length || value.end <= from))
      insert(content, from, from + word.length)
  }
}

/** What stands in front of figures elsewhere and begins the text, the longest; undefined where nothing does. */
function leadIn(text: string, counts: ReadonlyMap<string, number>): string | undefined {
  for (let end = Math.min(longestLead, text.length - 1); end > 0; end -= 1)
    if ((counts.get(text.slice(0, end)) ?? 0) > 1) return text.slice(0, end)
  return undefined
}

interface Statement {
  content: Content
  /** Where it begins in the text of its segment. */
  start: number
  /** Up to the next figure or name. */
  text: string
  /** Whether it is a figure. */
  isFigure: boolean
}

/** What begins behind a figure, a name or a mark: a mark may join two figures, as in "12 | 50". */
function statementsIn(content: Content): Statement[] {
  const { text, values, mentions } = content
  const taken = [...mentions, ...values.map(({ start, end }): [number, number] => [start, end])].sort(
    ([a], [b]) => a - b,
  )
  const numbers = new Set(values.filter(({ kind }) => kind === 'number').map(({ start }) => start))
  let from = 0
  return [...taken, [text.length, text.length] as const].flatMap(([to, end]) => {
    const part = text.slice(from, to)
    const begin = from
    from = Math.max(from, end)
    const marks = /\p{L}/u.test(part) ? [...part.matchAll(statementMark)] : []
    return [0, ...marks.map(({ index, 0: mark }) => index + mark.length)]
      .filter((start) => start < part.length)
      .map((start) => ({ content, start: begin + start, text: part.slice(start), isFigure: numbers.has(to) }))
  })
}

/** Shorter words may stand anywhere. */
const shortestWord = 3

/** Words that stand for figures do so wherever they are all of a cell, or end a text without figures. */
function readKnownWords(contents: Map<Segment, Content>): void {
  const words = new Set(
    [...contents.values()].flatMap(({ values }) =>
      values.flatMap(({ kind, text }) => (kind === 'word' && text.length >= shortestWord ? [text] : [])),
    ),
  )
  for (const [segment, content] of contents) {
    const { text, values, mentions } = content
    if (values.length + mentions.length > 0) continue
    if (words.has(text)) {
      if (isRow(segment, contents)) insert(content, 0, text.length)
      continue
    }
    for (const { index } of text.matchAll(/(?<=\p{L}:? )\p{L}/gu))
      if (words.has(text.slice(index))) {
        insert(content, index, text.length)
        break
      }
  }
}

/**
 * What an unknown word in place of limits means shows in whose limits it stands for: it says 0 where it stands for 0
 * and never for no limit, the other way round, or nothing for certain. A dash says 0 where it stands for nothing else,
 * and something else says that there is no limit.
 */
export function settleWords(
  placed: Placed[],
  roles: Map<string, Assigned>,
  facts: ExpectedFigures,
): Placed[] {
  const uses = new Map<string, { zero: number; none: number; places: Placed[] }>()
  for (const each of placed) {
    const assigned = roles.get(each.cellAddress.id)
    const { value, owner } = each
    if (assigned?.role !== 'limit' || !owner || owner.candidates.length === 0) continue
    if (!['word', 'dash', 'unlimited'].includes(value.kind)) continue
    const limits = owner.candidates.map((at) => facts.expected(at, assigned.type, 'limit'))
    const key = fold(value.text)
    const use = uses.get(key) ?? { zero: 0, none: 0, places: [] }
    if (limits.includes(0)) use.zero += 1
    if (limits.includes(null)) use.none += 1
    use.places.push(each)
    uses.set(key, use)
  }
  const isNoneSaid = [...uses.values()].some(({ zero, none }) => none > zero)
  const kinds = new Map<Placed, Value['kind']>()
  for (const { zero, none, places } of uses.values()) {
    const { kind } = places[0]!.value
    const isDashForZero =
      kind === 'dash' && isNoneSaid && zero === places.length && zero >= weights.fewestFits
    if (isDashForZero || (kind === 'word' && zero !== none))
      for (const each of places) kinds.set(each, zero > none ? 'zero' : 'unlimited')
  }
  return placed.map((each) => {
    const kind = kinds.get(each)
    return kind ? { ...each, value: each.value.as(kind) } : each
  })
}
