import type { IncomingHttpHeaders } from 'node:http'
import type { Request, Response } from 'express'
import type { Logger } from 'pino'
import type { ContractDocument } from '../spec/contract-document.ts'
import type { Operation } from '../spec/operation.ts'
import { anonymous, type Caller } from './authentication/verifier.ts'
import type { ApiResponse } from './http/api-response.ts'
import { clientDisconnectSignal } from './http/client-disconnect.ts'
import { assertAcceptable } from './http/negotiation.ts'
import { Problem } from './http/problem.ts'
import { problemResponse } from './http/problem-response.ts'
import { selectRepresentation } from './http/representation.ts'
import { createPublicMatcher, createRequestMatcher } from './http/request-matcher.ts'
import { findContractViolation } from './http/response-guard.ts'
import {
  assertNotPreferred,
  knownPreferences,
  nameApplied,
  prefersOtherSuccess,
  readPreferences,
} from './mock/preferences.ts'
import { respondFromExamples } from './operations/answerFromExamples.ts'
import { createExampleEngine } from './operations/example-engine.ts'
import type { Handler, Resources } from './operations/handler.ts'
import type { Handlers } from './operations/index.ts'
import { isUsageExample } from './operations/usage-examples.ts'

export interface ServiceOptions {
  contract: ContractDocument
  handlers: Partial<Handlers>
  /** Asked at each request, since a reset replaces the state. */
  resources(): Omit<Resources, 'examples'>
  /** Carries out a call, or has it come out otherwise. */
  perform(call: PerformedCall): Promise<ApiResponse>
  /** Called when an operation has changed the state, before it is answered. */
  keep(): Promise<void>
  delayMs: number
  /** Lets that many milliseconds pass; rejects as soon as the signal is aborted. */
  sleep(ms: number, signal: AbortSignal): Promise<unknown>
  log: Logger
}

/** A call of an operation, before it is carried out. */
export interface PerformedCall {
  operation: Operation
  caller: Caller
  response: Response
  /** Aborted when nobody waits for the answer any more. */
  signal: AbortSignal
  /** Carries it out as the contract says. */
  respond(): Promise<ApiResponse>
  /** The same, but whatever conditions and range the request has: a body stands in every answer that has one. */
  respondUnconditionally(): Promise<ApiResponse>
}

/**
 * Answers the requests of a contract. `authenticate` is asked first, except about public operations.
 * Throws `Problem` for what is no operation.
 */
export type Service = (
  request: Request,
  response: Response,
  authenticate: () => Promise<Caller>,
) => Promise<ApiResponse>

/** The operations of a contract, each answer held against it before it may leave. */
export function createService({ contract, handlers, ...options }: ServiceOptions): Service {
  const { resources, perform, keep, delayMs, sleep, log } = options
  const match = createRequestMatcher(contract)
  const isPublic = createPublicMatcher(contract.operations)
  const examples = createExampleEngine(contract)

  return async (request, response, authenticate) => {
    const signal = clientDisconnectSignal(response)
    const caller = isPublic(request) ? anonymous : await authenticate()
    const matched = await match(request, response).catch((problem) => listMethods(request, problem))
    if ('status' in matched) return matched
    const { operation, path, query } = matched
    const preferences = knownPreferences(operation, readPreferences(request.get('Prefer')))
    const pause = delayMs + (preferences.wait ?? 0) * 1000
    if (pause > 0) await sleep(pause, signal)

    const carryOut = async (headers: IncomingHttpHeaders) => {
      const response = await guarded(operation, signal, log, async () => {
        assertNotPreferred(operation, preferences)
        assertAcceptable(request, operation)
        const { body } = request
        const preferredExample = preferences.example
        const { operationId } = operation
        const isOfContract = preferredExample !== undefined && !isUsageExample(operationId, preferredExample)
        const known = isOfContract ? undefined : handlers[operationId]
        // Whose handler it is the types cannot tell; the request has been validated against its operation.
        const handler = (known ?? respondFromExamples) as Handler
        const call = {
          operation,
          caller,
          path,
          query,
          body,
          signal,
          preferredExample,
          examples,
          ...resources(),
        }
        const given = await handler(call as never)
        const isOther = prefersOtherSuccess(operation, given, preferences)
        const complete = assertDocumented(operation, isOther ? await examples(operation, preferences) : given)
        const { method } = request
        if (method === 'GET' || method === 'HEAD') return selectRepresentation({ method, headers }, complete)
        // Conditions on a change would have to be evaluated before it.
        await keep()
        return complete
      })
      return nameApplied(response, preferences)
    }
    const [respond, respondUnconditionally] = [() => carryOut(request.headers), () => carryOut({})]
    return perform({ operation, caller, response, signal, respond, respondUnconditionally })
  }
}

/** RFC 9110 §9.3.7: OPTIONS asks for what a 405 would have said. */
function listMethods({ method }: Request, problem: unknown): ApiResponse {
  const { Allow } = problem instanceof Problem ? problem.headers : {}
  if (method !== 'OPTIONS' || !Allow) throw problem
  return { status: 204, headers: { Allow } }
}

async function guarded(
  operation: Operation,
  signal: AbortSignal,
  log: Logger,
  produce: () => Promise<ApiResponse>,
): Promise<ApiResponse> {
  try {
    return await produce()
  } catch (error) {
    if (signal.aborted) throw error
    try {
      if (error instanceof Problem) return assertDocumented(operation, problemResponse(error))
      throw error
    } catch (err) {
      log.error({ operation: operation.operationId, err }, 'answered 500 instead')
      return problemResponse(
        new Problem('internal_error', 'The server could not produce a documented answer.'),
      )
    }
  }
}

function assertDocumented(operation: Operation, response: ApiResponse): ApiResponse {
  const fault = findContractViolation(operation, response)
  if (fault) throw new Error(`${operation.operationId}: ${fault}`)
  return response
}
