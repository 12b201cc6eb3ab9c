import type { Answer, Field } from '../../http/response.ts'
import type { Outgoing } from '../../http/transport.ts'

/** A request as sent and the answer as received: still with secrets, to be redacted before it is written. */
export interface RecordedExchange {
  /** Of the request in the run; checks that ask the same question share it. */
  number: number
  startedAt: Date
  url: string
  outgoing: Outgoing
  /** Absent where nothing came back. */
  answer?: Answer
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

export function showExchange({ url, outgoing, answer, notes }: RecordedExchange): Evidence {
  return {
    request: { method: outgoing.method, url, headers: outgoing.fields },
    ...(answer && {
      response: { status: answer.status, headers: groupFields(answer), bytes: answer.body.length },
    }),
    ...(notes.length > 0 && { notes }),
    curl: curl(url, outgoing),
  }
}

/** A session that the deployment opens is a credential too, though nobody asked for it. */
const withoutSession = ([name, value]: Field) =>
  /^set-cookie$/i.test(name) ? value.replace(/=[^;]*/, '=…') : value

function groupFields({ fields }: Answer): Record<string, string | string[]> {
  const grouped = Map.groupBy(fields, ([name]) => name.toLowerCase())
  return Object.fromEntries(
    [...grouped].map(([name, same]) => {
      const values = same.map(withoutSession)
      return [name, values.length > 1 ? values : values[0]!]
    }),
  )
}

/** In double quotes, so that the `$MEMBER_TOKEN` which redaction leaves is filled in by the shell. */
const quote = (text: string) => `"${text.replaceAll(/["\\$`]/g, '\\$&')}"`

function curl(url: string, { method, fields, version }: Outgoing): string {
  const flags = { GET: '-D - -o answer', HEAD: '-I', OPTIONS: '-X OPTIONS -D - -o answer' }[method]
  const headers = Object.entries(fields)
    .filter(([name]) => name !== 'User-Agent')
    .flatMap(([name, value]) => [value].flat().map((one) => `-H ${quote(`${name}: ${one}`)}`))
  return ['curl -sS --path-as-is', ...(version ? ['--http1.0'] : []), flags, ...headers, quote(url)].join(' ')
}
