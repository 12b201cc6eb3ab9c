import type { IncomingHttpHeaders } from 'node:http'
import { Problem } from './problem.ts'

/** First and last byte, both included. */
export interface ByteRange {
  first: number
  last: number
}

/**
 * The one range to send, or undefined for the whole: also where several are asked for, where the unit is
 * not bytes, where the field is malformed, and where `If-Range` names another representation
 * (RFC 9110 §13.1.5, §14.2). Throws `range_not_satisfiable`.
 */
export function selectRange(size: number, etag: string, headers: IncomingHttpHeaders): ByteRange | undefined {
  // A date never matches: the representation has no modification date.
  if (headers['if-range'] !== undefined && headers['if-range'] !== etag) return undefined
  const [, first = '', last = ''] = /^bytes=[ \t]*(\d*)-(\d*)[ \t]*$/i.exec(headers.range ?? '') ?? []
  if (first === '' && last === '') return undefined
  const range =
    first === ''
      ? { first: Math.max(0, size - Number(last)), last: size - 1 }
      : { first: Number(first), last: last === '' ? size - 1 : Number(last) }
  if (first !== '' && last !== '' && range.last < range.first) return undefined
  if (range.first >= size) {
    throw new Problem('range_not_satisfiable', `The document has ${size} bytes.`, {
      'Content-Range': `bytes */${size}`,
    })
  }
  return { first: range.first, last: Math.min(range.last, size - 1) }
}
