import type { Breach } from './breach.ts'
import { GrowingBuffer } from './growing-buffer.ts'
import { type HeaderField, headerValues, type ReceivedResponse } from './response.ts'

/** How a message says where its body ends (RFC 9112 §6.3). */
export type Delimiter = 'none' | 'content-length' | 'chunked' | 'close'

export interface FramedBody extends Pick<ReceivedResponse, 'body' | 'truncated'> {
  delimiter: Delimiter
  /** Bytes that came after the end of the body. */
  excess: Buffer
  breaches: Breach[]
}

/** The body at the start of `rest`, as the headers delimit it. */
export function readBody(rest: Buffer, headers: HeaderField[], isBodiless: boolean): FramedBody {
  const codings = headerValues({ headers }, 'transfer-encoding')
  const stated = headerValues({ headers }, 'content-length')
  // A list of the same length is no valid value (RFC 9110 §8.6), and read by recipients as one.
  const lengths = [...new Set(stated.flatMap((value) => value.split(',').map((one) => one.trim())))]
  const breaches = framingBreaches(codings, stated, lengths)
  if (isBodiless) return { body: Buffer.alloc(0), delimiter: 'none', excess: rest, breaches }
  if (codings.join(',').split(',').at(-1)?.trim().toLowerCase() === 'chunked') {
    const chunked = readChunks(rest)
    return { ...chunked, breaches: [...breaches, ...chunked.breaches] }
  }
  const length = Number(lengths[0] ?? Number.NaN)
  if (codings.length > 0 || Number.isNaN(length))
    return { body: rest, delimiter: 'close', excess: Buffer.alloc(0), breaches }
  return {
    body: rest.subarray(0, length),
    delimiter: 'content-length',
    excess: rest.subarray(length),
    breaches,
    ...(rest.length < length && { truncated: 'closed' as const }),
  }
}

function framingBreaches(codings: string[], stated: string[], lengths: string[]): Breach[] {
  const malformed = stated.find((length) => !/^\d+$/.test(length))
  return [
    ...(codings.length > 0 && lengths.length > 0
      ? [{ section: '6.2', message: 'both Transfer-Encoding and Content-Length' }]
      : []),
    ...(lengths.length > 1 ? [{ section: '6.3', message: `different lengths: ${lengths.join(', ')}` }] : []),
    ...(malformed === undefined
      ? []
      : [{ section: '6.3', message: `Content-Length is ${JSON.stringify(malformed)}` }]),
  ]
}

/** A chunked body (RFC 9112 §7.1), up to where its syntax breaks. */
function readChunks(rest: Buffer): FramedBody {
  const content = new GrowingBuffer()
  const ended = (at: number): FramedBody => ({
    body: content.bytes(),
    delimiter: 'chunked',
    excess: rest.subarray(at),
    breaches: [],
  })
  const truncated = (): FramedBody => ({ ...ended(rest.length), truncated: 'closed' })
  const broken = (message: string): FramedBody => ({
    ...truncated(),
    breaches: [{ section: '7.1', message }],
  })
  for (let at = 0; ; ) {
    const end = rest.indexOf('\r\n', at)
    if (end < 0) return truncated()
    const line = rest.toString('latin1', at, end)
    const size = /^([\da-f]+)[ \t]*(?:;.*)?$/i.exec(line)?.[1]
    if (size === undefined) return broken(`a chunk size reads ${JSON.stringify(line.slice(0, 40))}`)
    const length = Number.parseInt(size, 16)
    if (length === 0) {
      const trailersEnd = endOfTrailers(rest, end + 2)
      return trailersEnd === undefined ? truncated() : ended(trailersEnd)
    }
    const next = end + 2 + length
    content.add(rest.subarray(end + 2, next))
    if (rest.length < next + 2) return truncated()
    if (rest.toString('latin1', next, next + 2) !== '\r\n')
      return broken('a chunk is longer or shorter than its size')
    at = next + 2
  }
}

/** Where the bytes after the trailer section begin; undefined where its empty line is missing. */
function endOfTrailers(rest: Buffer, start: number): number | undefined {
  for (let at = start; ; ) {
    const end = rest.indexOf('\r\n', at)
    if (end < 0) return undefined
    if (end === at) return end + 2
    at = end + 2
  }
}
