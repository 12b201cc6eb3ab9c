import type { IncomingHttpHeaders } from 'node:http'
import type { Request, Response } from 'express'
import type { Logger } from 'pino'
import type { Operation } from '../spec/operation.ts'
import { anonymous, type Caller } from './authentication/verifier.ts'
import type { ServedContract } from './contract.ts'
import type { State } from './domain/state.ts'
import type { ApiResponse } from './http/api-response.ts'
import { clientDisconnectSignal } from './http/client-disconnect.ts'
import { assertAcceptable } from './http/negotiation.ts'
import { Problem } from './http/problem.ts'
import { selectRepresentation } from './http/representation.ts'
import { createPublicMatcher, createRequestMatcher, type Match } from './http/request-matcher.ts'
import { assertDocumented, guardResponse, type RefusalForm } from './http/response-guard.ts'
import {
  assertNotPreferred,
  knownPreferences,
  nameApplied,
  type Preferences,
  prefersOtherSuccess,
  readPreferences,
} from './mock/preferences.ts'
import { createExampleEngine } from './operations/example-engine.ts'
import type { Handler, Resources } from './operations/handler.ts'
import type { Handlers } from './operations/index.ts'
import { createRefusalForm } from './operations/refusal.ts'
import { respondFromExamples } from './operations/respondFromExamples.ts'
import { isUsageExample } from './operations/usage-examples.ts'
import type { Kept } from './persistence/kept.ts'

export interface ServiceOptions {
  contract: ServedContract
  handlers: Partial<Handlers>
  /** Rejects with the problem `unauthorized`. Not called for public operations. */
  authenticate(request: Request): Promise<Caller>
  state: Kept<State>
  /** Called for each request. */
  resources(): Omit<Resources, 'examples' | 'state'>
  /** Responds to a call: as the operation does, or as a scenario wants it. */
  perform(call: PerformedCall): Promise<ApiResponse>
  /** Whether a response is set that callers without a valid token get too. */
  respondsToAnybody(): boolean
  delayMs: number
  /** Waits that many milliseconds; rejects as soon as the signal is aborted. */
  sleep(ms: number, signal: AbortSignal): Promise<unknown>
  log: Logger
}

/** A call of an operation that is matched and authenticated, and not carried out yet. */
export interface PerformedCall {
  operation: Operation
  caller: Caller
  /** Why the request is refused unless a response is set: what is wrong with its token. */
  refusal?: string
  response: Response
  /** Aborted when the client disconnects. */
  signal: AbortSignal
  /** Carries the operation out and gives its response. */
  respond(): Promise<ApiResponse>
  /** The same with the full body, whatever conditions and range the request has. */
  respondUnconditionally(): Promise<ApiResponse>
  refuse: RefusalForm
}

/** Responds to the requests of a contract. Throws `Problem` where the request calls no operation. */
export type Service = (request: Request, response: Response) => Promise<ApiResponse>

interface Exchange extends Match {
  request: Request
  caller: Caller
  preferences: Preferences
  signal: AbortSignal
}

/** Serves the operations of a contract: each response is validated against it before it is sent. */
export function createService({ contract, handlers, ...options }: ServiceOptions): Service {
  const { authenticate, state, resources, perform, respondsToAnybody, delayMs, sleep, log } = options
  const matchRequest = createRequestMatcher(contract)
  const isPublic = createPublicMatcher(contract.operations)
  const examples = createExampleEngine(contract)
  const refuse = createRefusalForm(contract)
  const { ours } = contract

  return async (request, response) => {
    const signal = clientDisconnectSignal(response)
    let caller = anonymous
    try {
      if (!isPublic(request)) caller = await authenticate(request)
    } catch (refusal) {
      return respondToRefused(request, response, signal, refusal)
    }
    const match = await matchRequest(request, response).catch((problem) => listMethods(request, problem))
    if ('status' in match) return match
    const { operation } = match
    const preferences = knownPreferences(operation, readPreferences(request.get('Prefer')))
    const waitMs = delayMs + (preferences.wait ?? 0) * 1000
    if (waitMs > 0) await sleep(waitMs, signal)
    const exchange: Exchange = { ...match, request, caller, preferences, signal }
    // Whoever responds in the operation's place may ask for its response more than once.
    let complete: Promise<ApiResponse> | undefined
    const carryOut = () => (complete ??= callOperation(exchange))
    const isSet = (name: string) => response.hasHeader(name)
    return perform({
      operation,
      caller,
      response,
      signal,
      respond: () => respondTo(exchange, request.headers, isSet, carryOut),
      respondUnconditionally: () => respondTo(exchange, {}, isSet, carryOut),
      refuse,
    })
  }

  /** As that of a gateway, a response set for any caller comes before authentication. Without one, throws the refusal. */
  async function respondToRefused(
    request: Request,
    response: Response,
    signal: AbortSignal,
    refusal: unknown,
  ): Promise<ApiResponse> {
    if (!(refusal instanceof Problem) || !respondsToAnybody()) throw refusal
    const match = await matchRequest(request, response).catch(() => undefined)
    if (!match) throw refusal
    const { operation } = match
    const respond = () => Promise.reject(refusal)
    const refused = { operation, caller: anonymous, refusal: refusal.message, response, signal }
    return perform({ ...refused, respond, respondUnconditionally: respond, refuse })
  }

  /** `headers`: those whose conditions and range count. */
  async function respondTo(
    { request: { method }, operation, preferences, signal }: Exchange,
    headers: IncomingHttpHeaders,
    isSet: (name: string) => boolean,
    carryOut: () => Promise<ApiResponse>,
  ): Promise<ApiResponse> {
    const response = await guardResponse({ operation, signal, log, refuse, isSet }, async () => {
      const complete = await carryOut()
      // Conditions on a change would have to be evaluated before the handler makes it.
      return isReading(method) ? selectRepresentation({ method, headers }, complete) : complete
    })
    return nameApplied(response, preferences)
  }

  async function callOperation(exchange: Exchange): Promise<ApiResponse> {
    const { request, operation, preferences } = exchange
    if (ours.has(operation.operationId)) assertNotPreferred(operation, preferences)
    assertAcceptable(request, operation)
    const call = async (state: State) => assertDocumented(operation, await callHandler(exchange, state))
    return isReading(request.method) ? call(state.current()) : state.change(call)
  }

  async function callHandler(
    { request, preferences, ...exchange }: Exchange,
    state: State,
  ): Promise<ApiResponse> {
    const { operation } = exchange
    if (!ours.has(operation.operationId)) return examples(operation, preferences)
    const { example } = preferences
    const call = {
      ...exchange,
      ...resources(),
      state,
      body: request.body,
      preferredExample: example,
      examples,
    }
    // The types cannot tell which operation's handler it is; the request has been validated against its operation.
    const handler = chooseHandler(operation, example) as Handler
    const response = await handler(call as never)
    return prefersOtherSuccess(operation, response, preferences) ? examples(operation, preferences) : response
  }

  /** An example of the contract that the request prefers takes the place of the operation's own handler. */
  function chooseHandler({ operationId }: Operation, example: string | undefined) {
    const isOfContract = example !== undefined && !isUsageExample(operationId, example)
    return (isOfContract ? undefined : handlers[operationId]) ?? respondFromExamples
  }
}

const isReading = (method: string) => method === 'GET' || method === 'HEAD'

/** RFC 9110 §9.3.7: the response to OPTIONS lists the methods that a 405 lists. */
function listMethods({ method }: Request, problem: unknown): ApiResponse {
  const { Allow } = problem instanceof Problem ? problem.headers : {}
  if (method !== 'OPTIONS' || !Allow) throw problem
  return { status: 204, headers: { Allow } }
}
