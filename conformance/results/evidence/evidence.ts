import type { HeaderField, ReceivedResponse } from '../../http/response.ts'
import type { PreparedRequest } from '../../http/transport.ts'

/** A request as sent and the answer as received: still with secrets, to be redacted before it is written. */
export interface RecordedExchange {
  /** Of the request in the run; checks that ask the same question share it. */
  number: number
  startedAt: Date
  url: string
  request: PreparedRequest
  /** Absent where nothing came back. */
  response?: ReceivedResponse
  /** What happened besides: a retry, a wait, no answer. */
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

export function showExchange({ url, request: prepared, response, notes }: RecordedExchange): Evidence {
  return {
    request: { method: prepared.method, url, headers: prepared.headers },
    ...(response && {
      response: { status: response.status, headers: groupFields(response), bytes: response.body.length },
    }),
    ...(notes.length > 0 && { notes }),
    curl: curl(url, prepared),
  }
}

/** A session that the deployment opens is a credential too, though nobody asked for it. */
const withoutSession = ([name, value]: HeaderField) =>
  /^set-cookie$/i.test(name) ? value.replace(/=[^;]*/, '=…') : value

function groupFields({ headers }: ReceivedResponse): Record<string, string | string[]> {
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

function curl(url: string, { method, headers: fields, version }: PreparedRequest): string {
  const flags = { GET: '-D - -o answer', HEAD: '-I', OPTIONS: '-X OPTIONS -D - -o answer' }[method]
  const headers = Object.entries(fields)
    .filter(([name]) => name !== 'User-Agent')
    .flatMap(([name, value]) => [value].flat().map((one) => `-H ${quote(`${name}: ${one}`)}`))
  return ['curl -sS --path-as-is', ...(version ? ['--http1.0'] : []), flags, ...headers, quote(url)].join(' ')
}
