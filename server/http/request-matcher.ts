import express, { type ErrorRequestHandler, type Request, type RequestHandler, type Response } from 'express'
import type { Contract } from '../../spec/contract-document.ts'
import { listFirst } from '../../spec/list-first.ts'
import type { Operation, RequestKey } from '../../spec/operation.ts'
import { valueAt } from '../../spec/pointer.ts'
import { BoundedMap } from '../authentication/bounded-map.ts'
import { readJsonBody } from './json-body.ts'
import { Problem } from './problem.ts'
import { requestPart } from './request-part.ts'
import { wordFault } from './validation-wording.ts'

/** An operation of the contract, with its path parameters decoded and its query as the contract reads it. */
export interface Match {
  operation: Operation
  path: Record<string, string>
  query: Request['query']
}

export type RequestMatcher = (request: Request, response: Response) => Promise<Match>

interface ValidatorError extends Error {
  status: number
  headers?: { Allow?: string }
  errors?: { path: string; message: string; errorCode?: string }[]
}

/**
 * Finds the operation that a request calls and validates the request against it, by
 * express-openapi-validator. Throws `not_found`, `method_not_allowed` and `bad_request`.
 */
export function createRequestMatcher({ openapi, operations }: Contract): RequestMatcher {
  const paths = [...new Set(operations.map(({ path }) => path))].map(templatePattern)
  const accepted = new BoundedMap<string, Match>(500)
  return async (request, response) => {
    const address = `${request.method} ${request.url}`
    const { 'content-length': length, 'transfer-encoding': coding } = request.headers
    const known = length || coding ? undefined : accepted.get(address)
    if (known) return known
    if (!paths.some((pattern) => pattern.test(request.path))) throw nothingHere()
    const { method } = request
    const unreadable = await readJsonBody(request, response).catch((problem: Problem) => problem)
    // HEAD is GET without the content (RFC 9110 §9.3.2); the validator knows only what the contract lists.
    if (method === 'HEAD') request.method = 'GET'
    try {
      const error = await run(await validatorOf(openapi), request, response)
      if (error && error.status !== 400) throw explain(error)
      const match = matchOf(request, operations)
      // The validator misses a body only where the schema has required properties, and says nothing of the reason.
      const { body } = match.operation
      if (body && unreadable) throw unreadable
      if (body === 'required' && request.body === undefined) throw missingBody()
      if (error) throw explain(error)
      if (isToldByAddress(openapi, match.operation)) accepted.set(address, match)
      return match
    } finally {
      request.method = method
    }
  }
}

const validators = new WeakMap<object, Promise<RequestHandler>>()

/** Called with what the validator says of a request. */
const outcomes = new WeakMap<Request, (error?: unknown) => void>()

/** It takes longer to load than all the rest, and many requests are refused without it. Servers of a contract share it. */
function validatorOf(openapi: Contract['openapi']): Promise<RequestHandler> {
  const made = validators.get(openapi) ?? createValidator(openapi)
  validators.set(openapi, made)
  return made
}

async function createValidator(openapi: Contract['openapi']): Promise<RequestHandler> {
  const OpenApiValidator = await import('express-openapi-validator')
  const validator = express()
  validator.disable('x-powered-by')
  validator.enable('strict routing')
  validator.enable('case sensitive routing')
  validator.use(
    OpenApiValidator.middleware({
      // The validator changes the document it is given. Paths are served at the root, as Prism does.
      apiSpec: { ...structuredClone(requestPart(openapi)), servers: [{ url: '/' }] } as never,
      validateApiSpec: false,
      validateRequests: { allowUnknownQueryParameters: true, allErrors: true },
      validateResponses: false,
      validateSecurity: false,
      fileUploader: false,
      useRequestUrl: true,
    }),
  )
  // Where nothing is left in a chain, Express waits for `setImmediate`, which fake timers of a test suite replace.
  validator.use((request, _response, _next) => outcomes.get(request)?.())
  validator.use(((error, request, _response, _next) => outcomes.get(request)?.(error)) as ErrorRequestHandler)
  return validator
}

/** Whether nothing but method and address can make a request of the operation right or wrong. */
function isToldByAddress(openapi: Contract['openapi'], { path, method, body }: Operation): boolean {
  const item: PathItem = openapi.paths[path] ?? {}
  const { parameters = [] } = item[method] ?? {}
  const places = [...(item.parameters ?? []), ...parameters].map((parameter) => {
    const meant = '$ref' in parameter ? valueAt(openapi, parameter.$ref.slice(1)) : parameter
    return (meant as { in?: string } | undefined)?.in
  })
  return !body && places.every((place) => place === 'path' || place === 'query')
}

/** Finds the operation that method and path of a request call, without validating anything. */
export function createOperationFinder(
  operations: readonly Operation[],
): (request: Pick<Request, 'method' | 'path'>) => Operation | undefined {
  const candidates = operations
    .map((operation) => ({ operation, pattern: templatePattern(operation.path) }))
    // A literal segment goes before a parameter (OAS 3.0.3, Paths Object).
    .sort((one, other) => one.operation.path.split('{').length - other.operation.path.split('{').length)
  const shapeOf = (method: string, path: string) => `${method} ${path.split('/').length}`
  const byShape = Map.groupBy(candidates, ({ operation: { method, path } }) => shapeOf(method, path))
  return ({ method, path }) =>
    byShape
      .get(shapeOf(method === 'HEAD' ? 'get' : method.toLowerCase(), path))
      ?.find(({ pattern }) => pattern.test(path))?.operation
}

type Parameters = { parameters?: ({ in: string } | { $ref: string })[] }
type PathItem = Parameters & Partial<Record<Operation['method'], Parameters>>

/**
 * Whether a request needs no token, told before its body is read: no operation does, anybody may call this one, or the
 * request carries an API key or a password that it takes instead.
 */
export function createPublicMatcher(operations: readonly Operation[]): (request: Request) => boolean {
  if (operations.every(({ isPublic }) => isPublic)) return () => true
  const find = createOperationFinder(operations)
  // What is not there is the same to everybody who may call anything.
  const elsewhere = { isPublic: false, keys: operations.flatMap(({ keys }) => keys) }
  return (request) => {
    const { isPublic, keys } = find(request) ?? elsewhere
    return isPublic || keys.some((together) => together.every((key) => isCarried(key, request)))
  }
}

function isCarried({ in: place, name, scheme }: RequestKey, { headers, query }: Request): boolean {
  if (place === 'query') return Boolean(query[name])
  const value = headers[place === 'header' ? name.toLowerCase() : 'cookie'] ?? ''
  if (place === 'cookie') return `;${value}`.replaceAll(' ', '').includes(`;${name}=`)
  return scheme ? String(value).toLowerCase().startsWith(`${scheme.toLowerCase()} `) : value.length > 0
}

function templatePattern(path: string): RegExp {
  const literals = path.split(/\{[^{}]+\}/).map((literal) => literal.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  return new RegExp(`^${literals.join('[^/]+')}$`)
}

/** What a middleware passes on as an error. */
function run(
  middleware: RequestHandler,
  request: Request,
  response: Response,
): Promise<ValidatorError | undefined> {
  return new Promise((resolve) => {
    const end = (error?: unknown) => resolve(error as ValidatorError | undefined)
    outcomes.set(request, end)
    middleware(request, response, end)
  })
}

function matchOf(request: Request, operations: Operation[]): Match {
  const { openapi } = request as { openapi?: { openApiRoute: string; pathParams: Record<string, string> } }
  const operation = operations.find(
    ({ path, method }) => path === openapi?.openApiRoute && method === request.method.toLowerCase(),
  )
  // The validator's router takes `/usage.pdf/` for `/usage.pdf` whatever it is told.
  if (!openapi || !operation || request.path.endsWith('/')) throw nothingHere()
  return { operation, path: openapi.pathParams, query: request.query }
}

function explain(error: ValidatorError): Error {
  if (error.status === 404) return nothingHere()
  if (error.status === 405) {
    const documented = (error.headers?.Allow ?? '').toUpperCase().split(', ')
    const allowed = [...documented, ...(documented.includes('GET') ? ['HEAD'] : []), 'OPTIONS']
    return new Problem('method_not_allowed', `Use ${allowed.join(', ')}.`, { Allow: allowed.join(', ') })
  }
  if (error.status === 415) return new Problem('unsupported_media_type', 'Send application/json.')
  if (error.status !== 400) return error
  // A path that cannot be decoded, or whose parameter breaks its schema, is the path of nothing.
  const isBesidePath = error.errors?.some(({ path }) => /^\/(query|headers|cookies|body)\b/.test(path))
  if (!isBesidePath) return nothingHere()
  return new Problem('bad_request', `${listFirst((error.errors ?? []).map(wordError), '; ')}.`)
}

/** `path` is where the value is: `/body/limits/users`, `/query/limit`. */
function wordError({
  path,
  message,
  errorCode = '',
}: {
  path: string
  message: string
  errorCode?: string
}): string {
  const [part = '', ...place] = path.split('/').slice(1)
  const [keyword = ''] = errorCode.split('.')
  if (part === 'body') return wordFault({ place, keyword, message }, 'The body')
  const where = { query: 'query parameter', headers: 'header', cookies: 'cookie' }[part] ?? part
  return `The ${where} ${wordFault({ place, keyword, message }, '')}`
}

function missingBody(): Problem {
  return new Problem('bad_request', 'The operation needs a JSON body.')
}

function nothingHere(): Problem {
  return new Problem('not_found', 'There is nothing here.')
}
