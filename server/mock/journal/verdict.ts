import type { Persona } from '../../../fixtures/personas.ts'
import type { Operation } from '../../../spec/operation.ts'
import type { ProblemCode } from '../../http/problem.ts'
import type { JournaledExchange } from './journal.ts'
import { nearestPath, templateOf } from './nearest-path.ts'

/** What the contract has to say of a request, for whoever wrote the client. */
export interface RequestVerdict {
  /** Whether the client kept to the contract. It may have been refused all the same. */
  right: boolean
  /** What the client did wrong. */
  mistakes: string[]
  /** Why it was answered so, where that is not the client's mistake. */
  remarks: string[]
}

export interface ReviewContext {
  operations: readonly Operation[]
  personas: readonly Persona[]
}

/** Refusals of a request that breaks the contract, whatever the data. */
const mistaken: readonly ProblemCode[] = [
  'bad_request',
  'not_acceptable',
  'content_too_large',
  'unsupported_media_type',
]

/** Judges the request by itself: a missing token does not keep a wrong path from being told. */
export function reviewExchange(exchange: JournaledExchange, context: ReviewContext): RequestVerdict {
  const { problem, scenario, preferences, credentials } = exchange
  const isForced = scenario !== undefined || preferences?.includes('code=')
  const mistakes = [credentials, ...findPathMistakes(exchange, context.operations)]
  const remarks = [scenario && `The scenario ${scenario} had its way with the answer.`]
  if (isForced) remarks.push(problem?.detail)
  else if (problem && mistaken.includes(problem.code)) mistakes.push(problem.detail)
  else if (exchange.operation || problem?.code === 'unavailable') {
    remarks.push(problem?.detail, explainAccess(exchange, context))
  }
  if (exchange.isForeignPage) {
    const { origin } = exchange.headers
    remarks.push(`Pages of ${origin} may not read the answer (CORS): start with --cors ${origin}.`)
  }
  if (exchange.status === null && !scenario) remarks.push('The client left before it was answered.')
  const said = (texts: (string | undefined)[]) => texts.filter((text) => text !== undefined)
  return { right: said(mistakes).length === 0, mistakes: said(mistakes), remarks: said(remarks) }
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
    return [`${method} is not documented for ${template}, but ${documented.join(', ')}.`]
  }
  return findUnfilled(template, path)
}

/** Where a program's idea of nothing, or the template itself, has been put into a path. */
function findUnfilled(template: string, path: string): string[] {
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
  if (!caller) return `The token is of ${subject}, who is no persona.`
  const roles = caller.memberships.map(({ workspace, role }) => `${role} of ${workspace}`)
  return `${persona} is ${roles.join(', ') || 'a member of no workspace'}.`
}
