import type { Organization } from '../../../../fixtures/organization.ts'
import type { Segment } from '../../pages/page.ts'
import { type KeyRange, type NameKey, NameKeys } from './name-keys.ts'
import { fold, keyOf, spelling } from './normalize.ts'
import {
  partAfter,
  type SegmentKey,
  type Stretch,
  segmentKey,
  stretchOf,
  textIn,
  xAt,
} from './segment-key.ts'

/** A place where a name or an identifier stands, perhaps wrapped over several lines. */
export interface Mention {
  kind: 'name' | 'id'
  /** Who may be meant: all organizations of that name. Indices into the list given. */
  candidates: number[]
  stretches: [Stretch, ...Stretch[]]
  length: number
  /** Whether the page shows but the beginning of the name, and an ellipsis. */
  isCut: boolean
}

/** Segments whose letters are kept while names are looked for: more than a page has. */
const mostKeys = 2000

/** Finds names and identifiers in text whatever its case, spacing, hyphenation and line breaks. */
export class Names {
  readonly #keys: NameKeys
  readonly #symbols: Map<string, number[]>
  readonly #names: string[]
  /** Where all identifiers are as long as each other, none is the beginning of another. */
  readonly #areIdsAlike: boolean

  constructor(organizations: readonly Pick<Organization, 'id' | 'name'>[]) {
    this.#names = organizations.map(({ name }) => name)
    this.#areIdsAlike = new Set(organizations.map(({ id }) => id.length)).size === 1
    const all = organizations.flatMap(({ id, name }, at): NameKey[] => [
      { key: keyOf(name), kind: 'name', candidates: [at] },
      ...(keyOf(id).length >= 6 ? [{ key: keyOf(id), kind: 'id' as const, candidates: [at] }] : []),
    ])
    const isSymbol = ({ key, kind }: NameKey) => kind === 'name' && !/[\p{L}\p{N}]/u.test(key)
    this.#keys = new NameKeys(all.filter((each) => !isSymbol(each)))
    const symbols = Map.groupBy(all.filter(isSymbol), ({ key }) => key)
    this.#symbols = new Map(
      [...symbols].map(([key, own]) => [key, own.flatMap(({ candidates }) => candidates)]),
    )
  }

  /** Digits are a name only with the marks of the name: `11` is a figure, and not `=1+1`. */
  #withOwnMarks(candidates: number[], stretches: Stretch[]): number[] {
    if (candidates.every((at) => /\p{L}/u.test(this.#names[at]!))) return candidates
    const text = marked(stretches.map(textIn).join(''))
    return candidates.filter((at) => /\p{L}/u.test(this.#names[at]!) || marked(this.#names[at]!) === text)
  }

  /** A figure behind a name is none of its digits: `Store 4: 0 users` does not name Store 40. */
  #withOwnNumbers(candidates: number[], stretches: Stretch[]): number[] {
    const text = stretches.map(textIn).join(' ')
    if (!partedDigits.test(text)) return candidates
    return candidates.filter((at) => numbersIn(this.#names[at]!) === numbersIn(text))
  }

  /** Where names differ in accents, case or punctuation only, those that are written as here. */
  #spelled(candidates: number[], stretches: Stretch[]): number[] {
    if (candidates.length < 2) return candidates
    const text = spelling(stretches.map(textIn).join(' '))
    const exact = candidates.filter((at) => spelling(this.#names[at]!) === text)
    return exact.length > 0 ? exact : candidates
  }

  /** Punctuation that a name begins or ends with belongs to it. */
  #withMarks(stretches: Mention['stretches'], candidate: number): void {
    const name = fold(this.#names[candidate]!)
    const tail = squeeze(name.replace(/^.*[\p{L}\p{N}]/su, ''))
    const head = squeeze(/^[^\p{L}\p{N}]*/u.exec(name)?.[0] ?? '')
    const last = stretches.at(-1)!
    const first = stretches[0]
    const after = last.segment.text.slice(last.end)
    const before = first.segment.text.slice(0, first.start)
    for (let length = 1; tail && length <= Math.min(after.length, 2 * tail.length + 2); length += 1)
      if (squeeze(after.slice(0, length)) === tail) {
        last.end += length
        break
      }
    for (let length = 1; head && length <= Math.min(before.length, 2 * head.length + 2); length += 1)
      if (squeeze(before.slice(before.length - length)) === head) {
        first.start -= length
        break
      }
  }

  /** The longest mentions that do not overlap, in reading order. `below` lists where a text may go on that begins at `x`. */
  find(segments: Iterable<Segment>, below: (segment: Segment, x: number) => Segment[]): Mention[] {
    const found: Mention[] = []
    const keys = new Map<Segment, SegmentKey>()
    const keyed = (segment: Segment): SegmentKey => {
      let key = keys.get(segment)
      if (!key) {
        key = segmentKey(segment.words)
        // Names go on in segments nearby: what was read long ago is not asked for again.
        if (keys.size === mostKeys) keys.clear()
        keys.set(segment, key)
      }
      return key
    }
    const walk = (segment: Segment, start: number, from: KeyRange, before: Stretch[]): void => {
      const key = keyed(segment)
      let range: KeyRange | undefined = from
      for (let at = start; at < key.chars.length; at += 1) {
        range = this.#keys.narrowed(range, key.chars[at]!)
        if (!range) return
        const whole = this.#keys.wholeOf(range)
        if (whole?.kind === 'id' && this.#areIdsAlike) partAfter(key, at)
        if (!key.ends[at]) continue
        const sign = range.length < fewestLetters ? 0 : ellipsisAt(segment, key.offset[at]! + 1)
        const only = sign > 0 && !whole ? this.#keys.onlyOf(range) : undefined
        if (only) {
          const stretches: Mention['stretches'] = [stretchOf(segment, key, start, at)]
          stretches.unshift(...before)
          stretches.at(-1)!.end += sign
          const { kind, candidates } = only
          found.push({ kind, candidates, stretches, length: lengthOf(stretches), isCut: true })
        }
        if (!whole) continue
        const stretches: Mention['stretches'] = [stretchOf(segment, key, start, at)]
        stretches.unshift(...before)
        if (whole.kind === 'name') this.#withMarks(stretches, whole.candidates[0]!)
        const length = lengthOf(stretches)
        const { kind } = whole
        const candidates =
          kind === 'name'
            ? this.#withOwnNumbers(this.#withOwnMarks(whole.candidates, stretches), stretches)
            : whole.candidates
        if (candidates.length > 0)
          found.push({
            kind,
            candidates: this.#spelled(candidates, stretches),
            stretches,
            length,
            isCut: false,
          })
      }
      if (!this.#keys.goOn(range) || before.length > 6) return
      // A picture or symbol inside a name is passed over.
      const isSymbol = key.chars.length === 0
      if (isSymbol && (before.length === 0 || segment.words.length > 1)) return
      const so = isSymbol ? before : [...before, stretchOf(segment, key, start, key.chars.length - 1)]
      const x = xAt(segment, key.offset[start] ?? 0, false)
      for (const continuation of below(segment, x)) walk(continuation, 0, range, so)
    }
    for (const segment of segments) {
      const key = keyed(segment)
      for (let at = 0; at < key.chars.length; at += 1)
        if (key.begins[at] && this.#keys.first(key.chars[at]!)) walk(segment, at, this.#keys.all, [])
      if (this.#symbols.size > 0) {
        const { text } = segment
        const candidates = this.#symbols.get(keyOf(text))
        if (candidates) {
          const all = { segment, from: 0, to: segment.words.length - 1, start: 0, end: text.length }
          found.push({ kind: 'name', candidates, stretches: [all], length: text.length, isCut: false })
        }
      }
    }
    return withoutOverlaps(withoutRows(found))
  }
}

/** The beginning of a name that may be that of another one as well. */
const fewestLetters = 3

/** How long the ellipsis is that stands there, with the blank before it. */
const ellipsisAt = ({ text }: Segment, at: number) =>
  /^ ?(?:…|\.{3})/u.exec(text.slice(at, at + 4))?.[0].length ?? 0

const lengthOf = (stretches: Stretch[]) => stretches.reduce((sum, part) => sum + part.end - part.start, 0)

const partedDigits = /[|;:,=]\s?\d|\d\s?[^\s\d\p{L}]\s?\d/u

/** The numbers of a text with the marks before them, whatever blanks stand between their digits. */
const numbersIn = (text: string) => (squeeze(text).match(/[|;:,=]?\d+/g) ?? []).join(' ')

/** Without spaces; all dashes alike. */
const marked = (text: string) => squeeze(text).replace(/[\p{Pd}\u2212]/gu, '-')

const squeeze = (text: string) => fold(text).replace(/\s/g, '')

/** `Legal` and `Back-Office` in rows of their own, each with its figures, are not `Legal Back-Office` over two lines. */
function withoutRows(found: Mention[]): Mention[] {
  const whole = new Set<Segment>()
  const begins = new Map<Segment, Set<number>>()
  for (const { stretches } of found) {
    const [{ segment, start, end }] = stretches
    begins.set(segment, (begins.get(segment) ?? new Set()).add(start))
    if (stretches.length === 1 && start === 0 && end === segment.text.length) whole.add(segment)
  }
  const isRow = ({ segment }: Stretch) =>
    whole.has(segment) &&
    segment.line.segments.some((other) => other.index > segment.index && /^\d/.test(other.words[0]!.text))
  // In `91 Depot` above `92 Maple Labs` a number counts the rows.
  const isCount = ({ segment, start, end }: Stretch) => {
    const text = segment.text
    return start === 0 && /^\d+$/.test(text.slice(0, end)) && begins.get(segment)?.has(end + 1)
  }
  return found.filter(({ stretches }) => {
    const lines = new Set(stretches.map(({ segment }) => segment.line))
    return lines.size === 1 || !(stretches.every(isRow) || isCount(stretches.at(-1)!))
  })
}

function withoutOverlaps(found: Mention[]): Mention[] {
  const busy = new Map<Segment, [number, number][]>()
  const order = new Map(found.map((mention, index) => [mention, index]))
  const kept: Mention[] = []
  for (const mention of [...found].sort((a, b) => b.length - a.length)) {
    const clash = mention.stretches.some((part) =>
      (busy.get(part.segment) ?? []).some(([start, end]) => part.start < end && start < part.end),
    )
    if (clash) continue
    for (const part of mention.stretches) {
      const list = busy.get(part.segment)
      if (list) list.push([part.start, part.end])
      else busy.set(part.segment, [[part.start, part.end]])
    }
    kept.push(mention)
  }
  return kept.sort((a, b) => order.get(a)! - order.get(b)!)
}
