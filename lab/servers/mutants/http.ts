import { gzipSync } from 'node:zlib'
import {
  headerOf,
  problem,
  response,
  type ServedResponse,
  withAddedHeader,
  withBody,
  withHeaders,
  withoutHeaders,
} from '../answer.ts'
import type { Behaviour } from '../behaviour.ts'
import { notModified, partial, select } from '../conditional.ts'
import { countOf, type Exchange, requestHeader } from '../exchange.ts'
import { referenceBehaviour } from '../reference-behaviour.ts'
import { inArea } from './area.ts'

const reporting = (
  change: (full: ServedResponse, exchange: Exchange) => ServedResponse,
): Partial<Behaviour> => ({
  represent: change,
})

const sending = (headers: Record<string, string>) => reporting((full) => withHeaders(full, headers))

const onHead = (change: (full: ServedResponse) => ServedResponse): Partial<Behaviour> => ({
  respond: (given, exchange) => {
    const response = referenceBehaviour.respond(given, exchange) as ServedResponse
    return exchange.method === 'HEAD' && given.status === 200 ? change(response) : response
  },
})

const selecting = (choose: Behaviour['select']): Partial<Behaviour> => ({ select: choose })

/** Changes partial answers only. */
const slicing = (change: (part: ServedResponse, full: ServedResponse) => ServedResponse) =>
  selecting((full, exchange) => {
    const selected = select(full, exchange)
    return selected.status === 206 || selected.status === 416 ? change(selected, full) : selected
  })

const isOffered = (exchange: Exchange) => /gzip/.test(requestHeader(exchange, 'accept-encoding') ?? '')

const zipped = (full: ServedResponse) =>
  withHeaders(withBody(full, gzipSync(full.body)), { 'Content-Encoding': 'gzip', ETag: '"zipped"' })

const disposition = (value: string) => sending({ 'Content-Disposition': value })

/** The same document with another time of creation in it. */
const restamped = (pdf: Buffer, seconds: number) => {
  const stamp = `D:202603310000${String(seconds % 60).padStart(2, '0')}Z`
  return Buffer.from(pdf.toString('latin1').replaceAll('D:20260331000000Z', stamp), 'latin1')
}

/** Fields, conditions, ranges, caching and codings of the report's answer. */
export const http = inArea('http', [
  {
    id: 'head-length-wrong',
    title: 'announces another length for HEAD than GET has',
    level: 'http',
    behaviour: onHead((head) => withHeaders(head, { 'Content-Length': '12345' })),
  },
  {
    id: 'head-length-zero',
    title: 'announces an empty body for HEAD',
    level: 'http',
    behaviour: onHead((head) => withHeaders(head, { 'Content-Length': '0' })),
  },
  {
    id: 'head-type-differs',
    title: 'declares another media type for HEAD than for GET',
    level: 'http',
    behaviour: onHead((head) => withHeaders(head, { 'Content-Type': 'text/plain' })),
  },
  {
    id: 'date-malformed',
    title: 'sends Date as ISO 8601',
    level: 'http',
    behaviour: {
      respond: (given, exchange) =>
        withHeaders(referenceBehaviour.respond(given, exchange) as ServedResponse, {
          Date: new Date().toISOString(),
        }),
    },
  },
  {
    id: 'date-skewed',
    title: 'runs a clock that is two days late',
    level: 'advice',
    behaviour: {
      respond: (given, exchange) =>
        withHeaders(referenceBehaviour.respond(given, exchange) as ServedResponse, {
          Date: new Date(Date.now() - 172_800_000).toUTCString(),
        }),
    },
  },
  {
    id: 'tag-unquoted',
    title: 'sends an entity tag without quotes',
    level: 'http',
    behaviour: sending({ ETag: '8f14e45fceea167a' }),
  },
  {
    id: 'tag-constant',
    title: 'keeps a strong entity tag while the bytes change',
    level: 'http',
    behaviour: {
      file: (pdf, exchange) => restamped(pdf, countOf(exchange, 'stamp')),
      represent: (full) => withHeaders(full, { ETag: '"usage"' }),
    },
  },
  {
    id: 'tag-shared',
    title: 'gives the reports of all workspaces one strong entity tag',
    level: 'advice',
    needs: ['emptyWorkspace'],
    behaviour: sending({ ETag: '"v1"' }),
  },
  {
    id: 'modified-malformed',
    title: 'sends Last-Modified as a number',
    level: 'http',
    behaviour: sending({ 'Last-Modified': '1774915200' }),
  },
  {
    id: 'modified-in-future',
    title: 'says that the report was modified tomorrow',
    level: 'http',
    behaviour: reporting((full) =>
      withHeaders(full, { 'Last-Modified': new Date(Date.now() + 86_400_000).toUTCString() }),
    ),
  },
  {
    id: 'condition-always-met',
    title: 'answers every If-None-Match with 304',
    level: 'http',
    behaviour: selecting((full, exchange) =>
      requestHeader(exchange, 'if-none-match')
        ? { ...withoutHeaders(full, 'content-type'), status: 304, body: Buffer.alloc(0) }
        : select(full, exchange),
    ),
  },
  {
    id: 'condition-unasked',
    title: 'answers the second unconditional request with 304',
    level: 'http',
    behaviour: selecting((full, exchange) =>
      countOf(exchange, 'asked') === 1
        ? { ...full, status: 304, body: Buffer.alloc(0) }
        : select(full, exchange),
    ),
  },
  {
    id: 'condition-412',
    title: 'answers a matching If-None-Match with 412',
    level: 'http',
    behaviour: selecting((full, exchange) =>
      notModified(full, exchange) ? problem(412, 'Precondition Failed') : select(full, exchange),
    ),
  },
  {
    id: 'condition-without-tag',
    title: 'leaves the entity tag out of 304',
    level: 'http',
    behaviour: selecting((full, exchange) => {
      const selected = select(full, exchange)
      return selected.status === 304 ? withoutHeaders(selected, 'etag') : selected
    }),
  },
  {
    id: 'condition-malformed-500',
    title: 'fails on a date in If-Modified-Since that it cannot read',
    level: 'http',
    behaviour: reporting((full, exchange) =>
      Number.isNaN(Date.parse(requestHeader(exchange, 'if-modified-since') ?? '0'))
        ? problem(500, 'Internal Server Error')
        : full,
    ),
  },
  {
    id: 'condition-malformed-304',
    title: 'answers 304 to a date in If-Modified-Since that it cannot read',
    level: 'http',
    behaviour: selecting((full, exchange) =>
      Number.isNaN(Date.parse(requestHeader(exchange, 'if-modified-since') ?? '0'))
        ? { ...withoutHeaders(full, 'content-type'), status: 304, body: Buffer.alloc(0) }
        : select(full, exchange),
    ),
  },
  {
    id: 'range-unasked',
    title: 'answers 206 without being asked for a range',
    level: 'contract',
    behaviour: selecting((full, exchange) => {
      const selected = select(full, exchange)
      return selected === full
        ? withHeaders(
            { ...full, status: 206 },
            { 'Content-Range': `bytes 0-${full.body.length - 1}/${full.body.length}` },
          )
        : selected
    }),
  },
  {
    id: 'range-shifted',
    title: 'sends a slice that begins one byte late',
    level: 'http',
    behaviour: slicing((part, full) => {
      const [, first = '0', last = '0'] = /(\d+)-(\d+)/.exec(headerOf(part, 'content-range') ?? '') ?? []
      return part.status === 206
        ? withBody(part, full.body.subarray(Number(first) + 1, Number(last) + 2))
        : part
    }),
  },
  {
    id: 'range-whole',
    title: 'answers a range with 206 and the whole body',
    level: 'http',
    behaviour: slicing((part, full) => (part.status === 206 ? withBody(part, full.body) : part)),
  },
  {
    id: 'range-unnamed',
    title: 'sends 206 without Content-Range',
    level: 'http',
    behaviour: slicing((part) => (part.status === 206 ? withoutHeaders(part, 'content-range') : part)),
  },
  {
    id: 'range-total-wrong',
    title: 'names a wrong total in Content-Range',
    level: 'http',
    behaviour: slicing((part) => {
      const range = headerOf(part, 'content-range') ?? ''
      return part.status === 206
        ? withHeaders(part, { 'Content-Range': range.replace(/\d+$/, '1000') })
        : part
    }),
  },
  {
    id: 'range-416-unnamed',
    title: 'sends 416 without the length',
    level: 'advice',
    behaviour: slicing((part) => (part.status === 416 ? withoutHeaders(part, 'content-range') : part)),
  },
  {
    id: 'range-unsatisfiable-206',
    title: 'answers a range beyond the end with an empty 206',
    level: 'http',
    behaviour: slicing((part, full) =>
      part.status === 416
        ? {
            ...withHeaders(full, { 'Content-Range': `bytes 99999999-99999999/${full.body.length}` }),
            status: 206,
            body: Buffer.alloc(0),
          }
        : part,
    ),
  },
  {
    id: 'range-unsatisfiable-500',
    title: 'fails on a range beyond the end',
    level: 'http',
    behaviour: slicing((part) => (part.status === 416 ? problem(500, 'Internal Server Error') : part)),
  },
  {
    id: 'range-malformed-500',
    title: 'fails on a range that it cannot read',
    level: 'http',
    behaviour: selecting((full, exchange) => {
      const range = requestHeader(exchange, 'range')
      return range && !/^bytes=(\d+-\d*|-\d+)$/.test(range)
        ? problem(500, 'Internal Server Error')
        : select(full, exchange)
    }),
  },
  {
    id: 'range-condition-ignored',
    title: 'sends a slice though If-Range names another representation',
    level: 'http',
    behaviour: selecting(
      (full, exchange) =>
        notModified(full, exchange) ??
        partial(full, { ...exchange, request: withoutIfRange(exchange) }) ??
        full,
    ),
  },
  {
    id: 'cache-public',
    title: 'lets shared caches keep the report',
    level: 'advice',
    behaviour: sending({ 'Cache-Control': 'public, max-age=3600' }),
  },
  {
    id: 'cache-shared-age',
    title: 'gives shared caches a lifetime of their own',
    level: 'advice',
    behaviour: sending({ 'Cache-Control': 'max-age=0, s-maxage=600' }),
  },
  {
    id: 'cache-unsaid',
    title: 'says nothing about caching',
    level: 'advice',
    behaviour: reporting((full) => withoutHeaders(full, 'cache-control')),
  },
  {
    id: 'coding-unasked',
    title: 'compresses for clients that asked for identity',
    level: 'http',
    behaviour: reporting(zipped),
  },
  {
    id: 'coding-lies',
    title: 'declares gzip and sends plain bytes',
    level: 'http',
    behaviour: sending({ 'Content-Encoding': 'gzip' }),
  },
  {
    id: 'coding-when-asked-lies',
    title: 'declares gzip and sends plain bytes where gzip is offered',
    level: 'http',
    behaviour: reporting((full, exchange) =>
      isOffered(exchange) ? withHeaders(full, { 'Content-Encoding': 'gzip', Vary: 'Accept-Encoding' }) : full,
    ),
  },
  {
    id: 'coding-twice',
    title: 'compresses twice and says so once',
    level: 'http',
    behaviour: reporting((full, exchange) => {
      const once = zipped(full)
      return isOffered(exchange)
        ? withHeaders(withBody(once, gzipSync(once.body)), { Vary: 'Accept-Encoding' })
        : withHeaders(full, { Vary: 'Accept-Encoding' })
    }),
  },
  {
    id: 'coding-hidden',
    title: 'compresses and does not say so',
    level: 'contract',
    behaviour: reporting((full) => withBody(full, gzipSync(full.body))),
  },
  {
    id: 'coding-other',
    title: 'answers an offer of gzip with br',
    level: 'http',
    behaviour: reporting((full, exchange) =>
      isOffered(exchange) ? withHeaders(full, { 'Content-Encoding': 'br', Vary: 'Accept-Encoding' }) : full,
    ),
  },
  {
    id: 'coding-same-tag',
    title: 'gives compressed and plain bytes one strong entity tag',
    level: 'http',
    behaviour: reporting((full, exchange) =>
      isOffered(exchange)
        ? withHeaders(zipped(full), { ETag: headerOf(full, 'etag') ?? '', Vary: 'Accept-Encoding' })
        : withHeaders(full, { Vary: 'Accept-Encoding' }),
    ),
  },
  {
    id: 'coding-vary',
    title: 'compresses on offer without Vary',
    level: 'advice',
    behaviour: reporting((full, exchange) => (isOffered(exchange) ? zipped(full) : full)),
  },
  {
    id: 'file-name-unquoted',
    title: 'sends a file name with spaces and without quotes',
    level: 'http',
    behaviour: disposition('attachment; filename=usage of march.pdf'),
  },
  {
    id: 'file-name-path',
    title: 'puts a path into the file name',
    level: 'advice',
    behaviour: disposition('attachment; filename="../../reports/usage.pdf"'),
  },
  {
    id: 'file-name-twice',
    title: 'gives two file names',
    level: 'http',
    behaviour: disposition('attachment; filename="usage.pdf"; filename="report.pdf"'),
  },
  {
    id: 'file-name-extended-broken',
    title: 'sends filename* without a character set',
    level: 'http',
    behaviour: disposition('attachment; filename="usage.pdf"; filename*=n%C3%B6rdwind.pdf'),
  },
  {
    id: 'file-name-type',
    title: 'names the download usage.txt',
    level: 'advice',
    behaviour: disposition('attachment; filename="usage.txt"'),
  },
  {
    id: 'disposition-empty',
    title: 'sends parameters without a disposition type',
    level: 'http',
    behaviour: disposition('; filename="usage.pdf"'),
  },
  {
    id: 'cors-credentials',
    title: 'allows every origin, with credentials',
    level: 'advice',
    behaviour: {
      respond: (given, exchange) =>
        withHeaders(referenceBehaviour.respond(given, exchange) as ServedResponse, {
          'Access-Control-Allow-Credentials': 'true',
        }),
    },
  },
  {
    id: 'cors-reflected',
    title: 'reflects any origin, with credentials',
    level: 'advice',
    behaviour: {
      respond: (given, exchange) =>
        withHeaders(referenceBehaviour.respond(given, exchange) as ServedResponse, {
          'Access-Control-Allow-Origin': requestHeader(exchange, 'origin') ?? '*',
          ...(requestHeader(exchange, 'origin') && { 'Access-Control-Allow-Credentials': 'true' }),
          Vary: 'Origin',
        }),
    },
  },
  {
    id: 'cors-listed',
    title: 'lists several origins in one field',
    level: 'advice',
    behaviour: {
      respond: (given, exchange) =>
        withHeaders(referenceBehaviour.respond(given, exchange) as ServedResponse, {
          'Access-Control-Allow-Origin': 'https://a.example, https://b.example',
        }),
    },
  },
  {
    id: 'cors-preflight-without-authorization',
    title: 'does not allow scripts to send Authorization',
    level: 'advice',
    behaviour: {
      intercept: async (exchange) => {
        const early = await referenceBehaviour.intercept(exchange)
        return exchange.method === 'OPTIONS' && early
          ? withHeaders(early, { 'Access-Control-Allow-Headers': 'Accept' })
          : early
      },
    },
  },
  {
    id: 'cors-file-name-hidden',
    title: 'keeps the file name from the scripts that may read the report',
    level: 'advice',
    behaviour: {
      respond: (given, exchange) =>
        withHeaders(referenceBehaviour.respond(given, exchange) as ServedResponse, {
          'Access-Control-Expose-Headers': 'ETag',
        }),
    },
  },
  {
    id: 'cors-vary-missing',
    title: 'reflects the origin without saying that the answer varies with it',
    level: 'advice',
    behaviour: {
      respond: (given, exchange) =>
        withHeaders(referenceBehaviour.respond(given, exchange) as ServedResponse, {
          'Access-Control-Allow-Origin': requestHeader(exchange, 'origin') ?? '*',
        }),
    },
  },
  {
    id: 'range-announced-only',
    title: 'announces ranges and has none',
    level: 'advice',
    behaviour: selecting((full, exchange) => notModified(full, exchange) ?? full),
  },
  {
    id: 'file-name-absent',
    title: 'names no file',
    level: 'advice',
    behaviour: disposition('attachment'),
  },
  {
    id: 'method-405-unnamed',
    title: 'refuses HEAD with 405 and without Allow',
    level: 'http',
    behaviour: {
      intercept: (exchange) =>
        exchange.method === 'HEAD'
          ? problem(405, 'Method Not Allowed')
          : referenceBehaviour.intercept(exchange),
    },
  },
  {
    id: 'options-405-unnamed',
    title: 'refuses OPTIONS with 405 and without Allow',
    level: 'http',
    behaviour: {
      intercept: (exchange) =>
        exchange.method === 'OPTIONS'
          ? problem(405, 'Method Not Allowed')
          : referenceBehaviour.intercept(exchange),
    },
  },
  {
    id: 'options-without-get',
    title: 'leaves GET out of Allow',
    level: 'advice',
    behaviour: {
      intercept: (exchange) =>
        exchange.method === 'OPTIONS'
          ? response(204, { Allow: 'POST, OPTIONS' })
          : referenceBehaviour.intercept(exchange),
    },
  },
  {
    id: 'options-undocumented',
    title: 'offers methods in Allow that the contract does not have',
    level: 'advice',
    behaviour: {
      intercept: (exchange) =>
        exchange.method === 'OPTIONS'
          ? response(204, { Allow: 'GET, HEAD, OPTIONS, PUT, DELETE, TRACE' })
          : referenceBehaviour.intercept(exchange),
    },
  },
  {
    id: 'problem-status-differs',
    title: 'sends problems whose status is not the answer’s',
    level: 'http',
    behaviour: failing((refused) => ({ ...refused, status: 500 })),
  },
  {
    id: 'problem-type-malformed',
    title: 'sends problems whose type is no URI reference',
    level: 'http',
    behaviour: failing((refused) => ({ ...refused, type: 'not found <here>' })),
  },
  {
    id: 'problem-unreadable',
    title: 'sends problems that are no JSON',
    level: 'advice',
    behaviour: {
      refuse: async (...given) => withBody(await referenceBehaviour.refuse(...given), '<h1>No</h1>'),
    },
  },
  {
    id: 'error-stack',
    title: 'shows a stack trace in errors',
    level: 'advice',
    behaviour: failing((refused) => ({
      ...refused,
      detail:
        'Error: no such row\n    at Object.find (/srv/app/src/workspaces.js:118:13)\n    at async handle (/srv/app/src/http.js:41:9)',
    })),
  },
  {
    id: 'error-sql',
    title: 'shows the query in errors',
    level: 'advice',
    behaviour: failing((refused) => ({
      ...refused,
      detail: "SQLSTATE[42S02]: Base table or view not found: SELECT * FROM workspaces WHERE id = 'x'",
    })),
  },
  {
    id: 'error-path',
    title: 'shows a path of its host in errors',
    level: 'advice',
    behaviour: failing((refused) => ({
      ...refused,
      detail: 'cannot open /var/www/html/storage/app/usage.pdf',
    })),
  },
  {
    id: 'cookie-session',
    title: 'opens a session with every report',
    level: 'advice',
    behaviour: reporting((full, exchange) =>
      withAddedHeader(full, 'Set-Cookie', `session=${countOf(exchange, 'session')}c1f; Path=/; HttpOnly`),
    ),
  },
  {
    id: 'server-version',
    title: 'tells the version of its web server',
    level: 'advice',
    behaviour: sending({ Server: 'nginx/1.18.0 (Ubuntu)' }),
  },
  {
    id: 'powered-by',
    title: 'tells the version of its language',
    level: 'advice',
    behaviour: sending({ 'X-Powered-By': 'PHP/7.4.3' }),
  },
  {
    id: 'sniffing',
    title: 'leaves X-Content-Type-Options out',
    level: 'advice',
    behaviour: {
      respond: (given, exchange) =>
        withoutHeaders(
          referenceBehaviour.respond(given, exchange) as ServedResponse,
          'x-content-type-options',
        ),
    },
  },
  {
    id: 'long-query-500',
    title: 'fails on a long query',
    level: 'advice',
    behaviour: reporting((full, { query }) =>
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
])

function withoutIfRange({ request }: Exchange): Exchange['request'] {
  const { 'if-range': _, ...headers } = request.headers
  return Object.assign(Object.create(request) as Exchange['request'], { headers })
}

/** Changes the problem in the body of every refusal. */
function failing(change: (problem: Record<string, unknown>) => Record<string, unknown>): Partial<Behaviour> {
  return {
    refuse: async (...given) => {
      const refused = await referenceBehaviour.refuse(...given)
      return withBody(refused, JSON.stringify(change(JSON.parse(refused.body.toString()))))
    },
  }
}
