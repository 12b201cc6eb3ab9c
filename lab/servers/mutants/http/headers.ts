import type { Behaviour } from '../../behaviour.ts'
import { withEveryResponse, withRefusal, withReport, withReportHeaders } from '../../behaviours.ts'
import { countOf, requestHeader } from '../../exchange.ts'
import { referenceBehaviour } from '../../reference-behaviour.ts'
import {
  problem,
  response,
  type ServedResponse,
  withAddedHeader,
  withHeaders,
  withoutHeaders,
} from '../../response.ts'
import { inArea } from '../area.ts'

/** Refuses requests without User-Agent. */
const withoutUserAgent = (refusal: ServedResponse): Partial<Behaviour> => ({
  intercept: (exchange) =>
    requestHeader(exchange, 'user-agent') ? referenceBehaviour.intercept(exchange) : refusal,
})

/** Date, cookies, and headers that name software or are too long. */
export const headers = inArea('http', [
  {
    id: 'retry-after-in-words',
    title: 'says in words when an unknown workspace should be asked for again',
    level: 'http',
    behaviour: withRefusal('unknown', (refused) => withHeaders(refused, { 'Retry-After': 'soon' })),
  },
  {
    id: 'date-malformed',
    title: 'sends Date as ISO 8601',
    level: 'http',
    behaviour: withEveryResponse((response) =>
      withHeaders(response, {
        Date: new Date().toISOString(),
      }),
    ),
  },
  {
    id: 'user-agent-required',
    title: 'refuses requests without User-Agent as a firewall does',
    level: 'advice',
    behaviour: withoutUserAgent(problem(403, 'Forbidden')),
  },
  {
    id: 'user-agent-unchecked',
    title: 'fails on requests without User-Agent, which its log reads',
    level: 'advice',
    behaviour: withoutUserAgent(problem(500, 'Internal Server Error')),
  },
  {
    id: 'date-skewed',
    title: 'runs a clock that is two days late',
    level: 'advice',
    behaviour: withEveryResponse((response) =>
      withHeaders(response, {
        Date: new Date(Date.now() - 172_800_000).toUTCString(),
      }),
    ),
  },
  {
    id: 'cookie-session',
    title: 'opens a session with every report',
    level: 'advice',
    behaviour: withReport((full, exchange) =>
      withAddedHeader(full, 'Set-Cookie', `session=${countOf(exchange, 'session')}c1f; Path=/; HttpOnly`),
    ),
  },
  {
    id: 'server-version',
    title: 'tells the version of its web server',
    level: 'advice',
    behaviour: withReportHeaders({ Server: 'nginx/1.18.0 (Ubuntu)' }),
  },
  {
    id: 'powered-by',
    title: 'tells the version of its language',
    level: 'advice',
    behaviour: withReportHeaders({ 'X-Powered-By': 'PHP/7.4.3' }),
  },
  {
    id: 'sniffing',
    title: 'leaves X-Content-Type-Options out',
    level: 'advice',
    behaviour: withEveryResponse((response) => withoutHeaders(response, 'x-content-type-options')),
  },
  {
    id: 'long-query-500',
    title: 'fails on a long query',
    level: 'advice',
    behaviour: withReport((full, { query }) =>
      query.toString().length > 3000 ? problem(500, 'Internal Server Error') : full,
    ),
  },
  {
    id: 'long-field-500',
    title: 'fails on a long header field',
    level: 'advice',
    behaviour: {
      intercept: (exchange) =>
        Object.values(exchange.request.headers).some((value) => String(value).length > 3000)
          ? problem(500, 'Internal Server Error')
          : referenceBehaviour.intercept(exchange),
    },
  },
  {
    id: 'host-of-the-client',
    title: 'builds links from X-Forwarded-Host, whoever sends it',
    level: 'advice',
    behaviour: withEveryResponse((response, exchange) =>
      withHeaders(response, {
        Link: `<https://${requestHeader(exchange, 'x-forwarded-host') ?? 'api.example'}/docs>; rel="help"`,
      }),
    ),
  },
  {
    id: 'redirect-elsewhere',
    title: 'cuts a slash off the path and redirects to the rest, whatever it begins with',
    level: 'advice',
    behaviour: {
      intercept: (exchange) =>
        exchange.path.length > 1 && exchange.path.endsWith('/')
          ? response(301, { Location: exchange.path.slice(0, -1) })
          : referenceBehaviour.intercept(exchange),
    },
  },
  {
    id: 'redirect-of-a-query',
    title: 'redirects to the address in the query',
    level: 'advice',
    behaviour: {
      intercept: (exchange) => {
        const next = exchange.query.get('next')
        return next ? response(302, { Location: next }) : referenceBehaviour.intercept(exchange)
      },
    },
  },
  {
    id: 'profiler-link',
    title: 'links to its profiler in every answer',
    level: 'advice',
    behaviour: withEveryResponse((response) =>
      withHeaders(response, { 'X-Debug-Token': '3f2a1c', 'X-Debug-Token-Link': '/_profiler/3f2a1c' }),
    ),
  },
  {
    id: 'redirect-to-internal-host',
    title: 'redirects paths with a trailing slash to the host that only its proxy can reach',
    level: 'advice',
    behaviour: {
      intercept: (exchange) =>
        exchange.path.endsWith('/')
          ? response(301, { Location: `http://usage.internal:8080${exchange.path.slice(0, -1)}` })
          : referenceBehaviour.intercept(exchange),
    },
  },
])
