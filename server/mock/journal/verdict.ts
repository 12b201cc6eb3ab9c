import type { Persona } from '../../../fixtures/personas.ts'
import type { Operation } from '../../../spec/operation.ts'
import type { ProblemCode } from '../../http/problem.ts'
import { isForced, type JournaledExchange } from './journal.ts'
import { nearestPath, templateOf } from './nearest-path.ts'

/** Whether a request keeps to the contract, for the client's developer. */
export interface RequestVerdict {
  /** Whether the client kept to the contract. The request may have been refused all the same: see `remarks`. */
  right: boolean
  /** What the client did wrong. */
  mistakes: string[]
  /** Why the response is what it is, where that is not the client's mistake. */
  remarks: string[]
}

/** What a request is reviewed against. */
export interface ReviewContext {
  operations: readonly Operation[]
  personas: readonly Persona[]
}

/** Problems that are always the client's mistake: the request breaks the contract, whatever the data. */
const problemsOfClients: readonly ProblemCode[] = [
  'bad_request',
  'not_acceptable',
  'content_too_large',
  'unsupported_media_type',
]

/** Reviews every part of the request by itself: a missing token does not hide a wrong path. */
export function reviewExchange(exchange: JournaledExchange, context: ReviewContext): RequestVerdict {
  const { problem, scenario, ownResponse, undocumented, credentials } = exchange
  const mistakes = [credentials, ...findPathMistakes(exchange, context.operations)]
  const remarks = [
    scenario && `The scenario ${scenario} was applied to this request.`,
    ownResponse && `The response is one that was set: ${ownResponse}.`,
    undocumented && `The contract does not document this response: ${undocumented}.`,
  ]
  if (isForced(exchange)) remarks.push(problem?.detail)
  else if (problem && problemsOfClients.includes(problem.code)) mistakes.push(problem.detail)
  else if (exchange.operation || problem?.code === 'unavailable') {
    remarks.push(problem?.detail, explainAccess(exchange, context))
  }
  if (exchange.isForeignPage) {
    const { origin } = exchange.headers
    remarks.push(`Pages of ${origin} may not read the response (CORS): start the mock with --cors ${origin}.`)
  }
  if (exchange.status === null && !isForced(exchange))
    remarks.push('The client closed the connection before the response.')
  const present = (texts: (string | undefined)[]) => texts.filter((text) => text !== undefined)
  return { right: present(mistakes).length === 0, mistakes: present(mistakes), remarks: present(remarks) }
}

function findPathMistakes(
  { method, url, operation }: JournaledExchange,
  operations: readonly Operation[],
): string[] {
  const [path = ''] = url.split(/[?#]/)
  const called = operations.find(({ operationId }) => operationId === operation)
  const template = called?.path ?? templateOf(path, operations)
  if (template === undefined) {
    const nearest = nearestPath(path, operations)
    return [`The contract has no path ${path}.${nearest ? ` The nearest is ${nearest}.` : ''}`]
  }
  const documented = operations.filter((one) => one.path === template).map((one) => one.method.toUpperCase())
  if (!called && ![...documented, 'HEAD', 'OPTIONS'].includes(method)) {
    return [`${method} is not documented for ${template}; documented: ${documented.join(', ')}.`]
  }
  return findUnfilledParameters(template, path)
}

/** Path parameters that hold `undefined` and the like, or the template's own placeholder. */
function findUnfilledParameters(template: string, path: string): string[] {
  const found = path.split('/').map(decode)
  return template.split('/').flatMap((part, index) => {
    const isUnfilled =
      part.startsWith('{') && /^(undefined|null|NaN|\[object Object\]|[{:].*)$/.test(found[index] ?? '')
    return isUnfilled ? [`The path has "${found[index]}" where ${part} belongs.`] : []
  })
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment
  }
}

function explainAccess(
  { problem, persona, subject }: JournaledExchange,
  { personas }: ReviewContext,
): string | undefined {
  if (!subject || (problem?.code !== 'forbidden' && problem?.code !== 'not_found')) return undefined
  const caller = personas.find(({ name }) => name === persona)
  if (!caller) return `The token's subject ${subject} is not a persona of this mock.`
  const roles = caller.memberships.map(({ workspace, role }) => `${role} of ${workspace}`)
  return `${persona} is ${roles.join(', ') || 'a member of no workspace'}.`
}
