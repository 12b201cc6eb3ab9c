import type { Redactor } from '../../credentials/redaction/redactor.ts'
import type { RequestSpec } from '../../http/request.ts'
import type { HeaderField, ReceivedResponse } from '../../http/response.ts'
import type { PreparedRequest } from '../../http/transport.ts'

/** A request as sent and the response as received: still with secrets, to be redacted before it is written. */
export interface RecordedExchange {
  /** Of the request in the run, from 1; checks that need the same request share it. */
  number: number
  startedAt: Date
  url: string
  /** What the check asked for. */
  spec: RequestSpec
  /** What was sent for it. */
  request: PreparedRequest
  /** Absent where nothing came back. */
  response?: ReceivedResponse
  /** What else happened: a retry, a wait, no response. */
  notes: string[]
}

/** An exchange as reports show it. */
export interface Evidence {
  request: { method: string; url: string; headers: Record<string, string | string[]> }
  /** `bytes` counts the content as transferred. Absent where nothing came back. */
  response?: { status: number; headers: Record<string, string | string[]>; bytes: number }
  notes?: string[]
  /** Repeats the request from a shell. */
  curl: string
}

/** The exchange without secrets, and with as much of its headers as people read. */
export function showExchange(exchange: RecordedExchange, redactor: Redactor): Evidence {
  const { url, request, response, notes } = exchange
  const { headers, omitted } = showHeaders(response?.headers ?? [], redactor)
  const told = [
    ...redactor.data(notes),
    ...(omitted > 0 ? [`${omitted} more header fields are not shown`] : []),
  ]
  return {
    request: redactor.data({ method: request.method, url, headers: request.headers }),
    ...(response && {
      response: { status: response.status, headers: groupHeaders(headers), bytes: response.body.length },
    }),
    ...(told.length > 0 && { notes: told }),
    curl: redactor.text(curl(url, request)),
  }
}

/** How many characters are shown of a name, of a value and of all header fields of a response, each with its line. */
const longest = { name: 256, value: 4096, all: 16 * 1024, line: 64 }

/** The first header fields of a response, secrets removed before anything is cut; `omitted` counts the others. */
export function showHeaders(
  fields: HeaderField[],
  redactor: Redactor,
): { headers: HeaderField[]; omitted: number } {
  const headers: HeaderField[] = []
  let size = 0
  for (const field of fields) {
    size += longest.line + Math.min(field[0].length, longest.name) + Math.min(field[1].length, longest.value)
    if (size > longest.all) break
    headers.push([
      redactor.bounded(field[0], longest.name),
      redactor.bounded(withoutSession(field), longest.value),
    ])
  }
  return { headers, omitted: fields.length - headers.length }
}

/** A session cookie is a credential too, although the redactor has not learned it. */
const withoutSession = ([name, value]: HeaderField) =>
  /^set-cookie$/i.test(name) ? value.replace(/=[^;]*/, '=…') : value

function groupHeaders(headers: HeaderField[]): Record<string, string | string[]> {
  const grouped = Map.groupBy(headers, ([name]) => name.toLowerCase())
  return Object.fromEntries(
    [...grouped].map(([name, same]) => {
      const values = same.map(([, value]) => value)
      return [name, values.length > 1 ? values : values[0]!]
    }),
  )
}

/** In double quotes, so that the `$MEMBER_TOKEN` which redaction leaves is filled in by the shell. */
const quote = (text: string) => `"${text.replaceAll(/["\\$`]/g, '\\$&')}"`

/** One letter many times, as oversized tokens have it, is written as a command that a person can read. */
function abbreviate(quoted: string): string {
  let short = ''
  for (let start = 0, end = 0; start < quoted.length; start = end) {
    while (end < quoted.length && quoted[end] === quoted[start]) end += 1
    const count = end - start
    short +=
      count >= 100 && /\w/.test(quoted[start]!)
        ? `$(printf '${quoted[start]}%.0s' $(seq ${count}))`
        : quoted.slice(start, end)
  }
  return short
}

function curl(url: string, { method, headers, version, tokenCommand }: PreparedRequest): string {
  const flags = { GET: '-D - -o answer', HEAD: '-I', OPTIONS: '-X OPTIONS -D - -o answer' }[method]
  const options = Object.entries(headers)
    .filter(([name, value]) => name !== 'User-Agent' || value.length === 0)
    .flatMap(([name, value]) => {
      if (name === 'Authorization' && tokenCommand) return [`-H "Authorization: Bearer $(${tokenCommand})"`]
      // That is how curl leaves out a field that it sends by itself.
      if (value.length === 0) return [`-H "${name}:"`]
      return [value].flat().map((one) => `-H ${abbreviate(quote(`${name}: ${one}`))}`)
    })
  return ['curl -sS --path-as-is', ...(version ? ['--http1.0'] : []), flags, ...options, quote(url)].join(' ')
}
