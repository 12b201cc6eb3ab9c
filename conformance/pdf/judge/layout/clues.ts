import type { Line, Segment } from '../../pages/page.ts'
import { cellsBefore } from '../reading/cells-before.ts'
import { cellOf } from '../reading/columns.ts'
import { wordsOf } from '../reading/normalize.ts'
import type { Understood } from '../reading/read.ts'
import type { Content, Flow, Value } from '../reading/values.ts'
import { conjunctions } from '../vocabulary/vocabulary.ts'

/** What stands around a quantity, whatever it means. */
export interface Clues {
  /** Sides of the cell that it stands in. */
  x0: number
  x1: number
  /** The words right before and right after it. */
  before: string
  after: string
  /** The words of its clause with `#` for quantities, and which of these it is. */
  clause: string
  nth: number
  /** The words of its statement up to it, with `#` for quantities. */
  prefix: string
  /** The words that open its text, and which of the text's quantities it is. */
  lead: string
  nthInText: number
  /** The words before it on its line that belong to no name and to no quantity. */
  rowLabel: string
  /** The last line of words alone above it that no other page repeats. */
  title: string
}

type Wording = Pick<Clues, 'clause' | 'nth' | 'prefix'>

const clauseEnd = new RegExp(
  `[;,|·•\\n]\\s|[.:]\\s(?=\\p{L})|\\s[–—-]\\s|(?<!\\p{L})(?:${conjunctions})(?!\\p{L})`,
  'giu',
)

/** What parts a sentence into statements; in "Sites: used 5, limit 7; …" commas and colons do not. */
const statementEnd = /[;|·•\n]\s|[.]\s(?=\p{L})|\s[–—-]\s/gu

type Surroundings = Pick<Understood, 'lines' | 'contents' | 'ownerships'>

/** Where names stand in a text. */
type Stretches = Flow['mentions']

/** The clues of all quantities of a document. */
export function cluesOf({ lines, contents, ownerships }: Surroundings): Map<Value, Clues> {
  const titles = titlesOf(lines, contents)
  const unknownNames = namesOfUnknown(ownerships, contents)
  const flows = new Map<Flow, Map<Value, Wording>>()
  const clues = new Map<Value, Clues>()
  for (const line of lines)
    for (const segment of line.segments) {
      const content = contents.get(segment)!
      const { flow } = content
      for (const value of content.values) {
        const names = [...flow.mentions, ...(unknownNames.get(flow) ?? [])]
        const wordings = flows.get(flow) ?? wordingsOf(flow, names)
        flows.set(flow, wordings)
        clues.set(value, {
          ...cellSides(value, content),
          ...aroundIn(flow, names, value),
          ...(wordings.get(value) ?? { clause: '', nth: 0, prefix: '' }),
          rowLabel: rowLabelOf(segment, contents),
          title: titles.get(line) ?? '',
        })
      }
    }
  return clues
}

/** Names of others are no part of a clause either: then their figures stand in the same words as everybody's. */
function namesOfUnknown(
  ownerships: Surroundings['ownerships'],
  contents: Surroundings['contents'],
): Map<Flow, Stretches> {
  const found = new Map<Flow, Stretches>()
  for (const { segments, text } of ownerships.flatMap(({ unknownRecords }) => unknownRecords)) {
    const { flow } = contents.get(segments[0]!)!
    const start = flow.text.indexOf(text)
    if (start >= 0) found.set(flow, [...(found.get(flow) ?? []), [start, start + text.length]])
  }
  return found
}

function cellSides(value: Value, content: Content): Pick<Clues, 'x0' | 'x1'> {
  const { x0, x1 } = cellOf(value, content)
  return { x0, x1 }
}

function aroundIn({ text, values }: Flow, names: Stretches, value: Value) {
  const at = values.indexOf(value)
  const named = Math.max(0, ...names.map(([, end]) => end).filter((end) => end <= value.from))
  const before = text.slice(Math.max(values[at - 1]?.to ?? 0, named), value.from)
  const first = values.find(({ from }) => from >= named)
  return {
    before: wordsOf(before),
    after: wordsOf(text.slice(value.to, values[at + 1]?.from)).slice(0, 30),
    lead: wordsOf(text.slice(named, first?.from)),
    nthInText: at,
  }
}

/** Each quantity with the words of its clause and of its statement; names are no part of them. */
function wordingsOf(flow: Flow, names: Stretches): Map<Value, Wording> {
  const found = new Map<Value, Wording>()
  for (const { own, pieces, tail } of partsOf(flow, names, clauseEnd)) {
    const clause = wordsOf(`${pieces.map((piece) => `${piece}#`).join('')}${tail}`).replace(/^[\s:–—-]+/u, '')
    for (const [nth, value] of own.entries()) found.set(value, { clause, nth, prefix: '' })
  }
  for (const { own, pieces } of partsOf(flow, names, statementEnd)) {
    let prefix = ''
    for (const [nth, value] of own.entries()) {
      prefix += pieces[nth]!
      found.set(value, { ...found.get(value)!, prefix: wordsOf(prefix) })
      prefix += '#'
    }
  }
  return found
}

/** The parts of a text that marks leave, from where to where; what stands in a taken stretch is no mark. */
function partsBetween(text: string, marks: RegExp, taken: Stretches): [from: number, to: number][] {
  const found = [...text.matchAll(marks)]
    .map(({ index, 0: mark }) => [index, index + mark.length] as const)
    .filter(([from, to]) => !taken.some(([start, end]) => from < end && start < to))
  const starts = [0, ...found.map(([, to]) => to)]
  return starts.map((start, at) => [start, found[at]?.[0] ?? text.length])
}

/** The parts of a text that the marks leave: their quantities, the text before each, and the text behind the last. */
function partsOf({ text, values }: Flow, names: Stretches, marks: RegExp) {
  const taken = [...names, ...values.map(({ from, to }): [number, number] => [from, to])]
  return partsBetween(text, marks, taken).map(([start, end]) => {
    const own = values.filter(({ from, to }) => from >= start && to <= end)
    let at = Math.max(start, ...names.map(([, to]) => to).filter((to) => to <= (own[0]?.from ?? 0)))
    const pieces = own.map(({ from, to }) => {
      const piece = text.slice(at, from)
      at = to
      return piece
    })
    return { own, pieces, tail: text.slice(at, end) }
  })
}

function rowLabelOf(segment: Segment, contents: Map<Segment, Content>): string {
  for (const before of cellsBefore(segment)) {
    const { text, values, mentions } = contents.get(before)!
    if (mentions.length > 0) return ''
    if (values.length === 0 && /\p{L}/u.test(text)) return wordsOf(text)
  }
  return ''
}

function titlesOf(lines: Line[], contents: Map<Segment, Content>): Map<Line, string> {
  const isBare = (line: Line) => {
    const [only, second] = line.segments
    const { values, mentions, text } = contents.get(only!)!
    return !second && values.length + mentions.length === 0 && /\p{L}/u.test(text)
  }
  const textIn = (line: Line) => wordsOf(contents.get(line.segments[0]!)!.text)
  const bare = lines.filter(isBare)
  const pages = Map.groupBy(bare, textIn)
  const isFurniture = (text: string) => new Set(pages.get(text)!.map(({ layer }) => layer.page)).size > 1
  const titles = new Map<Line, string>()
  let title = ''
  const own = new Set(bare)
  for (const line of lines) {
    if (own.has(line) && !isFurniture(textIn(line))) title = textIn(line)
    titles.set(line, title)
  }
  return titles
}
