import type { InflationBudget } from './compressed.ts'
import type { Decoding } from './decoding.ts'
import { textsIn } from './encoded-bytes.ts'
import { shortestRun } from './shortest-run.ts'

/** Digits that each stand for some bits of a text. */
interface Alphabet {
  /** Of one digit. */
  bits: number
  /** After so many digits one begins at the same bit of a byte again. */
  period: number
  /** By character code: the value of a digit, or how a character separates digits. */
  values: Int8Array
}

const breaks = -1
const separates = -2

function alphabet(bits: number, period: number, separators: string, ...digits: string[]): Alphabet {
  const values = new Int8Array(0x10000).fill(breaks)
  for (const separator of separators) values[separator.charCodeAt(0)] = separates
  for (const variant of digits)
    for (const [value, digit] of [...variant].entries()) values[digit.charCodeAt(0)] = value
  return { bits, period, values }
}

const upper = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'
const lower = upper.toLowerCase()

/** RFC 4648 §4 and 5 (base64), §6 (base32), §8 (base16), and bits. Over lines; bytes and bits also with separators. */
export const alphabets: Alphabet[] = [
  alphabet(6, 4, '\r\n', `${upper}${lower}0123456789+/`, `${upper}${lower}0123456789-_`),
  alphabet(5, 8, '\r\n', `${upper}234567`, `${lower}234567`),
  alphabet(4, 2, ' :,-\t\r\n', '0123456789ABCDEF', '0123456789abcdef'),
  alphabet(1, 8, ' :,-\t\r\n', '01'),
]

/** Consecutive digits: their values, and where each is written. */
interface Digits {
  values: Uint8Array
  starts: Uint32Array
}

/** Texts that the digits of a text encode, whichever digit a byte begins at. */
export function* decodedDigits(
  text: string,
  { bits, period, values }: Alphabet,
  budget: InflationBudget,
): Generator<Decoding> {
  const fewest = (8 * shortestRun) / bits
  if (text.length < fewest) return
  for (const digits of digitsIn(text, values, fewest))
    for (let skipped = 0; skipped < period; skipped++) yield* textsOf(digits, skipped, bits, budget)
}

function* digitsIn(text: string, values: Int8Array, fewest: number): Generator<Digits> {
  let start = 0
  let count = 0
  for (let at = 0; at <= text.length; at++) {
    const value = at < text.length ? values[text.charCodeAt(at)]! : breaks
    if (value >= 0) count += 1
    else if (value === breaks) {
      if (count >= fewest) yield collect(text, values, start, count)
      start = at + 1
      count = 0
    }
  }
}

function collect(text: string, values: Int8Array, start: number, count: number): Digits {
  const digits = { values: new Uint8Array(count), starts: new Uint32Array(count) }
  for (let at = start, index = 0; index < count; at++) {
    const value = values[text.charCodeAt(at)]!
    if (value < 0) continue
    digits.values[index] = value
    digits.starts[index] = at
    index += 1
  }
  return digits
}

/** The readable parts of what the digits encode from one of them on, and what is compressed in it. */
function* textsOf(
  { values, starts }: Digits,
  skipped: number,
  bits: number,
  budget: InflationBudget,
): Generator<Decoding> {
  const bytes = bytesOf(values, skipped, bits).toString('latin1')
  const sourceOf = (from: number, to: number): [number, number] => [
    starts[skipped + Math.floor((from * 8) / bits)]!,
    starts[skipped + Math.ceil((to * 8) / bits) - 1]! + 1,
  ]
  yield* textsIn(bytes, sourceOf, budget)
}

function bytesOf(values: Uint8Array, skipped: number, bits: number): Buffer {
  const bytes = Buffer.allocUnsafe(Math.floor(((values.length - skipped) * bits) / 8))
  let next = skipped
  let pending = 0
  let size = 0
  for (let at = 0; at < bytes.length; at++) {
    for (; size < 8; size += bits) pending = ((pending << bits) | values[next++]!) & 0xffff
    size -= 8
    bytes[at] = (pending >> size) & 0xff
  }
  return bytes
}
