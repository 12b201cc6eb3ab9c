import type { HeaderField, ReceivedResponse } from '../../http/response.ts'
import type { PreparedRequest } from '../../http/transport.ts'

/** A request as sent and the response as received: still with secrets, to be redacted before it is written. */
export interface RecordedExchange {
  /** Of the request in the run, from 1; checks that need the same request share it. */
  number: number
  startedAt: Date
  url: string
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

export function showExchange({ url, request, response, notes }: RecordedExchange): Evidence {
  return {
    request: { method: request.method, url, headers: request.headers },
    ...(response && {
      response: { status: response.status, headers: groupHeaders(response), bytes: response.body.length },
    }),
    ...(notes.length > 0 && { notes }),
    curl: curl(url, request),
  }
}

/** A session cookie is a credential too, although the redactor has not learned it. */
const withoutSession = ([name, value]: HeaderField) =>
  /^set-cookie$/i.test(name) ? value.replace(/=[^;]*/, '=…') : value

function groupHeaders({ headers }: ReceivedResponse): Record<string, string | string[]> {
  const grouped = Map.groupBy(headers, ([name]) => name.toLowerCase())
  return Object.fromEntries(
    [...grouped].map(([name, same]) => {
      const values = same.map(withoutSession)
      return [name, values.length > 1 ? values : values[0]!]
    }),
  )
}

/** In double quotes, so that the `$MEMBER_TOKEN` which redaction leaves is filled in by the shell. */
const quote = (text: string) => `"${text.replaceAll(/["\\$`]/g, '\\$&')}"`

function curl(url: string, { method, headers, version }: PreparedRequest): string {
  const flags = { GET: '-D - -o answer', HEAD: '-I', OPTIONS: '-X OPTIONS -D - -o answer' }[method]
  const options = Object.entries(headers)
    .filter(([name]) => name !== 'User-Agent')
    .flatMap(([name, value]) => [value].flat().map((one) => `-H ${quote(`${name}: ${one}`)}`))
  return ['curl -sS --path-as-is', ...(version ? ['--http1.0'] : []), flags, ...options, quote(url)].join(' ')
}
