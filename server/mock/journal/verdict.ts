import type { Persona } from '../../../fixtures/personas.ts'
import type { Operation } from '../../../spec/operation.ts'
import { percentDecoded } from '../../../spec/percent-decoded.ts'
import { withoutServerPath } from '../../../spec/server-paths.ts'
import type { ProblemCode } from '../../http/problem.ts'
import { readPreferences } from '../preferences.ts'
import { isForced, type JournaledExchange } from './exchange.ts'
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
  serverPaths: readonly string[]
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
  if (exchange.isPassedOn) {
    const remark = 'Neither the contract nor the state answers this request: another deployment responded.'
    return { right: true, mistakes: [], remarks: [remark] }
  }
  const { problem, scenario, ownResponse, undocumented, credentials, cancelled, status } = exchange
  const mistakes = [credentials, ...findPathMistakes(exchange, context)]
  const remarks = [
    findMissingServerPath(exchange, context.serverPaths),
    scenario && `The scenario ${scenario} was applied to this request.`,
    ownResponse && `The response is one that was set: ${ownResponse}.`,
    undocumented && `The contract does not document this response: ${undocumented}.`,
    findIgnoredPreferences(exchange),
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
  if (cancelled) {
    const when = status === null ? 'before the response' : 'before the response was complete'
    remarks.push(`The client closed the connection ${when}.`)
  }
  const present = (texts: (string | undefined)[]) => texts.filter((text) => text !== undefined)
  return { right: present(mistakes).length === 0, mistakes: present(mistakes), remarks: present(remarks) }
}

function findPathMistakes(
  { method, url, operation }: JournaledExchange,
  { operations, serverPaths }: ReviewContext,
): string[] {
  const [sent = ''] = url.split(/[?#]/)
  const path = withoutServerPath(sent, serverPaths) ?? sent
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
  const meant = called ?? operations.find((one) => one.path === template && isMethodOf(one, method))
  return [...findUnfilledParameters(template, path), ...(meant ? findUnknownQuery(meant, url) : [])]
}

/** A status or an example that the `Prefer` header asks for, and that was not applied. */
function findIgnoredPreferences({
  operation,
  headers,
  preferences = '',
}: JournaledExchange): string | undefined {
  const { code, example } = readPreferences(headers.prefer?.toString())
  const asked = Object.entries({ code, example }).filter(([, value]) => value !== undefined)
  const ignored = asked
    .map(([name, value]) => `${name}=${String(value).slice(0, 64)}`)
    .filter((preference) => !preferences.split(', ').includes(preference))
  if (!operation || ignored.length === 0) return undefined
  return `Prefer: ${ignored.join(', ')} was not applied: ${operation} documents no such response, or it does not fit this request.`
}

/** The mock serves operations at the root as well; the contract's servers do not. */
function findMissingServerPath(
  { url, operation }: JournaledExchange,
  serverPaths: readonly string[],
): string | undefined {
  const [path = ''] = url.split(/[?#]/)
  return operation && withoutServerPath(path, serverPaths) === undefined
    ? `The contract's servers have their operations below ${serverPaths.join(' or ')}, which the path lacks.`
    : undefined
}

const isMethodOf = (operation: Operation, method: string) =>
  operation.method === (method === 'HEAD' ? 'get' : method.toLowerCase())

/** Query parameters that the operation does not have: the server ignores them. */
function findUnknownQuery({ operationId, query }: Operation, url: string): string[] {
  const [, search = ''] = url.split('#')[0]!.split(/\?(.*)/s)
  // `filter[name]` belongs to the parameter `filter` (style deepObject).
  const names = new Set([...new URLSearchParams(search).keys()].map((name) => name.replace(/\[.*/s, '')))
  const known = query.length > 0 ? `it has ${query.join(', ')}` : 'it has none'
  return [...names]
    .filter((name) => !query.includes(name))
    .map((name) => `${operationId} has no query parameter ${name.slice(0, 64)}, which is ignored: ${known}.`)
}

/** Path parameters that hold `undefined` and the like, or the template's own placeholder. */
function findUnfilledParameters(template: string, path: string): string[] {
  const found = path.split('/').map(percentDecoded)
  return template.split('/').flatMap((part, index) => {
    const isUnfilled =
      part.startsWith('{') && /^(undefined|null|NaN|\[object Object\]|[{:].*)$/.test(found[index] ?? '')
    return isUnfilled ? [`The path has "${found[index]}" where ${part} belongs.`] : []
  })
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
