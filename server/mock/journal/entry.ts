import { withoutSecrets } from '../../log.ts'
import type { JournaledExchange } from './exchange.ts'
import { redactHeaders } from './redaction.ts'
import { describeResponse, type ResponseDetail } from './sent-response.ts'
import { type RequestVerdict, type ReviewContext, reviewExchange } from './verdict.ts'

/**
 * A request as `/_mock/requests` lists it, without secrets.
 *
 * @example
 * ```ts
 * import type { JournalEntry } from 'altostrat-contract'
 *
 * const describe = ({ method, path, status }: JournalEntry) => `${method} ${path}: ${status}`
 * ```
 */
export interface JournalEntry {
  id: number
  /** RFC 3339, UTC. */
  at: string
  method: string
  /** Without the query. */
  path: string
  /** Of a repeated parameter, the last value. */
  query: Record<string, string>
  headers: Record<string, string>
  body?: unknown
  operation?: string
  persona?: string
  scenario?: string
  /** Whether another deployment responded, or a recording of one (`--proxy`, `--replay`). */
  passedOn?: true
  /** The id of the response of one's own that was sent. */
  ownResponse?: string
  /** What the contract does not document about a response that was set, or that a scenario made. */
  undocumented?: string
  /** Null where the connection ended before any response. */
  status: number | null
  /** Of the response's body, as far as it was sent. */
  responseBytes: number
  /** Whether the client closed the connection before the response was complete; absent where it did not. */
  cancelled?: true
  durationMs: number
  verdict: RequestVerdict
}

/** An entry with its response, as `/_mock/requests/{id}` gives it. */
export interface DetailedJournalEntry extends JournalEntry {
  response?: ResponseDetail
}

/** The entry of an exchange, with its verdict. */
export function describeExchange(exchange: JournaledExchange, context: ReviewContext): JournalEntry {
  const { id, at, method, url, headers, body, operation, persona, scenario, status, durationMs } = exchange
  const { ownResponse, undocumented, cancelled } = exchange
  const [path = '', query] = withoutSecrets(url).split(/\?(.*)/s)
  return {
    id,
    at: at.toISOString(),
    method,
    path,
    query: Object.fromEntries(new URLSearchParams(query)),
    headers: redactHeaders(headers),
    ...(body !== undefined && { body }),
    ...(operation && { operation }),
    ...(persona && { persona }),
    ...(scenario && { scenario }),
    ...(exchange.isPassedOn && { passedOn: true as const }),
    ...(ownResponse && { ownResponse }),
    ...(undocumented && { undocumented }),
    status,
    responseBytes: exchange.response?.bytes ?? 0,
    ...(cancelled && { cancelled }),
    durationMs,
    verdict: redactVerdict(reviewExchange(exchange, context)),
  }
}

/** The entry of an exchange, with its verdict and its response. */
export function describeInDetail(exchange: JournaledExchange, context: ReviewContext): DetailedJournalEntry {
  const { response } = exchange
  return { ...describeExchange(exchange, context), ...(response && { response: describeResponse(response) }) }
}

/** Verdicts quote what the client sent, which may hold secrets. */
function redactVerdict({ right, mistakes, remarks }: RequestVerdict): RequestVerdict {
  return { right, mistakes: mistakes.map(withoutSecrets), remarks: remarks.map(withoutSecrets) }
}
