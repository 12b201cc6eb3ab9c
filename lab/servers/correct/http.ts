import { brotliCompressSync, gzipSync } from 'node:zlib'
import {
  headerOf,
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
  change: (full: ServedResponse, exchange: Exchange) => ServedResponse | Promise<ServedResponse>,
): Partial<Behaviour> => ({
  represent: change,
})

const sending = (headers: Record<string, string>) => reporting((full) => withHeaders(full, headers))

const lacking = (...names: string[]) => reporting((full) => withoutHeaders(full, ...names))

/** Says something in every answer. */
const always = (
  change: (response: ServedResponse, exchange: Exchange) => ServedResponse,
): Partial<Behaviour> => ({
  respond: async (given, exchange) => change(await referenceBehaviour.respond(given, exchange), exchange),
})

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

const coded = (name: string, code: (body: Buffer) => Buffer) =>
  reporting((full, exchange) => {
    const varying = withHeaders(full, { Vary: 'Authorization, Accept-Encoding' })
    if (
      !new RegExp(`\\b${name}\\b(?!;q=0(\\.0*)?(,|$))`).test(requestHeader(exchange, 'accept-encoding') ?? '')
    )
      return varying
    const tag = headerOf(full, 'etag')?.replace(/"$/, `-${name}"`) ?? ''
    return withHeaders(withBody(varying, code(full.body)), { 'Content-Encoding': name, ETag: tag })
  })

const corsNames = ['access-control-allow-origin', 'access-control-expose-headers']

/** Several slices in one answer (RFC 9110 §14.6). */
const multipart = (full: ServedResponse, exchange: Exchange): ServedResponse | undefined => {
  const ranges = (requestHeader(exchange, 'range') ?? '').match(/\d+-\d+/g) ?? []
  if (ranges.length < 2 || exchange.method !== 'GET') return undefined
  const parts = ranges.map((range) => {
    const [first = 0, last = 0] = range.split('-').map(Number)
    const head = `\r\n--slices\r\nContent-Type: application/pdf\r\nContent-Range: bytes ${range}/${full.body.length}\r\n\r\n`
    return Buffer.concat([Buffer.from(head), full.body.subarray(first, last + 1)])
  })
  const body = Buffer.concat([...parts, Buffer.from('\r\n--slices--\r\n')])
  return {
    ...withHeaders(full, { 'Content-Type': 'multipart/byteranges; boundary=slices' }),
    status: 206,
    body,
  }
}

const modified = 'Tue, 31 Mar 2026 00:00:00 GMT'

export const http = inArea('http', [
  { id: 'disposition-absent', title: 'suggests no file name', behaviour: lacking('content-disposition') },
  {
    id: 'disposition-inline',
    title: 'lets browsers show the report',
    behaviour: sending({ 'Content-Disposition': 'inline' }),
  },
  {
    id: 'disposition-extended',
    title: 'gives the file name in filename* only',
    behaviour: sending({ 'Content-Disposition': "attachment; filename*=UTF-8''n%C3%B6rdwind%20use.pdf" }),
  },
  {
    id: 'disposition-both',
    title: 'gives a token and an extended file name',
    behaviour: sending({
      'Content-Disposition': "ATTACHMENT;FileName=usage.pdf ; filename*=utf-8'en'us%C3%A4ge.pdf",
    }),
  },
  { id: 'tag-weak', title: 'sends a weak entity tag', behaviour: sending({ ETag: 'W/"2026-03-31"' }) },
  {
    id: 'tag-odd',
    title: 'sends an entity tag of odd characters',
    behaviour: sending({ ETag: '"a,b/c=!#{}\'"' }),
  },
  {
    id: 'tag-absent',
    title: 'sends no entity tag',
    behaviour: { ...lacking('etag'), select: (full, exchange) => partial(full, exchange) ?? full },
  },
  {
    id: 'conditions-ignored',
    title: 'sends an entity tag and always answers in full',
    behaviour: {
      ...lacking('accept-ranges'),
      select: (full) => full,
    },
  },
  {
    id: 'ranges-unsupported',
    title: 'supports no ranges and says so',
    behaviour: {
      ...sending({ 'Accept-Ranges': 'none' }),
      select: (full, exchange) => notModified(full, exchange) ?? full,
    },
  },
  {
    id: 'ranges-unmentioned',
    title: 'supports no ranges and does not mention them',
    behaviour: {
      ...lacking('accept-ranges'),
      select: (full, exchange) => notModified(full, exchange) ?? full,
    },
  },
  {
    id: 'ranges-multipart',
    title: 'answers several ranges with multipart/byteranges',
    behaviour: { select: (full, exchange) => multipart(full, exchange) ?? select(full, exchange) },
  },
  {
    id: 'modified-since',
    title: 'sends Last-Modified and honours If-Modified-Since',
    behaviour: {
      ...sending({ 'Last-Modified': modified }),
      select: (full, exchange) => {
        const since = Date.parse(requestHeader(exchange, 'if-modified-since') ?? '')
        const isOld = requestHeader(exchange, 'if-none-match') === undefined && since >= Date.parse(modified)
        return isOld
          ? { ...withoutHeaders(full, 'content-type'), status: 304, body: Buffer.alloc(0) }
          : select(full, exchange)
      },
    },
  },
  { id: 'cache-no-store', title: 'forbids all storing', behaviour: sending({ 'Cache-Control': 'no-store' }) },
  {
    id: 'cache-verbose',
    title: 'forbids storing in five ways',
    behaviour: sending({
      'Cache-Control': 'no-cache, no-store, must-revalidate, private, max-age=0',
      Pragma: 'no-cache',
      Expires: '0',
    }),
  },
  { id: 'vary-everything', title: 'varies by everything', behaviour: sending({ Vary: '*' }) },
  {
    id: 'coding-gzip',
    title: 'compresses with gzip where it is offered',
    behaviour: coded('gzip', gzipSync),
  },
  {
    id: 'coding-br',
    title: 'compresses with Brotli where it is offered',
    behaviour: coded('br', brotliCompressSync),
  },
  {
    id: 'cors-absent',
    title: 'serves no scripts of other origins',
    behaviour: { ...always((response) => withoutHeaders(response, ...corsNames)) },
  },
  {
    id: 'cors-reflecting',
    title: 'reflects the origin, without credentials',
    behaviour: always((response, exchange) => {
      const origin = requestHeader(exchange, 'origin')
      return origin
        ? withHeaders(response, { 'Access-Control-Allow-Origin': origin, Vary: 'Origin, Authorization' })
        : withHeaders(withoutHeaders(response, ...corsNames), { Vary: 'Origin, Authorization' })
    }),
  },
  {
    id: 'cors-one-origin',
    title: 'serves the scripts of its own console only, with credentials',
    behaviour: always((response) =>
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
    behaviour: always((response) =>
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
    behaviour: always((response) =>
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
    behaviour: always((response) => withHeaders(response, { Server: 'cloudflare' })),
  },
  {
    id: 'cookie-balancer',
    title: 'sets the load balancer’s cookie on every answer',
    behaviour: always((response) =>
      withAddedHeader(response, 'Set-Cookie', 'AWSALB=n7s2kq; Expires=Fri, 01 Jan 2038 00:00:00 GMT; Path=/'),
    ),
  },
  {
    id: 'date-behind',
    title: 'runs a clock that is four seconds behind',
    behaviour: always((response) =>
      withHeaders(response, { Date: new Date(Date.now() - 4000).toUTCString() }),
    ),
  },
  {
    id: 'connection-closed',
    title: 'closes the connection after each answer',
    behaviour: always((response) => withHeaders(response, { Connection: 'close' })),
  },
  {
    id: 'first-byte-slow',
    title: 'takes a second and a half for the first report',
    behaviour: reporting(async (full, exchange) => {
      if (countOf(exchange, 'slow') === 0) await pause(1500)
      return full
    }),
  },
  {
    id: 'stamped',
    title: 'stamps each document with the time and sends no entity tag',
    behaviour: {
      file: (pdf, exchange) => restamped(pdf, countOf(exchange, 'stamps')),
      ...lacking('etag', 'accept-ranges'),
      select: (full) => full,
    },
  },
])

function restamped(pdf: Buffer, seconds: number): Buffer {
  const stamp = `D:202603310000${String(seconds % 60).padStart(2, '0')}Z`
  return Buffer.from(pdf.toString('latin1').replaceAll('D:20260331000000Z', stamp), 'latin1')
}
