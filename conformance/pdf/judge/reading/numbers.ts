import { unparted } from '../vocabulary/phrases.ts'
import { disabled, nothing, unlimited } from '../vocabulary/vocabulary.ts'

/** A run of characters in a line that states a quantity, or the absence of one. */
export interface Reading {
  /** `word`: text in place of a figure, in a language that is not known. */
  kind: 'number' | 'percent' | 'unlimited' | 'zero' | 'dash' | 'word'
  /** Null where no number is named. */
  value: number | null
  /** Where blanks may have parted two numbers instead of thousands: the numbers one by one. */
  parts: { value: number; start: number; end: number }[]
  text: string
  start: number
  end: number
}

const blank = '[ \\u0000\\u00a0\\u2000-\\u200a\\u202f\\u2009]'
const blanks = new RegExp(blank, 'u')
/** Every part is set off in the same way: `104,822 130,000` are two numbers. */
const grouped = `\\d{1,3}(?<mark>${blank}|[.,'’٬·])\\d{3}(?:\\k<mark>\\d{3})*`
const indian = '\\d{1,2}(?:,\\d{2})+,\\d{3}'
/** Counters follow without a blank: `12名`, `12명`. Where text runs from the right, labels and figures are set flush. */
const letter = `(?:(?!${unparted}|\\p{sc=Hangul}|\\p{sc=Hebrew}|\\p{sc=Arabic})\\p{L})`
const numeral = new RegExp(
  `(?<!${letter}|[\\p{N}_#]|\\d[.,:]|[\\p{L}\\p{N}]-)([-−+]?)(${grouped}|${indian}|\\d+)([.,]\\d{1,2})?(?!${letter}|[\\p{N}_]|[.,:]\\d|-[\\p{L}\\p{N}])`,
  'gu',
)
/** What looks like numbers but is an instant, an identifier, a version or a place in a list. */
const noQuantity = [
  /\b\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2})?(?:\.\d+)?)?(?: ?(?:Z|UTC|GMT|[+-]\d{2}:?\d{2}))?/gu,
  /\b\d{1,2}(?<mark>[./])\d{1,2}\k<mark>(?:\d{4}|\d{2})\b/gu,
  /\b\d{1,2}:\d{2}(?::\d{2})?\b(?: ?[ap]m\b)?/giu,
  /\b\d{1,2}\.? (?:de )?\p{L}{3,10}\.?,? (?:de )?(?:19|20)\d{2}\b/gu,
  /\b\p{L}{3,10}\.? \d{1,2}, (?:19|20)\d{2}\b/gu,
  /(?<!\d)\d{4} ?[年년] ?\d{1,2} ?[月월](?: ?\d{1,2} ?[日일])?/gu,
  /\b[a-z]{2,5}_[A-Za-z0-9]{6,}\b/gu,
  // Escapes of URLs within words: `Smith%20%26%20Sons`, `Smith %26 Sons`, `Caf%C3%A9`.
  /(?<=[\p{L}+])(?:%(?:25){0,4}[0-9a-f]{2}){1,40}(?!\d)|(?:%(?:25){0,4}[0-9a-f]{2}){1,40}(?=[\p{L}+])|(?<=\p{L} )%[0-9a-f]{2}(?= \p{L})/giu,
  /\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/giu,
]

const dash = /(?<=^|[\s/(|:])(?:[-‐–—−―]{1,3}|n\/a|N\/A|n\.a\.|none|None|nil|null)(?=$|[\s/),;|])/gu

/** Everything in the text that states a quantity, left to right. `taken` are stretches that belong to names. */
export function readQuantities(
  source: string,
  taken: readonly (readonly [number, number])[] = [],
): Reading[] {
  if (taken.length > 0 && isTaken(source, taken)) return []
  const text = plainDigits(source)
  const busy: [number, number][] = taken.map(([start, end]) => [start, end])
  const found: Reading[] = []
  const free = (start: number, end: number) => !busy.some(([from, to]) => start < to && from < end)
  for (const pattern of noQuantity) {
    if (!/\d/.test(text)) break
    for (const match of text.matchAll(pattern)) busy.push([match.index, match.index + match[0].length])
  }
  const words = (pattern: RegExp, kind: Reading['kind'], value: number | null) => {
    for (const match of text.matchAll(pattern)) {
      const end = match.index + match[0].length
      if (!free(match.index, end)) continue
      busy.push([match.index, end])
      found.push({ kind, value, parts: [], text: match[0], start: match.index, end })
    }
  }
  if (taken.length === 0 && nothing.test(text)) {
    const word = text.trim()
    const start = text.indexOf(word)
    return [{ kind: 'dash', value: null, parts: [], text: word, start, end: start + word.length }]
  }
  words(unlimited, 'unlimited', null)
  words(disabled, 'zero', 0)
  if (/[-‐–—−―nN]/.test(text)) words(dash, 'dash', null)
  for (const match of text.matchAll(numeral)) {
    const start = match.index
    const end = start + match[0].length
    if (!free(start, end)) continue
    const digits = match[2]!.replace(/\D/g, '')
    const whole = Number(digits)
    const fraction = match[4] ? Number(`0.${match[4].slice(1)}`) : 0
    const sign = match[1] && match[1] !== '+' ? -1 : 1
    const percent = /^[ \u00a0\u202f\u2009]?[%٪]/u.test(text.slice(end))
    const value = sign * (whole + fraction)
    const parts: Reading['parts'] = []
    if (blanks.test(match[2]!)) {
      for (const part of match[2]!.matchAll(/\d+/g))
        parts.push({
          value: Number(part[0]),
          start: start + (match[1]?.length ?? 0) + part.index,
          end: start + (match[1]?.length ?? 0) + part.index + part[0].length,
        })
    }
    found.push({
      kind: percent || fraction > 0 ? 'percent' : 'number',
      value,
      parts,
      text: source.slice(start, end),
      start,
      end,
    })
  }
  return found.sort((a, b) => a.start - b.start)
}

/** Whether some stretches leave nothing of a text but blanks. */
function isTaken(text: string, taken: readonly (readonly [number, number])[]): boolean {
  let end = 0
  for (const [from, to] of taken.toSorted(([one], [other]) => one - other)) {
    if (text.slice(end, from).trim() !== '') return false
    end = Math.max(end, to)
  }
  return text.slice(end).trim() === ''
}

/** Digits of other scripts as 0 to 9; every character keeps its place. */
function plainDigits(text: string): string {
  return text.replace(/(?![0-9])\p{Nd}/gu, (digit) => {
    if (digit.length !== 1) return digit
    const code = digit.charCodeAt(0)
    let start = code
    while (code - start < 9 && /\p{Nd}/u.test(String.fromCharCode(start - 1))) start -= 1
    return String(code - start)
  })
}
