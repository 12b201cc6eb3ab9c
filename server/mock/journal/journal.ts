import type { IncomingHttpHeaders } from 'node:http'
import type { RequestHandler, Response } from 'express'
import type { OperationId } from '../../../spec/operation.ts'
import type { ApiResponse } from '../../http/api-response.ts'
import { isFromForeignPage } from '../../http/own-origin.ts'
import type { ProblemCode } from '../../http/problem.ts'
import type { ScenarioName } from '../scenarios/catalogue.ts'
import type { PlayedResponse } from '../schedule.ts'
import { explainCredentials, type TrustedIssuer } from './credentials.ts'
import { redactBody, removeCredentials } from './redaction.ts'
import { type SentResponse, watchResponse } from './sent-response.ts'

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

/** The most recent requests, in the order in which they ended. */
export interface Journal {
  /** Middleware that records each request when it is over. */
  observe: RequestHandler
  exchanges(): readonly JournaledExchange[]
  /** The highest id so far, 0 before the first request. */
  lastId(): number
  clear(): void
}

/** Adds to what is known about the request of this response. */
export function note(response: Response, notes: Notes): void {
  Object.assign(response.locals, notes)
}

/** Notes what made a response in the operation's place, and why the contract does not allow it, if it does not. */
export function noteRule(
  response: Response,
  { kind, id, scenario }: NonNullable<PlayedResponse['rule']>,
  undocumented: string | undefined,
): void {
  note(response, { scenario, undocumented, ...(kind === 'response' && { ownResponse: id }) })
}

/** Notes which preferences a response honours, and the problem that it describes. */
export function noteResponse(response: Response, made: ApiResponse): void {
  const { headers, problem, breaksConnection } = made
  note(response, {
    preferences: headers['Preference-Applied'],
    ...(headers['X-Mock-Engine'] === 'proxy' && { isPassedOn: true as const }),
    ...(breaksConnection && { breaksConnection }),
    ...(problem && { problem: { code: problem.code, detail: problem.message } }),
  })
}

/** Whether a scenario, a test or a preference decided the response, so that it says nothing about the request. */
export function isForced({ scenario, ownResponse, preferences }: Notes): boolean {
  return scenario !== undefined || ownResponse !== undefined || Boolean(preferences?.includes('code='))
}

/** Keeps the last `limit` requests. `provider`: an issuer that is trusted besides the mock itself. */
export function createJournal(limit: number, clock: () => Date, provider?: TrustedIssuer): Journal {
  const exchanges: JournaledExchange[] = []
  let lastId = 0
  const observe: RequestHandler = (request, response, next) => {
    const at = clock()
    const sentResponse = watchResponse(response)
    response.once('close', () => {
      const notes = response.locals as Notes
      const { method, originalUrl: url, body } = request
      const sent = sentResponse()
      const refusal = notes.problem?.code === 'unauthorized' ? notes.problem.detail : undefined
      exchanges.push({
        ...notes,
        id: ++lastId,
        at,
        method,
        url,
        headers: removeCredentials(request.headers),
        ...(body !== undefined && { body: redactBody(body) }),
        status: sent ? response.statusCode : null,
        ...(sent && { response: sent }),
        ...(!response.writableFinished && !notes.breaksConnection && { cancelled: true }),
        durationMs: clock().getTime() - at.getTime(),
        ...(refusal &&
          !isForced(notes) && { credentials: explainCredentials(request, refusal, at, provider) }),
        isForeignPage: isFromForeignPage(request) && !response.hasHeader('Access-Control-Allow-Origin'),
      })
      if (exchanges.length > limit) exchanges.shift()
    })
    next()
  }
  return { observe, exchanges: () => exchanges, lastId: () => lastId, clear: () => void exchanges.splice(0) }
}
