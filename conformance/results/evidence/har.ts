import { isPdf } from '../../catalogue/assertions/assertions.ts'
import type { Redactor } from '../../credentials/redaction/redactor.ts'
import { mediaTypeOf, type ReceivedResponse } from '../../http/response.ts'
import type { WrittenContent } from './content-files.ts'
import { type RecordedExchange, showHeaders } from './evidence.ts'
import type { ReadableContent } from './readable-content.ts'

/** Characters of a text that the archive repeats; `content/` has more of it. */
const longestText = 64 * 1024

/** An entry of an HTTP Archive 1.2; members of our own begin with an underscore, as the format requires. */
export interface HarEntry {
  startedDateTime: string
  time: number
  request: object
  response: object
  cache: object
  timings: { send: number; wait: number; receive: number }
  comment?: string
  _number: number
  /** The checks that share the exchange. */
  _checks: string[]
}

interface Pair {
  name: string
  value: string
}

/** The exchange without secrets; what is `readable` of the response, if there is one; `content` lies beside the archive. */
export function harEntry(
  { number, startedAt, url, request, response, notes }: RecordedExchange,
  check: string,
  redactor: Redactor,
  readable?: ReadableContent,
  content?: WrittenContent,
): HarEntry {
  const { head = 0, total = 0 } = response?.timing ?? {}
  return {
    startedDateTime: startedAt.toISOString(),
    time: total,
    request: redactor.data({
      method: request.method,
      url,
      httpVersion: 'HTTP/1.1',
      cookies: [],
      headers: Object.entries(request.headers).flatMap(([name, value]) =>
        [value].flat().map((one): Pair => ({ name, value: one })),
      ),
      queryString: queryOf(url),
      headersSize: -1,
      bodySize: 0,
    }),
    response: response && readable ? harResponse(response, redactor, readable, content) : noResponse,
    cache: {},
    timings: { send: 0, wait: head, receive: Math.max(total - head, 0) },
    ...(notes.length > 0 && { comment: redactor.text(notes.join('; ')) }),
    _number: number,
    _checks: [check],
  }
}

/** The archive, in the order in which requests were sent. */
export function har(creator: { name: string; version: string }, entries: HarEntry[]): object {
  const sorted = [...entries].sort((a, b) => a._number - b._number)
  return { log: { version: '1.2', creator, entries: sorted } }
}

function harResponse(
  received: ReceivedResponse,
  redactor: Redactor,
  readable: ReadableContent,
  content?: WrittenContent,
): object {
  const { status, headers, body } = received
  const { headers: shown } = showHeaders(headers, redactor)
  const redirect = shown.find(([name]) => name.toLowerCase() === 'location')?.[1] ?? ''
  return {
    status,
    statusText: '',
    httpVersion: 'HTTP/1.1',
    cookies: [],
    headers: shown.map(([name, value]): Pair => ({ name, value })),
    content: {
      size: body.length,
      mimeType: mediaTypeOf({ headers: shown }) || 'application/octet-stream',
      ...textOf(readable, redactor),
      ...(content && { _file: content.file }),
      ...(content?.note && { _note: content.note }),
    },
    redirectURL: redirect,
    headersSize: -1,
    bodySize: body.length,
  }
}

/** What browsers write where nothing came back. */
const noResponse = {
  status: 0,
  statusText: '',
  httpVersion: '',
  cookies: [],
  headers: [],
  content: { size: 0, mimeType: 'x-unknown' },
  redirectURL: '',
  headersSize: -1,
  bodySize: -1,
}

function textOf({ body }: ReadableContent, redactor: Redactor): { text?: string; comment?: string } {
  if (body.length === 0 || isPdf({ body }) || body.includes(0)) return {}
  const { text, isCut } = redactor.utf8(body, longestText)
  return isCut ? { text, comment: `cut after ${longestText} characters` } : { text }
}

function queryOf(url: string): Pair[] {
  const at = url.indexOf('?')
  return at < 0 ? [] : [...new URLSearchParams(url.slice(at))].map(([name, value]) => ({ name, value }))
}
