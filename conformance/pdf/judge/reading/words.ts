import type { Segment } from '../../pages/page.ts'
import { cellsBefore } from './cells-before.ts'
import type { ExpectedFigures } from './expectation.ts'
import type { Headers } from './headers.ts'
import { fold } from './normalize.ts'
import type { Reading } from './numbers.ts'
import type { Assigned, Placed } from './roles.ts'
import { type Content, type Flow, Value } from './values.ts'

/** Words that stand where others have figures stand for one, whatever their language. */
export function readWords(contents: Map<Segment, Content>, headers: Headers): void {
  const labels = labelsOfFigures(contents)
  const joints = unknownJoints(contents)
  for (const [segment, content] of contents) {
    const { text, values, mentions, flow } = content
    if (mentions.length > 0 || flow.text !== text || cellsBefore(segment).length === 0) continue
    const isCell = headers.isAmongFigures(segment)
    if (values.length === 0 && /\p{L}/u.test(text))
      if ((isCell && isRow(segment, contents)) || labels.has(labelBefore(segment, contents)))
        insert(content, 0, text.length)
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
  readWordedStatements(contents)
}

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
    const isFigure = values.length === 1 && values[0]!.kind === 'number' && !/\p{L}/u.test(text)
    const label = isFigure && mentions.length === 0 ? labelBefore(segment, contents) : ''
    if (label) counts.set(label, (counts.get(label) ?? 0) + 1)
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

/** In "limit open", where others have "limit 50", the word stands for the figure. */
function readWordedStatements(contents: Map<Segment, Content>): void {
  const statements = [...contents.values()].flatMap((content) => statementsIn(content))
  const counts = new Map<string, number>()
  for (const { lead, isFigure } of statements) if (isFigure) counts.set(lead, (counts.get(lead) ?? 0) + 1)
  const leads = [...counts].flatMap(([lead, count]) => (count > 1 ? [lead] : []))
  for (const { content, start, lead, isFigure } of statements) {
    if (isFigure) continue
    const known = leads.find((each) => lead.startsWith(each) && lead.length > each.length)
    if (known === undefined) continue
    const rest = lead.slice(known.length)
    const word = /^\p{L}+(?: \p{L}+){0,2}/u.exec(rest)?.[0]
    const isAll = word !== undefined && !/\w/.test(rest.slice(word.length))
    if (isAll) insert(content, start + known.length, start + known.length + word.length)
  }
}

interface Statement {
  content: Content
  /** Where it begins in the text of its segment. */
  start: number
  /** The text up to its figure; all of it, where it has none. */
  lead: string
  isFigure: boolean
}

/** Statements of a few words that begin with one, in text that says figures. */
function statementsIn(content: Content): Statement[] {
  const { text, values, mentions, flow } = content
  if (flow.values.length === 0) return []
  const taken = [...mentions, ...values.map(({ start, end }): [number, number] => [start, end])]
  const marks = [...text.matchAll(statementMark)]
    .map(({ index, 0: mark }) => [index, index + mark.length] as const)
    .filter(([from, to]) => !taken.some(([start, end]) => from < end && start < to))
  const bounds = [[0, 0] as const, ...marks, [text.length, text.length] as const]
  return bounds.slice(1).flatMap(([end], at): Statement[] => {
    const start = bounds[at]![1]
    const own = values.filter((each) => each.start >= start && each.end <= end)
    const isNamed = mentions.some(([from, to]) => from < end && start < to)
    const isFigure = own.length === 1 && own[0]!.kind === 'number'
    const lead = text.slice(start, isFigure ? own[0]!.start : end)
    return isNamed || (own.length > 0 && !isFigure) || !/^\p{L}.* /u.test(lead)
      ? []
      : [{ content, start, lead, isFigure }]
  })
}

/**
 * What an unknown word in place of limits means shows in whose limits it stands for: it says 0 where it stands for 0
 * and never for no limit, the other way round, or nothing for certain.
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
    if (value.kind !== 'word' || assigned?.role !== 'limit' || !owner || owner.candidates.length === 0)
      continue
    const limits = owner.candidates.map((at) => facts.expected(at, assigned.type, 'limit'))
    const key = fold(value.text)
    const use = uses.get(key) ?? { zero: 0, none: 0, places: [] }
    if (limits.includes(0)) use.zero += 1
    if (limits.includes(null)) use.none += 1
    use.places.push(each)
    uses.set(key, use)
  }
  const kinds = new Map<Placed, Value['kind']>()
  for (const { zero, none, places } of uses.values()) {
    const kind = zero > 0 && none === 0 ? 'zero' : none > 0 && zero < none ? 'unlimited' : null
    if (kind) for (const each of places) kinds.set(each, kind)
  }
  return placed.map((each) => {
    const kind = kinds.get(each)
    return kind ? { ...each, value: each.value.as(kind) } : each
  })
}
