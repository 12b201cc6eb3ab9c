import { brotliCompressSync, gzipSync, zstdCompressSync } from 'node:zlib'
import { withEveryResponse, withoutReportHeaders, withReport, withReportHeaders } from '../../behaviours.ts'
import { countOf, requestHeader } from '../../exchange.ts'
import { referenceBehaviour } from '../../reference-behaviour.ts'
import { headerOf, response, withAddedHeader, withBody, withHeaders, withoutHeaders } from '../../response.ts'
import { inArea } from '../area.ts'

/** Compresses the report for clients that accept the coding. */
const compressedWith = (name: string, code: (body: Buffer) => Buffer) =>
  withReport((full, exchange) => {
    const varying = withHeaders(full, { Vary: 'Authorization, Accept-Encoding' })
    if (
      !new RegExp(`\\b${name}\\b(?!;q=0(\\.0*)?(,|$))`).test(requestHeader(exchange, 'accept-encoding') ?? '')
    )
      return varying
    const tag = headerOf(full, 'etag')?.replace(/"$/, `-${name}"`) ?? ''
    return withHeaders(withBody(varying, code(full.body)), { 'Content-Encoding': name, ETag: tag })
  })

const corsNames = ['access-control-allow-origin', 'access-control-expose-headers']

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

/** File names, codings, CORS and other headers. */
export const headers = inArea('http', [
  {
    id: 'origin-unknown-403',
    title: 'refuses whatever pages of an origin that it does not know ask for',
    behaviour: {
      intercept: (exchange) =>
        exchange.request.headers.origin === undefined
          ? referenceBehaviour.intercept(exchange)
          : response(403, { 'Content-Type': 'text/plain' }, 'Invalid CORS request'),
      respond: (given) => withHeaders(given, { 'X-Content-Type-Options': 'nosniff' }),
    },
  },
  {
    id: 'disposition-absent',
    title: 'suggests no file name',
    behaviour: withoutReportHeaders('content-disposition'),
  },
  {
    id: 'disposition-inline',
    title: 'lets browsers show the report',
    behaviour: withReportHeaders({ 'Content-Disposition': 'inline' }),
  },
  {
    id: 'disposition-extended',
    title: 'gives the file name in filename* only',
    behaviour: withReportHeaders({
      'Content-Disposition': "attachment; filename*=UTF-8''n%C3%B6rdwind%20use.pdf",
    }),
  },
  {
    id: 'disposition-both',
    title: 'gives a token and an extended file name',
    behaviour: withReportHeaders({
      'Content-Disposition': "ATTACHMENT;FileName=usage.pdf ; filename*=utf-8'en'us%C3%A4ge.pdf",
    }),
  },
  {
    id: 'coding-gzip',
    title: 'compresses with gzip where it is offered',
    behaviour: compressedWith('gzip', gzipSync),
  },
  {
    id: 'coding-zstd',
    title: 'compresses with Zstandard where it is offered',
    behaviour: compressedWith('zstd', zstdCompressSync),
  },
  {
    id: 'coding-br',
    title: 'compresses with Brotli where it is offered',
    behaviour: compressedWith('br', brotliCompressSync),
  },
  {
    id: 'cors-absent',
    title: 'serves no scripts of other origins',
    behaviour: { ...withEveryResponse((response) => withoutHeaders(response, ...corsNames)) },
  },
  {
    id: 'cors-reflecting',
    title: 'reflects the origin, without credentials',
    behaviour: withEveryResponse((response, exchange) => {
      const origin = requestHeader(exchange, 'origin')
      return origin
        ? withHeaders(response, { 'Access-Control-Allow-Origin': origin, Vary: 'Origin, Authorization' })
        : withHeaders(withoutHeaders(response, ...corsNames), { Vary: 'Origin, Authorization' })
    }),
  },
  {
    id: 'cors-one-origin',
    title: 'serves the scripts of its own console only, with credentials',
    behaviour: withEveryResponse((response) =>
      withHeaders(response, {
        'Access-Control-Allow-Origin': 'https://console.northwind.example',
        'Access-Control-Allow-Credentials': 'true',
        Vary: 'Origin, Authorization',
      }),
    ),
  },
  {
    id: 'fields-many',
    title: 'sends many fields that nobody asked for',
    behaviour: withEveryResponse((response) =>
      withHeaders(response, {
        'X-Request-Id': 'b2f1',
        'Server-Timing': 'db;dur=53.2',
        NEL: '{"report_to":"x","max_age":1}',
        'Alt-Svc': 'clear',
        Via: '1.1 edge',
        'X-Empty': '',
      }),
    ),
  },
  {
    id: 'fields-secure',
    title: 'sends every security field there is',
    behaviour: withEveryResponse((response) =>
      withHeaders(response, {
        'Strict-Transport-Security': 'max-age=63072000; includeSubDomains',
        'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
        'Permissions-Policy': 'geolocation=()',
        'X-Frame-Options': 'DENY',
      }),
    ),
  },
  {
    id: 'server-named',
    title: 'names its server without a version',
    behaviour: withEveryResponse((response) => withHeaders(response, { Server: 'cloudflare' })),
  },
  {
    id: 'cookie-balancer',
    title: 'sets the load balancer’s cookie on every answer',
    behaviour: withEveryResponse((response) =>
      withAddedHeader(response, 'Set-Cookie', 'AWSALB=n7s2kq; Expires=Fri, 01 Jan 2038 00:00:00 GMT; Path=/'),
    ),
  },
  {
    id: 'date-behind',
    title: 'runs a clock that is four seconds behind',
    behaviour: withEveryResponse((response) =>
      withHeaders(response, { Date: new Date(Date.now() - 4000).toUTCString() }),
    ),
  },
  {
    id: 'connection-closed',
    title: 'closes the connection after each answer',
    behaviour: withEveryResponse((response) => withHeaders(response, { Connection: 'close' })),
  },
  {
    id: 'first-byte-slow',
    title: 'takes a second and a half for the first report',
    behaviour: withReport(async (full, exchange) => {
      if (countOf(exchange, 'slow') === 0) await pause(1500)
      return full
    }),
  },
  {
    id: 'vary-any',
    title: 'says that the report varies with everything',
    behaviour: withReportHeaders({ Vary: '*' }),
  },
  {
    id: 'fields-of-an-edge',
    title: 'stands behind a delivery network that adds its own fields and stores nothing',
    behaviour: withEveryResponse((response) =>
      withHeaders(response, {
        Via: '1.1 varnish, 1.1 edge-7',
        'X-Cache': 'MISS, MISS',
        'X-Served-By': 'cache-fra-1',
        'Alt-Svc': 'h3=":443"; ma=86400',
        NEL: '{"report_to":"d","max_age":1}',
      }),
    ),
  },
])
