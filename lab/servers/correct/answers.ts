import { setTimeout as sleep } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'
import type { Behaviour, Refusal } from '../behaviour.ts'
import { withReportType } from '../behaviours.ts'
import { countOf, type Exchange, requestHeader } from '../exchange.ts'
import { challenge, referenceBehaviour } from '../reference-behaviour.ts'
import {
  headerOf,
  problem,
  response,
  withAddedHeader,
  withBody,
  withHeaders,
  withoutHeaders,
} from '../response.ts'
import { inArea } from './area.ts'

/** Refuses for one reason as the reference does for another. */
const refuseAs =
  (from: Refusal, to: Refusal): Behaviour['refuse'] =>
  (refusal, exchange) =>
    referenceBehaviour.refuse(refusal === from ? to : refusal, exchange)

/** Replaces media type and body of every refusal. */
const withErrors = (type: string | undefined, body: string): Partial<Behaviour> => ({
  refuse: async (refusal, exchange) => {
    const bare = withBody(
      withoutHeaders(await referenceBehaviour.refuse(refusal, exchange), 'content-type'),
      body,
    )
    return type ? withHeaders(bare, { 'Content-Type': type }) : bare
  },
})

const altostrat = (status: number) =>
  JSON.stringify({
    type: 'request_error',
    code: `status_${status}`,
    message: 'No.',
    doc_url: 'https://docs.example/',
  })

/** Replaces the challenges of every 401. */
const withChallenges = (...challenges: string[]): Partial<Behaviour> => ({
  refuse: async (refusal, exchange) => {
    const refused = await referenceBehaviour.refuse(refusal, exchange)
    if (refused.status !== 401) return refused
    const bare = withoutHeaders(refused, 'www-authenticate')
    return challenges.reduce((all, value) => withAddedHeader(all, 'WWW-Authenticate', value), bare)
  },
})

const insteadOfMethod = (method: string, instead: ReturnType<typeof response>): Partial<Behaviour> => ({
  intercept: (exchange) => (exchange.method === method ? instead : referenceBehaviour.intercept(exchange)),
})

const isOwn = ({ path, seedData }: Exchange) => path.includes(seedData.own.id)

/** Unusual but right refusals, media types and addresses. */
export const answers = inArea('answers', [
  { id: 'plain', title: 'does everything as the baseline does', behaviour: {} },
  { id: 'plain-es256', title: 'signs its tokens with an EC key', algorithm: 'ES256', behaviour: {} },
  { id: 'plain-rs256', title: 'signs its tokens with an RSA key', algorithm: 'RS256', behaviour: {} },
  { id: 'prefixed', title: 'lives below a path prefix', reach: { prefix: '/api/v1' }, behaviour: {} },
  { id: 'ipv6', title: 'listens on IPv6 only', reach: { host: '::1' }, behaviour: {} },
  {
    id: 'hiding',
    title: 'answers outsiders with 404',
    outsider: 404,
    behaviour: { refuse: refuseAs('forbidden', 'unknown') },
  },
  {
    id: 'hiding-slow',
    title: 'answers outsiders with 404, after a time that varies much',
    outsider: 404,
    behaviour: {
      refuse: async (refusal, exchange) => {
        const isSlow = /forbidden|unknown/.test(refusal)
        if (isSlow) await sleep(countOf(exchange, 'refusals') % 2 ? 20 + Math.random() * 200 : 5)
        return refuseAs('forbidden', 'unknown')(refusal, exchange)
      },
    },
  },
  {
    id: 'hiding-unpinned',
    title: 'answers outsiders with 404 where the profile leaves it open',
    behaviour: { refuse: refuseAs('forbidden', 'unknown') },
  },
  {
    id: 'hiding-as-forbidden',
    title: 'answers unknown workspaces with 403 as it does foreign ones',
    behaviour: { refuse: refuseAs('unknown', 'forbidden') },
  },
  { id: 'errors-empty', title: 'sends errors without a body', behaviour: withErrors(undefined, '') },
  {
    id: 'errors-html',
    title: 'sends errors as HTML',
    behaviour: withErrors('text/html; charset=utf-8', '<!doctype html><title>No</title><h1>No</h1>'),
  },
  { id: 'errors-text', title: 'sends errors as plain text', behaviour: withErrors('text/plain', 'no') },
  {
    id: 'errors-json',
    title: 'sends errors as four-field JSON',
    behaviour: withErrors('application/json', altostrat(400)),
  },
  {
    id: 'type-charset',
    title: 'adds a charset to application/pdf',
    behaviour: withReportType('application/pdf;charset=binary'),
  },
  {
    id: 'type-cased',
    title: 'writes the media type in another case, with a parameter',
    behaviour: withReportType('Application/PDF; version=1.4'),
  },
  {
    id: 'type-quoted-parameter',
    title: 'adds a quoted parameter to the media type',
    behaviour: withReportType('application/pdf; profile="a;b, c"'),
  },
  {
    id: 'challenges-several-fields',
    title: 'challenges in two fields, Bearer last',
    behaviour: withChallenges('Basic realm="old, \\"Bearer\\" too"', challenge),
  },
  {
    id: 'challenges-one-field',
    title: 'challenges for several schemes in one field',
    behaviour: withChallenges(`Negotiate, DPoP algs="ES256", ${challenge}, charset="UTF-8"`),
  },
  {
    id: 'challenge-bare',
    title: 'challenges with the scheme’s name alone, in lower case',
    behaviour: withChallenges('bearer'),
  },
  {
    id: 'challenge-dpop-bearer',
    title: 'challenges for DPoP and Bearer',
    behaviour: withChallenges('DPoP algs="ES256 RS256"', `${challenge}, scope="usage:read"`),
  },
  {
    id: 'query-404',
    title: 'has nothing at an address with a query, whoever asks',
    behaviour: {
      intercept: (exchange) =>
        exchange.query.size > 0
          ? problem(404, 'Unexpected query string parameters')
          : referenceBehaviour.intercept(exchange),
    },
  },
  {
    id: 'head-405',
    title: 'refuses HEAD with 405 and Allow',
    behaviour: insteadOfMethod('HEAD', problem(405, 'Method Not Allowed', { Allow: 'GET' })),
  },
  {
    id: 'head-501',
    title: 'does not implement HEAD',
    behaviour: insteadOfMethod('HEAD', problem(501, 'Not Implemented')),
  },
  {
    id: 'options-404',
    title: 'answers OPTIONS with 404',
    behaviour: insteadOfMethod('OPTIONS', problem(404, 'Not Found')),
  },
  {
    id: 'options-405',
    title: 'refuses OPTIONS with 405 and Allow',
    behaviour: insteadOfMethod('OPTIONS', problem(405, 'Method Not Allowed', { Allow: 'GET, HEAD' })),
  },
  {
    id: 'options-401',
    title: 'demands credentials for OPTIONS too',
    behaviour: insteadOfMethod('OPTIONS', problem(401, 'Unauthorized', { 'WWW-Authenticate': challenge })),
  },
  {
    id: 'options-200',
    title: 'answers OPTIONS with an empty 200',
    behaviour: insteadOfMethod('OPTIONS', response(200, { Allow: 'OPTIONS, GET' })),
  },
  {
    id: 'accept-406',
    title: 'answers 406 where Accept rules a PDF out',
    behaviour: {
      represent: (full, exchange) =>
        /\*\/\*|application\/(?:\*|pdf)/i.test(requestHeader(exchange, 'accept') ?? '*/*')
          ? full
          : problem(406, 'Not Acceptable'),
    },
  },
  {
    id: 'busy-once',
    title: 'answers the third request with 429 and Retry-After, and then goes on',
    behaviour: {
      intercept: (exchange) =>
        countOf(exchange, 'requests') === 2
          ? problem(429, 'Too Many Requests', { 'Retry-After': '1' })
          : referenceBehaviour.intercept(exchange),
    },
  },
  {
    id: 'starts-slowly',
    title: 'answers 503 until it has started, and does not say how long that takes',
    behaviour: {
      respond: (answer, exchange) =>
        countOf(exchange, 'answers') < 5
          ? problem(503, 'Service Unavailable')
          : referenceBehaviour.respond(answer, exchange),
    },
  },
  {
    id: 'busy-reports',
    title: 'answers the second report with 503 and Retry-After, and then goes on',
    behaviour: {
      represent: (full, exchange) =>
        isOwn(exchange) && countOf(exchange, 'reports') === 1
          ? problem(503, 'Service Unavailable', { 'Retry-After': '1' })
          : full,
    },
  },
  {
    id: 'busy-until-a-date',
    title: 'answers the fourth request with 429 and a date to ask again at, and then goes on',
    behaviour: {
      intercept: (exchange) =>
        countOf(exchange, 'requests') === 3
          ? problem(429, 'Too Many Requests', { 'Retry-After': new Date(Date.now() + 2000).toUTCString() })
          : referenceBehaviour.intercept(exchange),
    },
  },
  {
    id: 'challenge-with-metadata',
    title: 'names the metadata of its authorization in the challenge, and parameters in upper case',
    behaviour: withChallenges(
      'BEARER REALM="usage", resource_metadata="https://api.example/.well-known/oauth-protected-resource", SCOPE="usage:read", description="ask \\"the owner\\", or an administrator"',
    ),
  },
  {
    id: 'slash-redirected',
    title: 'redirects the path with a trailing slash to the right one',
    behaviour: {
      intercept: (exchange) =>
        exchange.path.endsWith('.pdf/')
          ? response(301, { Location: exchange.path.slice(0, -1) })
          : referenceBehaviour.intercept(exchange),
    },
  },
  {
    id: 'slash-served',
    title: 'serves the path with a trailing slash as it serves the right one',
    behaviour: { route: (path) => referenceBehaviour.route(path.replace(/\/$/, '')) },
  },
  {
    id: 'paths-case-insensitive',
    title: 'serves paths in any case, with the same protection',
    behaviour: { route: (path) => referenceBehaviour.route(path.replace(/usage\.pdf$/i, 'usage.pdf')) },
  },
  {
    id: 'long-refused-431',
    title: 'refuses oversized header fields with 431',
    behaviour: {
      intercept: (exchange) =>
        (requestHeader(exchange, 'authorization')?.length ?? 0) > 4000
          ? problem(431, 'Request Header Fields Too Large')
          : referenceBehaviour.intercept(exchange),
    },
  },
  {
    id: 'refusal-names-its-address',
    title: 'names its own host and what was asked for in each refusal',
    behaviour: {
      refuse: async (refusal, exchange) => {
        const refused = await referenceBehaviour.refuse(refusal, exchange)
        const instance = `http://${exchange.request.headers.host}/app${encodeURI(exchange.path)}`
        return withBody(refused, JSON.stringify({ status: refused.status, instance }))
      },
    },
  },
  {
    id: 'refusal-escaped',
    title: 'repeats the address in a page, escaped',
    behaviour: {
      refuse: (refusal, exchange) =>
        refusal === 'unknown'
          ? response(404, { 'Content-Type': 'text/html' }, `<!doctype html><p>${encodeURI(exchange.path)}`)
          : referenceBehaviour.refuse(refusal, exchange),
    },
  },
  {
    id: 'errors-compressed',
    title: 'compresses its refusals for clients that accept gzip',
    behaviour: {
      refuse: async (refusal, exchange) => {
        const refused = withHeaders(await referenceBehaviour.refuse(refusal, exchange), {
          Vary: 'Accept-Encoding',
        })
        return /\bgzip\b(?!;q=0)/.test(requestHeader(exchange, 'accept-encoding') ?? '')
          ? withHeaders(withBody(refused, gzipSync(refused.body)), { 'Content-Encoding': 'gzip' })
          : refused
      },
    },
  },
  {
    id: 'firewall',
    title: 'stands behind a firewall that refuses odd addresses with 403 and a page',
    behaviour: {
      intercept: (exchange) =>
        /\.\.|[<>'"\\;]|%(?:0[0ad]|2[257]|3[bce]|5c|ff|zz)/i.test(exchange.request.url ?? '')
          ? response(403, { 'Content-Type': 'text/html' }, '<!doctype html><title>Forbidden</title>')
          : referenceBehaviour.intercept(exchange),
    },
  },
  {
    id: 'errors-problem-xml',
    title: 'sends errors as application/problem+xml',
    behaviour: withErrors(
      'application/problem+xml',
      '<?xml version="1.0"?><problem xmlns="urn:ietf:rfc:7807"><title>No</title></problem>',
    ),
  },
  {
    id: 'challenge-odd-realm',
    title: 'challenges for a realm with quotes, commas and the name of the scheme in it',
    behaviour: {
      refuse: async (refusal, exchange) => {
        const refused = await referenceBehaviour.refuse(refusal, exchange)
        const challenged = headerOf(refused, 'WWW-Authenticate')?.replace(
          'usage',
          'say \\"Bearer\\", then = and, more',
        )
        return challenged ? withHeaders(refused, { 'WWW-Authenticate': challenged }) : refused
      },
    },
  },
  {
    id: 'long-refused-414',
    title: 'refuses long addresses with 414',
    behaviour: {
      intercept: (exchange) =>
        (exchange.request.url ?? '').length > 2000
          ? problem(414, 'URI Too Long')
          : referenceBehaviour.intercept(exchange),
    },
  },
  {
    id: 'old-client-505',
    title: 'answers clients of HTTP/1.0 with 505',
    behaviour: {
      intercept: (exchange) =>
        exchange.request.httpVersion === '1.0'
          ? problem(505, 'HTTP Version Not Supported')
          : referenceBehaviour.intercept(exchange),
    },
  },
])
