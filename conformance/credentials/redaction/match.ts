import type { Alphanumerics } from './alphanumerics.ts'

/** One spelling of a secret. */
export interface Entry {
  name: string
  folded: Alphanumerics
  /** So many characters at its start are no secret: the header of a JWT (RFC 7515 §4). */
  publicSize: number
  isPlain: boolean
  /** So many of its successive characters are replaced. */
  shortest: number
}

/** Where a gram stands in an entry. */
export interface Occurrence {
  entry: Entry
  at: number
  /** The occurrence before it whose gram has the same hash. */
  earlier: Occurrence | undefined
}

/** A run that was found. */
export interface Run {
  /** Where it stands in the text, in characters; `end` is exclusive. */
  start: number
  end: number
  name: string
  /** Whether it is the whole secret, in plain order. */
  isWhole: boolean
}

/** Codes `from` to `to` (exclusive) of a text that are the codes of an entry from `within` on. */
interface Match {
  text: Alphanumerics
  entry: Entry
  from: number
  to: number
  within: number
}

/**
 * The longest run through the gram of `size` codes at `at` that the text shares with the entries of an occurrence and of
 * those before it; a whole secret before a part of the same length. It does not begin before `first`.
 */
export function longestRun(
  text: Alphanumerics,
  at: number,
  size: number,
  latest: Occurrence,
  first: number,
): Match | undefined {
  let best: Match | undefined
  for (let next: Occurrence | undefined = latest; next; next = next.earlier) {
    const { entry, at: within } = next
    const after = sharedAfter(text, at, entry.folded, within)
    // Another gram of the same hash.
    if (after < size) continue
    const before = sharedBefore(text, at, first, entry.folded, within)
    const length = before + after
    if (best && length < best.to - best.from) continue
    const match = { text, entry, from: at - before, to: at + after, within: within - before }
    if (best && length === best.to - best.from && isWhole(best)) continue
    if (secretSize(match) >= entry.shortest) best = match
  }
  return best
}

function sharedBefore(
  text: Alphanumerics,
  at: number,
  first: number,
  secret: Alphanumerics,
  within: number,
): number {
  const most = Math.min(at - first, within)
  let count = 0
  while (count < most && text.codes[at - count - 1] === secret.codes[within - count - 1]) count++
  return count
}

function sharedAfter(text: Alphanumerics, at: number, secret: Alphanumerics, within: number): number {
  const most = Math.min(text.length - at, secret.length - within)
  let count = 0
  while (count < most && text.codes[at + count] === secret.codes[within + count]) count++
  return count
}

const isWhole = ({ entry, from, to }: Match) => entry.isPlain && to - from === entry.folded.length

/** How many secret characters are repeated, those that are neither letter nor digit included. */
function secretSize({ text, entry: { folded, publicSize }, from, to, within }: Match): number {
  const last = within + to - from - 1
  const first = Math.max(folded.starts[within]!, publicSize)
  const between = Math.min(folded.starts[last]! - first, text.starts[to - 1]! - text.starts[from]!) + 1
  return between + symbolsBefore(text, from, folded, within) + symbolsAfter(text, to - 1, folded, last)
}

/** How many characters before a code of the text are those before a code of the secret. */
function symbolsBefore(text: Alphanumerics, at: number, secret: Alphanumerics, within: number): number {
  const most = secret.starts[within]! - (within === 0 ? 0 : secret.starts[within - 1]! + 1)
  let count = 0
  while (
    count < most &&
    text.text[text.starts[at]! - count - 1] === secret.text[secret.starts[within]! - count - 1]
  )
    count++
  return count
}

/** The same after a code. */
function symbolsAfter(text: Alphanumerics, at: number, secret: Alphanumerics, within: number): number {
  const start = secret.starts[within]!
  const most = (within + 1 < secret.length ? secret.starts[within + 1]! : secret.text.length) - start - 1
  let count = 0
  while (count < most && text.text[text.starts[at]! + count + 1] === secret.text[start + count + 1]) count++
  return count
}

export function runOf(match: Match): Run {
  const { text, entry, from, to, within } = match
  const last = within + to - from - 1
  return {
    start: text.starts[from]! - symbolsBefore(text, from, entry.folded, within),
    end: text.starts[to - 1]! + 1 + symbolsAfter(text, to - 1, entry.folded, last),
    name: entry.name,
    isWhole: isWhole(match),
  }
}
