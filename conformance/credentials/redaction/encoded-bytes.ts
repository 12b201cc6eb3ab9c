import { type InflationBudget, inflatedIn } from './compressed.ts'
import type { Decoding } from './decoding.ts'
import { shortestRun } from './shortest-run.ts'

/** Runs of ASCII, with the NUL of UTF-16 and UTF-32. */
const readable = new RegExp(`[\\0\\t\\n\\r\\x1b -~]{${shortestRun},}`, 'g')

/** The readable parts of bytes (ISO 8859-1) that a text encodes, and what is compressed in them. */
export function* textsIn(
  bytes: string,
  sourceOf: Decoding['sourceOf'],
  budget: InflationBudget,
): Generator<Decoding> {
  for (const { 0: text, index } of bytes.matchAll(readable))
    yield { text, sourceOf: (from, to) => sourceOf(index + from, index + to) }
  for (const { text, sourceOf: within } of inflatedIn(bytes, budget))
    yield { text, sourceOf: (from, to) => sourceOf(...within(from, to)) }
}
