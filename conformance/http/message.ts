import { GrowingBuffer } from './growing-buffer.ts'
import type { HeaderField, ReceivedResponse } from './response.ts'

/** How a message says where its body ends (RFC 9112 §6.3). */
export type Delimiter = 'none' | 'content-length' | 'chunked' | 'close'

/** A response as parsed from the bytes on the wire, with what an ordinary client hides. */
export interface RawResponse extends ReceivedResponse {
  /** Status line and header section of the final response as received. */
  head: string
  delimiter: Delimiter
  /** Every breach of the message syntax and framing rules, in words, with the section that it breaks. */
  breaches: { section: string; message: string }[]
  /** Bytes that came after the end of the body. */
  excess: Buffer
}

type Breach = RawResponse['breaches'][number]

const bodiless = (status: number, method: string) =>
  method === 'HEAD' || status === 204 || status === 304 || (status >= 100 && status < 200)

/** Parses everything a connection delivered after one request (RFC 9112). */
export function parseMessage(
  bytes: Buffer,
  method: string,
  timing: ReceivedResponse['timing'],
  end?: 'timeout' | 'too large' | 'idle',
): RawResponse {
  const informational: ReceivedResponse['informational'] = []
  const breaches: Breach[] = []
  let at = 0
  for (;;) {
    const { head, next } = readHead(bytes, at)
    const [statusLine = '', ...lines] = head.split(/\r?\n/)
    const status = Number(/^HTTP\/1\.[01] (\d{3})(?: |$)/.exec(statusLine)?.[1] ?? 0)
    if (!status)
      breaches.push({
        section: '4',
        message: `the status line reads ${JSON.stringify(statusLine.slice(0, 80))}`,
      })
    const headers = readHeaders(lines, breaches)
    if (status >= 100 && status < 200 && status !== 101 && next < bytes.length) {
      const strays = headers.filter(([name]) => /^(content-length|transfer-encoding)$/i.test(name))
      for (const [name] of strays)
        breaches.push({ section: '6.1', message: `${name} in a ${status} response` })
      informational.push({ status, headers })
      at = next
      continue
    }
    const framed = readBody(bytes.subarray(next), headers, bodiless(status, method), breaches)
    // A body delimited by closing is cut where it was not the deployment that closed.
    const isUnfinished = framed.truncated !== undefined || framed.delimiter === 'close'
    const truncated = isUnfinished && end && end !== 'idle' ? end : framed.truncated
    return {
      status,
      headers,
      informational,
      timing,
      head,
      breaches,
      ...framed,
      ...(truncated && { truncated }),
    }
  }
}

/** The most that a head, or all interim responses together, may take; servers themselves allow 8 to 64 KiB. */
export const maxHeadBytes = 256 * 1024

/** Whether bytes hold the whole head of a final response, so that a body is due. */
export function hasFinalHead(bytes: Buffer): boolean {
  for (let at = 0; at < bytes.length; ) {
    const { head, next, isWhole } = readHead(bytes, at)
    if (!isWhole) return false
    if (!/^HTTP\/1\.[01] 1(?!01)/.test(head)) return true
    at = next
  }
  return false
}

function readHead(bytes: Buffer, at: number): { head: string; next: number; isWhole: boolean } {
  const most = Math.min(bytes.length, at + maxHeadBytes)
  for (let end = bytes.indexOf('\n', at); end >= 0 && end < most; end = bytes.indexOf('\n', end + 1)) {
    const next = end + (bytes[end + 1] === 0x0d ? 2 : 1)
    if (bytes[next] !== 0x0a) continue
    const last = end > at && bytes[end - 1] === 0x0d ? end - 1 : end
    return { head: bytes.toString('latin1', at, last), next: next + 1, isWhole: true }
  }
  return { head: bytes.toString('latin1', at, most), next: bytes.length, isWhole: false }
}

function readHeaders(lines: string[], breaches: Breach[]): HeaderField[] {
  return lines.map((line) => {
    const [, name = '', space = '', value = ''] = /^([^:]*?)([ \t]*):(.*)$/s.exec(line) ?? []
    if (/^[ \t]/.test(line))
      breaches.push({
        section: '5.2',
        message: `a field is folded over lines: ${JSON.stringify(line.slice(0, 60))}`,
      })
    else if (!/^[!#$%&'*+.^_`|~\dA-Za-z-]+$/.test(name))
      breaches.push({ section: '5', message: `not a header field: ${JSON.stringify(line.slice(0, 60))}` })
    else if (space) breaches.push({ section: '5.1', message: `white space between ${name} and its colon` })
    if (/[\x00-\x08\x0b-\x1f\x7f]/.test(value))
      breaches.push({ section: '5', message: `a control character in the value of ${name}` })
    return [name, value.trim()]
  })
}

type Framed = Pick<RawResponse, 'body' | 'delimiter' | 'excess' | 'truncated'>

function readBody(rest: Buffer, headers: HeaderField[], isBodiless: boolean, breaches: Breach[]): Framed {
  const values = (name: string) =>
    headers.filter(([field]) => field.toLowerCase() === name).map(([, value]) => value)
  const codings = values('transfer-encoding')
  const lengths = [
    ...new Set(values('content-length').flatMap((value) => value.split(',').map((one) => one.trim()))),
  ]
  if (codings.length > 0 && lengths.length > 0)
    breaches.push({ section: '6.2', message: 'both Transfer-Encoding and Content-Length' })
  if (lengths.length > 1)
    breaches.push({ section: '6.3', message: `different lengths: ${lengths.join(', ')}` })
  const malformed = lengths.find((length) => !/^\d+$/.test(length))
  if (malformed !== undefined)
    breaches.push({ section: '6.3', message: `Content-Length is ${JSON.stringify(malformed)}` })
  if (isBodiless) return { body: Buffer.alloc(0), delimiter: 'none', excess: rest }
  if (codings.length > 0) {
    if (codings.join(',').split(',').at(-1)?.trim().toLowerCase() === 'chunked')
      return readChunks(rest, breaches)
    return { body: rest, delimiter: 'close', excess: Buffer.alloc(0) }
  }
  const length = Number(lengths[0] ?? Number.NaN)
  if (Number.isNaN(length)) return { body: rest, delimiter: 'close', excess: Buffer.alloc(0) }
  return {
    body: rest.subarray(0, length),
    delimiter: 'content-length',
    excess: rest.subarray(length),
    ...(rest.length < length && { truncated: 'closed' as const }),
  }
}

function readChunks(rest: Buffer, breaches: Breach[]): Framed {
  const content = new GrowingBuffer()
  const ended = (at: number, truncated?: 'closed'): Framed => ({
    body: content.bytes(),
    delimiter: 'chunked',
    excess: rest.subarray(at),
    ...(truncated && { truncated }),
  })
  for (let at = 0; ; ) {
    const end = rest.indexOf('\r\n', at)
    if (end < 0) return ended(rest.length, 'closed')
    const line = rest.toString('latin1', at, end)
    const size = /^([\da-f]+)[ \t]*(?:;.*)?$/i.exec(line)?.[1]
    if (size === undefined) {
      breaches.push({ section: '7.1', message: `a chunk size reads ${JSON.stringify(line.slice(0, 40))}` })
      return ended(rest.length, 'closed')
    }
    const length = Number.parseInt(size, 16)
    const next = end + 2 + length
    if (length === 0) return readTrailers(rest, end + 2, ended)
    content.add(rest.subarray(end + 2, next))
    if (rest.length < next + 2) return ended(rest.length, 'closed')
    if (rest.toString('latin1', next, next + 2) !== '\r\n') {
      breaches.push({ section: '7.1', message: 'a chunk is longer or shorter than its size' })
      return ended(rest.length, 'closed')
    }
    at = next + 2
  }
}

function readTrailers(rest: Buffer, at: number, ended: (at: number, truncated?: 'closed') => Framed): Framed {
  for (;;) {
    const end = rest.indexOf('\r\n', at)
    if (end < 0) return ended(rest.length, 'closed')
    if (end === at) return ended(end + 2)
    at = end + 2
  }
}

/** Whether the bytes hold a whole final response, so that nothing more is due. */
export function isWholeMessage(bytes: Buffer, method: string): boolean {
  if (!hasFinalHead(bytes)) return false
  const message = parseMessage(bytes, method, { head: 0, total: 0 })
  const isFinal = message.status >= 200
  return isFinal && !message.truncated && message.delimiter !== 'close'
}
