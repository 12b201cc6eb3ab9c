import type { InflationBudget } from './compressed.ts'
import type { Decoding } from './decoding.ts'
import { textsIn } from './encoded-bytes.ts'

const end = '~>'

/** What precedes the digits: the keyword of a PDF stream, or the mark of Adobe's tools. */
const start = /(?:stream\r?\n|<~)\s*/g

/**
 * What the streams of base-85 digits in a text encode (ISO 32000-2, 7.4.3): ReportLab writes the pages of a document so.
 * Of several starts before an end only the last one counts, so that each character is decoded once.
 */
export function* ascii85In(text: string, budget: InflationBudget): Generator<Decoding> {
  let last: number | undefined
  let stop = text.indexOf(end)
  for (const { 0: mark, index } of text.matchAll(start)) {
    if (stop < 0) return
    if (index > stop) {
      if (last !== undefined) yield* decoded(text, last, stop, budget)
      stop = text.indexOf(end, index)
    }
    last = index + mark.length
  }
  if (last !== undefined && stop >= last) yield* decoded(text, last, stop, budget)
}

function* decoded(text: string, from: number, to: number, budget: InflationBudget): Generator<Decoding> {
  if (to <= from) return
  const bytes = Buffer.alloc(4 * (to - from) + 4)
  /** Of each group of four bytes. */
  const starts: number[] = []
  let size = 0
  let value = 0
  let count = 0
  for (let at = from; at < to; at++) {
    const code = text.charCodeAt(at)
    if (code <= 0x20) continue
    if (count === 0) starts.push(at)
    // A group of zeros has a digit of its own.
    const isZeros = code === 0x7a && count === 0
    if (!isZeros && (code < 0x21 || code > 0x75)) break
    value = isZeros ? 0 : value * 85 + code - 0x21
    count = isZeros ? 5 : count + 1
    if (count < 5) continue
    size = bytes.writeUInt32BE(value % 2 ** 32, size)
    value = 0
    count = 0
  }
  if (count > 1) {
    for (let missing = count; missing < 5; missing++) value = value * 85 + 84
    bytes.writeUInt32BE(value % 2 ** 32, size)
    size += count - 1
  }
  const sourceOf: Decoding['sourceOf'] = (first, next) => [
    starts[Math.floor(first / 4)]!,
    starts[Math.ceil(next / 4)] ?? to,
  ]
  yield* textsIn(bytes.toString('latin1', 0, size), sourceOf, budget)
}
