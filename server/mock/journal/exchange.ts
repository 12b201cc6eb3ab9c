import type { IncomingHttpHeaders } from 'node:http'
import type { OperationId } from '../../../spec/operation.ts'
import type { ProblemCode } from '../../http/problem.ts'
import type { ScenarioName } from '../scenarios/catalogue.ts'
import type { SentResponse } from './sent-response.ts'

/** A request and its response, without credentials; `url` and `headers` may hold other secrets. */
export interface JournaledExchange extends Notes {
  /** Counts from 1 in the order in which requests end; a reset does not restart it. */
  id: number
  at: Date
  method: string
  url: string
  headers: IncomingHttpHeaders
  body?: unknown
  /** Null where the connection ended before any response. */
  status: number | null
  /** What was sent; absent where the connection ended before any response. */
  response?: SentResponse
  /** Whether the client closed the connection before the response was complete. */
  cancelled?: true
  durationMs: number
  /** What is wrong with the credentials of a request that was refused for them. */
  credentials?: string
  /** Whether a page sent the request that may not read the response (CORS). */
  isForeignPage: boolean
}

/** What the server learns about a request while it responds. */
export interface Notes {
  operation?: OperationId
  persona?: string | undefined
  /** The `sub` of the token. */
  subject?: string
  scenario?: ScenarioName | undefined
  /** The id of the response of the test's own that was sent. */
  ownResponse?: string
  /** Whether another deployment, or a recording of it, responded. */
  isPassedOn?: true
  /** What the contract does not allow of the response that a scenario or a test made. */
  undocumented?: string | undefined
  /** The `Preference-Applied` header of the response. */
  preferences?: string | undefined
  problem?: { code: ProblemCode; detail: string }
  /** Set where the mock itself ends the connection. */
  breaksConnection?: true
}

/** Whether a scenario, a test or a preference decided the response, so that it says nothing about the request. */
export function isForced({ scenario, ownResponse, preferences }: Notes): boolean {
  return scenario !== undefined || ownResponse !== undefined || Boolean(preferences?.includes('code='))
}
