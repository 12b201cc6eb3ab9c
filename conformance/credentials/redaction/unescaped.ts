import type { Decoding } from './decoding.ts'
import { escapeAt } from './escapes.ts'

/** So many characters beside an escape are read with it: those further away are read without. */
const margin = 4096

/** The text around its escapes, each replaced by what it means; what readers do not see is left out. */
export function* unescaped(text: string): Generator<Decoding> {
  const codes = new Uint8Array(text.length)
  const starts = new Uint32Array(text.length)
  const stretches: { from: number; to: number }[] = []
  let length = 0
  for (let at = 0; at < text.length; ) {
    const written = escapeAt(text, at)
    const code = written ? written.code : text.charCodeAt(at)
    if (written) {
      const last = stretches.at(-1)
      if (last && length <= last.to) last.to = length + margin
      else stretches.push({ from: Math.max(length - margin, 0), to: length + margin })
    }
    if (code > 0 && code < 256) {
      codes[length] = code
      starts[length] = at
      length += 1
    }
    at += written?.length ?? 1
  }
  for (const { from, to } of stretches) yield decoding(text, codes, starts, from, Math.min(to, length))
}

function decoding(
  text: string,
  codes: Uint8Array,
  starts: Uint32Array,
  first: number,
  end: number,
): Decoding {
  return {
    text: Buffer.from(codes.buffer, first, end - first).toString('latin1'),
    isUnescaped: true,
    sourceOf(from, to) {
      const last = starts[first + to - 1]!
      return [starts[first + from]!, last + (escapeAt(text, last)?.length ?? 1)]
    },
  }
}
