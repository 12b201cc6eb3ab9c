import type { IncomingHttpHeaders } from 'node:http'
import type { RequestHandler, Response } from 'express'
import type { OperationId } from '../../../spec/operation.ts'
import type { ApiResponse } from '../../http/api-response.ts'
import type { ProblemCode } from '../../http/problem.ts'
import type { ScenarioName } from '../scenarios/catalogue.ts'
import { explainCredentials, type TrustedIssuers } from './credentials.ts'
import { redactBody, removeCredentials } from './redaction.ts'

/** What came in and what went out, without credentials; other secrets may stand in `url` and `headers`. */
export interface JournaledExchange extends Notes {
  /** Counts from 1, over resets too, as requests end. */
  id: number
  at: Date
  method: string
  url: string
  headers: IncomingHttpHeaders
  body?: unknown
  /** Null where the connection ended before any answer. */
  status: number | null
  durationMs: number
  /** What is wrong with the token, of a request that was refused for it. */
  credentials?: string
  /** Whether the page that asked may not read the answer (CORS). */
  isForeignPage: boolean
}

/** What the server finds out about a request while it answers. */
export interface Notes {
  operation?: OperationId
  persona?: string | undefined
  /** The `sub` of the token. */
  subject?: string
  scenario?: ScenarioName | undefined
  /** The preferences that were honoured, as the answer names them. */
  preferences?: string | undefined
  problem?: { code: ProblemCode; detail: string }
}

/** The last requests, in the order in which they ended. */
export interface Journal {
  /** Middleware that enters each request when it is over. */
  observe: RequestHandler
  exchanges(): readonly JournaledExchange[]
  /** The id of the newest one so far, 0 before the first. */
  lastId(): number
  clear(): void
}

/** Adds to what is known of the request that this is the response to. */
export function note(response: Response, notes: Notes): void {
  Object.assign(response.locals, notes)
}

/** Notes which preferences a response honours, and the problem that it describes. */
export function noteResponse(response: Response, { headers, problem }: ApiResponse): void {
  note(response, {
    preferences: headers['Preference-Applied'],
    ...(problem && { problem: { code: problem.code, detail: problem.message } }),
  })
}

/** `provider`: whose tokens are accepted besides our own. */
export function createJournal(limit: number, clock: () => Date, provider?: TrustedIssuers): Journal {
  const exchanges: JournaledExchange[] = []
  let lastId = 0
  const observe: RequestHandler = (request, response, next) => {
    const at = clock()
    response.once('close', () => {
      const notes = response.locals as Notes
      const { method, originalUrl: url, body } = request
      const refusal = notes.problem?.code === 'unauthorized' ? notes.problem.detail : undefined
      const isForced = notes.scenario !== undefined || notes.preferences?.includes('code=')
      exchanges.push({
        ...notes,
        id: ++lastId,
        at,
        method,
        url,
        headers: removeCredentials(request.headers),
        ...(body !== undefined && { body: redactBody(body) }),
        status: response.headersSent ? response.statusCode : null,
        durationMs: clock().getTime() - at.getTime(),
        ...(refusal && !isForced && { credentials: explainCredentials(request, refusal, at, provider) }),
        isForeignPage: isForeign(request.headers) && !response.hasHeader('Access-Control-Allow-Origin'),
      })
      if (exchanges.length > limit) exchanges.shift()
    })
    next()
  }
  return { observe, exchanges: () => exchanges, lastId: () => lastId, clear: () => void exchanges.splice(0) }
}

function isForeign({ origin, host }: IncomingHttpHeaders): boolean {
  return origin !== undefined && origin !== `http://${host}`
}
