import { problem, response, withAddedHeader, withBody, withHeaders, withoutHeaders } from '../answer.ts'
import type { Behaviour, Refusal } from '../behaviour.ts'
import { countOf, type Exchange, requestHeader } from '../exchange.ts'
import { challenge, referenceBehaviour } from '../reference-behaviour.ts'
import { inArea } from './area.ts'

const typed = (type: string): Partial<Behaviour> => ({
  represent: (full) => withHeaders(full, { 'Content-Type': type }),
})

const errors = (type: string | undefined, body: string): Partial<Behaviour> => ({
  refuse: async (refusal, exchange) => {
    const bare = withBody(
      withoutHeaders(await referenceBehaviour.refuse(refusal, exchange), 'content-type'),
      body,
    )
    return type ? withHeaders(bare, { 'Content-Type': type }) : bare
  },
})

const renamed =
  (from: Refusal, to: Refusal): Behaviour['refuse'] =>
  (refusal, exchange) =>
    referenceBehaviour.refuse(refusal === from ? to : refusal, exchange)

const challenged = (...challenges: string[]): Partial<Behaviour> => ({
  refuse: async (refusal, exchange) => {
    const refused = await referenceBehaviour.refuse(refusal, exchange)
    if (refused.status !== 401) return refused
    const bare = withoutHeaders(refused, 'www-authenticate')
    return challenges.reduce((all, value) => withAddedHeader(all, 'WWW-Authenticate', value), bare)
  },
})

const onMethod = (method: string, instead: ReturnType<typeof response>): Partial<Behaviour> => ({
  intercept: (exchange) => (exchange.method === method ? instead : referenceBehaviour.intercept(exchange)),
})

const altostrat = (status: number) =>
  JSON.stringify({
    type: 'request_error',
    code: `status_${status}`,
    message: 'No.',
    doc_url: 'https://docs.example/',
  })

const isOwn = ({ path, world }: Exchange) => path.includes(world.own.id)

export const responses = inArea('answers', [
  { id: 'plain', title: 'does everything as the baseline does', behaviour: {} },
  { id: 'plain-es256', title: 'signs its tokens with an EC key', algorithm: 'ES256', behaviour: {} },
  { id: 'plain-rs256', title: 'signs its tokens with an RSA key', algorithm: 'RS256', behaviour: {} },
  { id: 'prefixed', title: 'lives below a path prefix', reach: { prefix: '/api/v1' }, behaviour: {} },
  { id: 'ipv6', title: 'listens on IPv6 only', reach: { host: '::1' }, behaviour: {} },
  {
    id: 'hiding',
    title: 'answers outsiders with 404',
    outsider: 404,
    behaviour: { refuse: renamed('forbidden', 'unknown') },
  },
  {
    id: 'hiding-unpinned',
    title: 'answers outsiders with 404 where the profile leaves it open',
    behaviour: { refuse: renamed('forbidden', 'unknown') },
  },
  {
    id: 'hiding-as-forbidden',
    title: 'answers unknown workspaces with 403 as it does foreign ones',
    behaviour: { refuse: renamed('unknown', 'forbidden') },
  },
  { id: 'errors-empty', title: 'sends errors without a body', behaviour: errors(undefined, '') },
  {
    id: 'errors-html',
    title: 'sends errors as HTML',
    behaviour: errors('text/html; charset=utf-8', '<!doctype html><title>No</title><h1>No</h1>'),
  },
  { id: 'errors-text', title: 'sends errors as plain text', behaviour: errors('text/plain', 'no') },
  {
    id: 'errors-json',
    title: 'sends errors as four-field JSON',
    behaviour: errors('application/json', altostrat(400)),
  },
  {
    id: 'type-charset',
    title: 'adds a charset to application/pdf',
    behaviour: typed('application/pdf;charset=binary'),
  },
  {
    id: 'type-cased',
    title: 'writes the media type in another case, with a parameter',
    behaviour: typed('Application/PDF; version=1.4'),
  },
  {
    id: 'type-quoted-parameter',
    title: 'adds a quoted parameter to the media type',
    behaviour: typed('application/pdf; profile="a;b, c"'),
  },
  {
    id: 'challenges-several-fields',
    title: 'challenges in two fields, Bearer last',
    behaviour: challenged('Basic realm="old, \\"Bearer\\" too"', challenge),
  },
  {
    id: 'challenges-one-field',
    title: 'challenges for several schemes in one field',
    behaviour: challenged(`Negotiate, DPoP algs="ES256", ${challenge}, charset="UTF-8"`),
  },
  {
    id: 'challenge-bare',
    title: 'challenges with the scheme’s name alone, in lower case',
    behaviour: challenged('bearer'),
  },
  {
    id: 'challenge-dpop-bearer',
    title: 'challenges for DPoP and Bearer',
    behaviour: challenged('DPoP algs="ES256 RS256"', `${challenge}, scope="usage:read"`),
  },
  {
    id: 'head-405',
    title: 'refuses HEAD with 405 and Allow',
    behaviour: onMethod('HEAD', problem(405, 'Method Not Allowed', { Allow: 'GET' })),
  },
  {
    id: 'head-501',
    title: 'does not implement HEAD',
    behaviour: onMethod('HEAD', problem(501, 'Not Implemented')),
  },
  {
    id: 'options-404',
    title: 'answers OPTIONS with 404',
    behaviour: onMethod('OPTIONS', problem(404, 'Not Found')),
  },
  {
    id: 'options-405',
    title: 'refuses OPTIONS with 405 and Allow',
    behaviour: onMethod('OPTIONS', problem(405, 'Method Not Allowed', { Allow: 'GET, HEAD' })),
  },
  {
    id: 'options-401',
    title: 'demands credentials for OPTIONS too',
    behaviour: onMethod('OPTIONS', problem(401, 'Unauthorized', { 'WWW-Authenticate': challenge })),
  },
  {
    id: 'options-200',
    title: 'answers OPTIONS with an empty 200',
    behaviour: onMethod('OPTIONS', response(200, { Allow: 'OPTIONS, GET' })),
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
])
