import type { Operation, RequestKey } from '../../spec/operation.ts'
import { missingTokenDetail } from '../authentication/challenge.ts'
import type { ServedContract } from '../contract.ts'
import { Problem } from '../http/problem.ts'
import { createOperationFinder } from '../http/request-matcher.ts'
import type { Service } from '../service.ts'
import { createRefusalForm } from './refusal.ts'

/** A service whose refusals of another API's operations, too, have the form that its contract documents. */
export function refuseAsDocumented(service: Service, contract: ServedContract): Service {
  const { operations, ours } = contract
  if (operations.every(({ operationId }) => ours.has(operationId))) return service
  const find = createOperationFinder(operations)
  const refuse = createRefusalForm(contract)
  return (request, response) =>
    service(request, response).catch((error: unknown) => {
      if (!(error instanceof Problem)) throw error
      const operation = find(request)
      return refuse(operation, operation ? withKeys(error, operation) : error)
    })
}

/** Where no credentials were sent: names the keys that the operation takes as well. */
function withKeys(problem: Problem, { keys }: Operation): Problem {
  if (keys.length === 0 || problem.message !== missingTokenDetail) return problem
  const ways = keys.map((together) => together.map(nameKey).join(' and '))
  const detail = `Send ${ways.join(', or ')}, or a bearer token in the Authorization header.`
  return new Problem('unauthorized', detail, problem.headers)
}

const nameKey = ({ in: place, name, scheme }: RequestKey) =>
  `the ${place === 'query' ? 'query parameter' : place} ${name}${scheme ? ` with ${scheme}` : ''}`
