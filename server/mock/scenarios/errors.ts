import type { Operation } from '../../../spec/operation.ts'
import { invalidToken } from '../../authentication/challenge.ts'
import { Problem } from '../../http/problem.ts'
import { documentedProblem } from '../preferences.ts'
import type { Scenario } from './scenario.ts'

export const documentedError: Scenario<{ status: number }, 'status'> = {
  title: 'An error that the contract documents for the operation.',
  parameters: {
    status: { type: 'integer', minimum: 400, maximum: 599, description: 'a documented status' },
  },
  required: ['status'],
  explainUnsupported: (operation, { status }) =>
    problemOf(operation, status)
      ? undefined
      : `${operation.operationId} documents ${errorsOf(operation).join(', ')}, not ${status}`,
  play: ({ operation, parameters }) => problemOf(operation, parameters.status),
}

export const expiredSession: Scenario = {
  title: 'The session has expired: 401, as for an expired token. Set after to let the first calls succeed.',
  parameters: {},
  play: () => invalidToken('The access token has expired.'),
}

export const rateLimited: Scenario<{ retryAfter: number }> = {
  title: 'Too many requests: 429 with Retry-After.',
  parameters: { retryAfter: seconds(30) },
  play: ({ parameters }) => retryLater('rate_limited', 'Too many requests.', parameters.retryAfter),
}

export const unavailable: Scenario<{ retryAfter: number }> = {
  title: 'The service is temporarily unavailable: 503 with Retry-After.',
  parameters: { retryAfter: seconds(5) },
  play: ({ parameters }) => retryLater('unavailable', 'The service is unavailable.', parameters.retryAfter),
}

export const serverError: Scenario = {
  title: 'The service fails with an internal error: 500.',
  parameters: {},
  play: () => new Problem('internal_error', 'The service failed.'),
}

function problemOf(operation: Operation, status: number): Problem | undefined {
  return documentedProblem(operation, status, `Answered ${status} because the scenario "error" is set.`)
}

function errorsOf({ responses }: Operation): number[] {
  return responses.map(({ status }) => status).filter((status) => status >= 400)
}

function retryLater(code: 'rate_limited' | 'unavailable', detail: string, retryAfter: number): Problem {
  return new Problem(code, `${detail} Try again in ${retryAfter} s.`, { 'Retry-After': `${retryAfter}` })
}

function seconds(byDefault: number) {
  return { type: 'integer', minimum: 0, maximum: 86_400, default: byDefault, description: 'in seconds' }
}
