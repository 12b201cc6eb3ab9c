import type { Organization } from '../../../../fixtures/organization.ts'
import type { Segment } from '../../pages/page.ts'
import { fold, keyOf, spelling } from './normalize.ts'
import { type SegmentKey, type Stretch, segmentKey, stretchOf, textIn } from './segment-key.ts'

/** A place where a name or an identifier stands, perhaps wrapped over several lines. */
export interface Mention {
  kind: 'name' | 'id'
  /** Who may be meant: all organizations of that name. Indices into the list given. */
  candidates: number[]
  stretches: [Stretch, ...Stretch[]]
  length: number
}

interface Node {
  next: Map<string, Node>
  kind: 'name' | 'id'
  candidates: number[]
}

const node = (): Node => ({ next: new Map(), kind: 'name', candidates: [] })

/** Segments whose letters are kept while names are looked for: more than a page has. */
const mostKeys = 2000

/** Finds names and identifiers in text whatever its case, spacing, hyphenation and line breaks. */
export class Names {
  readonly #root = node()
  readonly #symbols = new Map<string, number[]>()
  readonly #names: string[]

  constructor(organizations: readonly Pick<Organization, 'id' | 'name'>[]) {
    this.#names = organizations.map(({ name }) => name)
    for (const [index, { id, name }] of organizations.entries()) {
      if (/[\p{L}\p{N}]/u.test(fold(name))) this.#add(keyOf(name), index, 'name')
      else this.#symbols.set(keyOf(name), [...(this.#symbols.get(keyOf(name)) ?? []), index])
      if (keyOf(id).length >= 6) this.#add(keyOf(id), index, 'id')
    }
  }

  #add(key: string, index: number, kind: 'name' | 'id'): void {
    let at = this.#root
    for (const char of key) {
      let next = at.next.get(char)
      if (!next) {
        next = node()
        at.next.set(char, next)
      }
      at = next
    }
    if (!at.candidates.includes(index)) at.candidates.push(index)
    at.kind = kind
  }

  /** Digits are a name only with the marks of the name: `11` is a figure, and not `=1+1`. */
  #withOwnMarks(candidates: number[], stretches: Stretch[]): number[] {
    if (candidates.every((at) => /\p{L}/u.test(this.#names[at]!))) return candidates
    const text = marked(stretches.map(textIn).join(''))
    return candidates.filter((at) => /\p{L}/u.test(this.#names[at]!) || marked(this.#names[at]!) === text)
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

  /** The longest mentions that do not overlap, in reading order. `below` lists where a segment's text may go on. */
  find(segments: Iterable<Segment>, below: (segment: Segment) => Segment[]): Mention[] {
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
    const walk = (segment: Segment, at: number, start: number, from: Node, before: Stretch[]): void => {
      const key = keyed(segment)
      let current = from
      for (let i = at; i < key.chars.length; i += 1) {
        const next = current.next.get(key.chars[i]!)
        if (!next) return
        current = next
        if (current.candidates.length > 0 && key.ends[i]) {
          const stretches: Mention['stretches'] = [stretchOf(segment, key, start, i)]
          stretches.unshift(...before)
          if (current.kind === 'name') this.#withMarks(stretches, current.candidates[0]!)
          const length = stretches.reduce((sum, part) => sum + part.end - part.start, 0)
          const { kind } = current
          const candidates =
            kind === 'name' ? this.#withOwnMarks(current.candidates, stretches) : current.candidates
          if (candidates.length > 0)
            found.push({ kind, candidates: this.#spelled(candidates, stretches), stretches, length })
        }
      }
      if (current.next.size === 0 || before.length > 6) return
      // A picture or symbol inside a name is passed over.
      const isSymbol = key.chars.length === 0
      if (isSymbol && (before.length === 0 || segment.words.length > 1)) return
      const so = isSymbol ? before : [...before, stretchOf(segment, key, start, key.chars.length - 1)]
      for (const continuation of below(segment)) walk(continuation, 0, 0, current, so)
    }
    for (const segment of segments) {
      const key = keyed(segment)
      for (let i = 0; i < key.chars.length; i += 1) {
        if (key.begins[i] && this.#root.next.has(key.chars[i]!)) walk(segment, i, i, this.#root, [])
      }
      if (this.#symbols.size > 0) {
        const whole = segment.text
        const candidates = this.#symbols.get(keyOf(whole))
        if (candidates) {
          const all = { segment, from: 0, to: segment.words.length - 1, start: 0, end: whole.length }
          found.push({ kind: 'name', candidates, stretches: [all], length: whole.length })
        }
      }
    }
    return withoutOverlaps(withoutRows(found))
  }
}

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
