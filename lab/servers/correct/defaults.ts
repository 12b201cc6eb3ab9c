import { posix } from 'node:path'
import type { Behaviour } from '../behaviour.ts'
import { countOf, type Exchange, requestHeader } from '../exchange.ts'
import { challenge, referenceBehaviour } from '../reference-behaviour.ts'
import { blocks, type Layout } from '../report/blocks.ts'
import { problem, response, withHeaders, withoutHeaders } from '../response.ts'
import { contentOf, headOf } from '../transmit.ts'
import { inArea } from './area.ts'

/** Responds itself where the function does, before anything else is looked at. */
const first = (respond: (exchange: Exchange) => ReturnType<typeof response> | undefined) => ({
  intercept: (exchange: Exchange) => respond(exchange) ?? referenceBehaviour.intercept(exchange),
})

const decoded = (path: string) => {
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}

/** Redirects a path to what the function makes of it. */
const redirectingTo = (normalFormOf: (path: string) => string): Partial<Behaviour> =>
  first(({ path }) => {
    const normalForm = normalFormOf(path)
    // Two slashes at the beginning would name a host (RFC 3986 §4.2).
    const location = normalForm.replace(/^\/+/, '/')
    return normalForm === path ? undefined : response(301, { Location: location, 'Content-Length': '0' })
  })

const cleaned = (path: string) => encodeURI(posix.normalize(decoded(path)))

const allowed = 'GET, HEAD, OPTIONS'

/** The reference layout, with these lines below it. */
const followedBy =
  (...lines: string[]): Layout =>
  (sheet, content) => {
    blocks(sheet, content)
    for (const line of lines) sheet.text('P', line, 9)
  }

/** What frameworks, their middleware and proxies do unless somebody tells them otherwise. */
export const defaults = inArea('answers', [
  {
    id: 'router-redirects-cleaned-path',
    title: 'redirects a path with dot segments or empty ones to the path without',
    behaviour: redirectingTo((path) => (/\/\.{1,2}\/|\/\//.test(decoded(path)) ? cleaned(path) : path)),
  },
  {
    id: 'router-redirects-encoded-path',
    title: 'redirects a path whose encoding is not needed to its normal form',
    behaviour: redirectingTo((path) =>
      /%(?:[46][1-9a-f]|[57][\da]|3\d|2[de]|5f|7e)/i.test(path) ? encodeURI(decoded(path)) : path,
    ),
  },
  {
    id: 'router-drops-path-parameters',
    title: 'drops path parameters before it routes, as servlet containers do',
    behaviour: { route: (path) => referenceBehaviour.route(path.replaceAll(/;[^/]*/g, '')) },
  },
  {
    id: 'console-beside-the-api',
    title: 'shows the page of its console at every path that the API does not have',
    behaviour: first(({ path }) =>
      /^\/workspaces\/[^/]+\/organizations/.test(cleaned(path)) || path.startsWith('/.well-known')
        ? undefined
        : response(200, { 'Content-Type': 'text/html' }, '<!doctype html><title>Console</title>'),
    ),
  },
  {
    id: 'method-override',
    title: 'takes the method from X-HTTP-Method-Override, and lists its methods as text',
    behaviour: first((exchange) => {
      const method = requestHeader(exchange, 'x-http-method-override') ?? exchange.method
      return method === 'OPTIONS'
        ? response(
            200,
            {
              'Content-Type': 'text/plain',
              Allow: allowed,
              'Access-Control-Allow-Headers': 'Authorization',
            },
            `${allowed}\n`,
          )
        : undefined
    }),
  },
  {
    id: 'preflight-whatever-the-method',
    title: 'answers whatever asks with Access-Control-Request-Method as a preflight request',
    behaviour: first((exchange) =>
      requestHeader(exchange, 'access-control-request-method') && requestHeader(exchange, 'origin')
        ? response(200, {
            'Access-Control-Allow-Methods': 'GET',
            'Access-Control-Allow-Headers': 'Authorization',
          })
        : undefined,
    ),
  },
  {
    id: 'scheme-of-rails',
    title: 'takes Token for another name of Bearer, as the helper of Rails does',
    behaviour: {
      credentials: (request, exchange) =>
        /^Token +(\S+)$/.exec(request.headers.authorization ?? '')?.[1] ??
        referenceBehaviour.credentials(request, exchange),
    },
  },
  {
    id: 'malformed-bearer-400',
    title: 'answers a Bearer header that breaks the grammar with 400 and invalid_request',
    behaviour: first((exchange) => {
      const authorization = requestHeader(exchange, 'authorization') ?? ''
      return /^Bearer\b(?!\s+[\w.~+/-]+=*\s*$)/i.test(authorization)
        ? problem(400, 'Bad Request', { 'WWW-Authenticate': `${challenge}, error="invalid_request"` })
        : undefined
    }),
  },
  {
    id: 'no-content-with-length',
    title: 'sends Content-Length: 0 with the 204 of a preflight request, as the package cors does',
    behaviour: {
      wire: (served, exchange) =>
        served.status === 204
          ? [headOf(served).replace('\r\n\r\n', '\r\nContent-Length: 0\r\n\r\n')]
          : referenceBehaviour.wire(served, exchange),
    },
  },
  {
    id: 'lower-case-and-trailers',
    title: 'writes field names in lower case and a trailer after the last chunk of every answer',
    behaviour: {
      wire: (served, exchange) => {
        const head = headOf(served).replace(/^[\w-]+(?=:)/gm, (name) => name.toLowerCase())
        const body = contentOf(served, exchange)
        if (body.length === 0 || exchange.request.httpVersion === '1.0') return [head, body]
        return [
          head.replace(/^content-length:.*$/m, 'transfer-encoding: chunked\r\ntrailer: server-timing'),
          `${body.length.toString(16)}\r\n`,
          body,
          '\r\n0\r\nserver-timing: app;dur=12\r\n\r\n',
        ]
      },
    },
  },
  {
    id: 'hiding-unknown-origin-403',
    title: 'hides workspaces, and refuses pages of an unknown origin with 403',
    outsider: 404,
    behaviour: {
      ...first(({ request: { headers } }) =>
        headers.origin === undefined
          ? undefined
          : response(403, { 'Content-Type': 'text/plain' }, 'Invalid CORS request'),
      ),
      refuse: (refusal, exchange) =>
        referenceBehaviour.refuse(refusal === 'forbidden' ? 'unknown' : refusal, exchange),
      respond: (given) => withHeaders(given, { 'X-Content-Type-Options': 'nosniff' }),
    },
  },
  {
    id: 'malformed-range-400',
    title: 'rejects a range that cannot be read with 400',
    behaviour: first((exchange) =>
      /^bytes=[^\d-]/.test(requestHeader(exchange, 'range') ?? '') &&
      exchange.request.headers.authorization !== undefined
        ? problem(400, 'Bad Request')
        : undefined,
    ),
  },
  {
    id: 'total-of-something-else',
    title: 'sums up the cost below its figures, and dates its totals',
    behaviour: {
      layout: followedBy(
        'Total as of 31 March 2026',
        'Total monthly cost: CHF 8,211.50',
        'Total processing time: 731 s',
      ),
    },
  },
  {
    id: 'documents-numbered',
    title: 'numbers its documents, and sends no entity tag',
    behaviour: {
      content: (content, exchange) => {
        const number = 4711 + countOf(exchange, 'documents')
        return { ...content, title: `${content.title}, report no. ${number}` }
      },
      represent: (full) => withoutHeaders(full, 'ETag', 'Accept-Ranges'),
      select: (full) => full,
    },
  },
])
