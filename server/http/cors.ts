import cors from 'cors'
import type { RequestHandler } from 'express'
import type { Operation } from '../../spec/operation.ts'
import { inOrder } from './in-order.ts'

// Development servers of whatever port; RFC 6761 §6.3 keeps all of `.localhost` on this machine.
const localOrigin = /^https?:\/\/(localhost|[a-z0-9.-]+\.localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?$/

// RFC 1918, RFC 3927 and RFC 4193 addresses, names without a domain, and those of RFC 6762 (mDNS).
const privateAddress =
  '10(\\.\\d{1,3}){3}|192\\.168(\\.\\d{1,3}){2}|172\\.(1[6-9]|2\\d|3[01])(\\.\\d{1,3}){2}|169\\.254(\\.\\d{1,3}){2}'
const networkOrigin = new RegExp(
  `^https?://(${privateAddress}|\\[f[cde][0-9a-f:]+\\]|[a-z0-9-]+(\\.local)?)(:\\d+)?$`,
)

/** What responses have that no contract declares. */
const ownHeaders = [
  'Accept-Ranges',
  'Allow',
  'Content-Disposition',
  'Content-Range',
  'ETag',
  'Location',
  'Preference-Applied',
  'Retry-After',
  'WWW-Authenticate',
  'X-Mock-Engine',
  'X-Mock-Scenario',
]

export interface CorsOptions {
  /** Default: any origin on this machine; `*`: any at all. */
  origins?: readonly string[] | undefined
  /** Whether pages of other machines of the network count as local. */
  isOnNetwork?: boolean | undefined
  /** The operations whose declared response headers pages may read. */
  operations(): readonly Operation[]
}

/** Lets pages of some origins call with credentials, and read the responses. */
export function allowOrigins({ origins = [], isOnNetwork, operations }: CorsOptions): RequestHandler {
  const isLocal = (origin: string) => localOrigin.test(origin) || (isOnNetwork && networkOrigin.test(origin))
  const isAllowed = (origin: string) =>
    origins.length === 0 ? Boolean(isLocal(origin)) : origins.includes('*') || origins.includes(origin)
  const vary: RequestHandler = (_request, response, next) => {
    response.vary('Authorization, Origin')
    next()
  }
  const setHeaders = cors((_request, decide) =>
    decide(null, {
      origin: (origin, decide) => decide(null, origin !== undefined && isAllowed(origin)),
      credentials: true,
      methods: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'],
      exposedHeaders: headersOf(operations()),
      maxAge: 600,
      // The library would end every OPTIONS itself, with a Content-Length that a 204 must not have.
      preflightContinue: true,
    }),
  )
  const answerPreflight: RequestHandler = (request, response, next) => {
    const isAllowedPage = response.hasHeader('Access-Control-Allow-Origin')
    // The library sets it for pages that may not call as well.
    if (!isAllowedPage) response.removeHeader('Access-Control-Allow-Credentials')
    const isPreflight = request.method === 'OPTIONS' && request.headers['access-control-request-method']
    // Fetch standard: browsers send preflights without credentials, so they cannot wait for a token.
    if (isPreflight && isAllowedPage) response.status(204).end()
    else next()
  }
  return inOrder(vary, setHeaders, answerPreflight)
}

const exposed = new WeakMap<readonly Operation[], string[]>()

/** Computed once for the operations of a contract. */
function headersOf(operations: readonly Operation[]): string[] {
  const known = exposed.get(operations)
  if (known) return known
  const declared = operations.flatMap(({ responses }) =>
    responses.flatMap(({ headers }) => headers.map(({ name }) => name)),
  )
  const all = [...new Map([...ownHeaders, ...declared].map((name) => [name.toLowerCase(), name])).values()]
  exposed.set(operations, all)
  return all
}
