import type { Request, Response } from 'express'
import type { Logger } from 'pino'
import type { ContractDocument } from '../spec/document.ts'
import type { Operation } from '../spec/operation.ts'
import type { Answer } from './answer.ts'
import type { Caller } from './authentication/verifier.ts'
import { findFault } from './guard.ts'
import { assertAcceptable } from './http/negotiation.ts'
import { selectRepresentation } from './http/representation.ts'
import type { Call } from './operations/handler.ts'
import type { Handlers } from './operations/index.ts'
import { assertNotPreferred, nameApplied, readPreferences } from './preferences.ts'
import { answerProblem, Problem } from './problem.ts'
import { createRequestMatcher } from './request-matcher.ts'

export interface ServiceOptions {
  contract: ContractDocument
  handlers: Handlers
  /** Asked at each request, since a reset replaces the state. */
  resources(): Pick<Call, 'state' | 'render'>
  delayMs: number
  /** Lets that many milliseconds pass. */
  sleep(ms: number): Promise<unknown>
  log: Logger
}

/** Answers the authenticated requests of a contract. Throws `Problem` for what is no operation. */
export type Service = (request: Request, response: Response, caller: Caller) => Promise<Answer>

/** The operations of a contract, each answer held against it before it may leave. */
export function createService({
  contract,
  handlers,
  resources,
  delayMs,
  sleep,
  log,
}: ServiceOptions): Service {
  const match = createRequestMatcher(contract)

  return async (request, response, caller) => {
    const matched = await match(request, response).catch((problem) => listMethods(request, problem))
    if ('status' in matched) return matched
    const { operation, path } = matched
    const preferences = readPreferences(request.get('Prefer'))
    const pause = delayMs + (preferences.wait ?? 0) * 1000
    if (pause > 0) await sleep(pause)

    const answer = await guarded(operation, log, async () => {
      assertNotPreferred(operation, preferences)
      const handler = handlers[operation.operationId]
      if (!handler) throw new Problem('not_implemented', 'This server has no handler for the operation.')
      const complete = assertDocumented(operation, await handler({ caller, path, ...resources() }))
      assertAcceptable(request, complete)
      return selectRepresentation(request, complete)
    })
    return nameApplied(answer, preferences)
  }
}

/** RFC 9110 §9.3.7: OPTIONS asks for what a 405 would have said. */
function listMethods({ method }: Request, problem: unknown): Answer {
  const { Allow } = problem instanceof Problem ? problem.headers : {}
  if (method !== 'OPTIONS' || !Allow) throw problem
  return { status: 204, headers: { Allow } }
}

async function guarded(operation: Operation, log: Logger, produce: () => Promise<Answer>): Promise<Answer> {
  try {
    return await produce()
  } catch (error) {
    try {
      if (error instanceof Problem) return assertDocumented(operation, answerProblem(error))
      throw error
    } catch (err) {
      log.error({ operation: operation.operationId, err }, 'answered 500 instead')
      return answerProblem(new Problem('internal_error', 'The server could not produce a documented answer.'))
    }
  }
}

function assertDocumented(operation: Operation, answer: Answer): Answer {
  const fault = findFault(operation, answer)
  if (fault) throw new Error(`${operation.operationId}: ${fault}`)
  return answer
}
