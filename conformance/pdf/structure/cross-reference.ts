import type { Budget } from './budget.ts'
import { decode } from './filters.ts'
import { isBlank, skipBlank } from './lexer.ts'
import { parseIndirect, parseValue } from './parser.ts'
import { counted, type Problem } from './problem.ts'
import { type Dictionary, isCount, Stream } from './values.ts'

/** Where an object is: at an offset of the file, or in an object stream. */
export type Entry =
  | { kind: 'free' }
  | { kind: 'offset'; offset: number; generation: number }
  | { kind: 'compressed'; container: number; index: number }

/** One cross-reference section (ISO 32000-2 §7.5.4, §7.5.8), with the trailer that belongs to it. */
export interface Section {
  offset: number
  kind: 'table' | 'stream'
  entries: Map<number, Entry>
  trailer: Dictionary
  /** Offset after the section; for a table, after its trailer. */
  end: number
  /** What is against the format, in words. */
  faults: string[]
  /** The stream that a table's /XRefStm points at, for readers of PDF 1.5 and later. */
  hybrid?: Section
}

const keyword = /xref(?=[\0\t\n\f\r ])/y
const subsection = /[\0\t\n\f\r ]*(\d{1,10})[ \t]+(\d{1,10})[\0\t\n\f\r ]*/y
const strictEntry = /\d{10} \d{5} [nf](?: \r| \n|\r\n)/y
const looseEntry = /[\0\t\n\f\r ]*(\d{1,20})[\t ]+(\d{1,10})[\t ]+([nf])(?![a-z])/y

/** The section that starts exactly at an offset, else undefined. */
export function readSection(
  text: string,
  bytes: Buffer,
  offset: number,
  budget: Budget,
): Section | undefined {
  if (!isCount(offset) || offset >= text.length) return undefined
  if (isBlank(text, offset)) return undefined
  keyword.lastIndex = offset
  return keyword.test(text) ? readTable(text, bytes, offset, budget) : readStream(text, bytes, offset, budget)
}

function readTable(text: string, bytes: Buffer, offset: number, budget: Budget): Section | undefined {
  const entries = new Map<number, Entry>()
  let malformed = 0
  const faults: string[] = []
  let at = offset + 'xref'.length
  for (;;) {
    subsection.lastIndex = at
    const head = subsection.exec(text)
    if (!head) break
    at = subsection.lastIndex
    const first = Number(head[1])
    for (let i = 0; i < Number(head[2]); i++) {
      strictEntry.lastIndex = at
      const isStrict = strictEntry.test(text)
      looseEntry.lastIndex = at
      const found = looseEntry.exec(text)
      if (!found) {
        faults.push(`a subsection claims ${head[2]} entries and has ${i}`)
        break
      }
      if (!budget.listObject()) {
        at = Math.max(at, text.indexOf('trailer', at))
        break
      }
      if (!isStrict) malformed++
      entries.set(first + i, tableEntry(Number(found[1]), Number(found[2]), found[3] === 'n'))
      at = isStrict ? strictEntry.lastIndex : looseEntry.lastIndex
    }
  }
  if (malformed > 0) {
    faults.push(`${counted(malformed, 'entry', 'entries')} of the cross-reference table not 20 bytes long`)
  }
  at = skipBlank(text, at)
  if (!budget.readSyntax(at - offset)) return undefined
  if (!text.startsWith('trailer', at)) return undefined
  const { value: trailer, end } = parseValue(text, at + 'trailer'.length, budget)
  if (!(trailer instanceof Map)) return undefined
  const section: Section = { offset, kind: 'table', entries, trailer, end, faults }
  const hybridOffset = trailer.get('XRefStm')
  const hybrid = isCount(hybridOffset) ? readStream(text, bytes, hybridOffset, budget) : undefined
  return hybrid ? { ...section, hybrid } : section
}

function tableEntry(offset: number, generation: number, isUsed: boolean): Entry {
  // Offset 0 is the header: several writers mark unused objects so instead of freeing them.
  return isUsed && offset > 0 ? { kind: 'offset', offset, generation } : { kind: 'free' }
}

function readStream(text: string, bytes: Buffer, offset: number, budget: Budget): Section | undefined {
  const object = parseIndirect(text, offset, budget)
  if (!(object?.value instanceof Stream)) return undefined
  const { dictionary: trailer, start } = object.value
  const length = trailer.get('Length')
  const widths = trailer.get('W')
  if (!isCount(length) || !Array.isArray(widths) || !widths.slice(0, 3).every(isWidth)) return undefined
  const { data } = decode(bytes.subarray(start, start + length), trailer, (value) => value, budget)
  if (!data) return undefined
  const entries = streamEntries(data, widths.slice(0, 3) as number[], trailer, budget)
  return { offset, kind: 'stream', entries, trailer, end: start + length, faults: [] }
}

function isWidth(value: unknown): boolean {
  return typeof value === 'number' && value >= 0 && value <= 8
}

function streamEntries(
  data: Buffer,
  widths: number[],
  trailer: Dictionary,
  budget: Budget,
): Map<number, Entry> {
  const entries = new Map<number, Entry>()
  const [typeWidth = 0, second = 0, third = 0] = widths
  const size = typeWidth + second + third
  if (size === 0) return entries
  const index = trailer.get('Index')
  const ranges = Array.isArray(index) ? index : [0, trailer.get('Size') ?? 0]
  let at = 0
  for (let r = 0; r + 1 < ranges.length; r += 2) {
    const [first, count] = [ranges[r], ranges[r + 1]]
    if (!isCount(first) || !isCount(count)) break
    for (let i = 0; i < count && at + size <= data.length && budget.listObject(); i++) {
      const type = typeWidth === 0 ? 1 : integer(data, at, typeWidth)
      const a = integer(data, at + typeWidth, second)
      const b = integer(data, at + typeWidth + second, third)
      entries.set(first + i, streamEntry(type, a, b))
      at += size
    }
  }
  return entries
}

function integer(data: Buffer, at: number, width: number): number {
  let value = 0
  for (let i = 0; i < width; i++) value = value * 256 + data[at + i]!
  return value
}

function streamEntry(type: number, a: number, b: number): Entry {
  if (type === 1) return { kind: 'offset', offset: a, generation: b }
  return type === 2 ? { kind: 'compressed', container: a, index: b } : { kind: 'free' }
}

/** Sections from the newest to the oldest, following /Prev; circles and dead ends become problems. */
export function readChain(
  text: string,
  bytes: Buffer,
  newest: Section,
  budget: Budget,
): { sections: Section[]; problems: Problem[] } {
  const sections = [newest]
  const visited = new Set([newest.offset])
  const problem = (message: string, offset: number): Problem => ({
    code: 'cross-reference',
    severity: 'defect',
    section: '7.5.6',
    message,
    offset,
  })
  for (let section: Section | undefined = newest; section; ) {
    const previous = section.trailer.get('Prev')
    if (previous === undefined || previous === null) break
    if (!isCount(previous)) return { sections, problems: [problem('/Prev is not an offset', section.offset)] }
    const next: Section | undefined = readSection(text, bytes, previous, budget)
    if (!next) {
      const message = `/Prev points at ${previous}, where no cross-reference section stands`
      return { sections, problems: [problem(message, section.offset)] }
    }
    if (visited.has(next.offset)) {
      return { sections, problems: [problem('the /Prev chain runs in a circle', next.offset)] }
    }
    visited.add(next.offset)
    sections.push(next)
    section = next
  }
  return { sections, problems: [] }
}

/** What holds for each object number: newer sections win; a hybrid stream fills what its table hides. */
export function effectiveEntries(sections: Section[]): Map<number, Entry> {
  const [only] = sections
  if (only && sections.length === 1 && !only.hybrid) return only.entries
  const effective = new Map<number, Entry>()
  const add = (entries: Map<number, Entry>, wanted: (entry: Entry) => boolean) => {
    for (const [number, entry] of entries) {
      if (wanted(entry) && !effective.has(number)) effective.set(number, entry)
    }
  }
  for (const { entries, hybrid } of sections) {
    if (hybrid) {
      add(entries, (entry) => entry.kind !== 'free')
      add(hybrid.entries, () => true)
    }
    add(entries, () => true)
  }
  return effective
}
