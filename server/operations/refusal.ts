import { responseFor } from '../../spec/operation.ts'
import type { ServedContract } from '../contract.ts'
import { plainProblemResponse, problemResponse } from '../http/problem-response.ts'
import { findContractViolation, type RefusalForm } from '../http/response-guard.ts'
import { createExampleEngine } from './example-engine.ts'

/**
 * Refusals have the body of our API. An operation of another one is refused as its contract documents it, by example, or
 * else with a problem that has nothing of ours.
 */
export function createRefusalForm(contract: ServedContract): RefusalForm {
  const { ours } = contract
  const examples = createExampleEngine(contract)
  return async (operation, problem) => {
    const isOurs = operation ? ours.has(operation.operationId) : ours.size > 0
    if (isOurs) return problemResponse(problem)
    const plain = plainProblemResponse(problem)
    if (!operation || !responseFor(operation, problem.status)) return plain
    if (!findContractViolation(operation, plain)) return plain
    const documented = await examples(operation, { code: problem.status })
    return { ...documented, headers: { ...documented.headers, ...problem.headers }, problem }
  }
}
