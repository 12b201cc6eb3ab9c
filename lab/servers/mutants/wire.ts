import { gunzipSync, gzipSync } from 'node:zlib'
import type { Behaviour } from '../behaviour.ts'
import { type Exchange, hasHeader, isHttp10 } from '../exchange.ts'
import { headerOf, type ServedResponse, withCoding, withHeaders } from '../response.ts'
import { contentOf, headOf } from '../transmit.ts'
import { inArea } from './area.ts'

/** Writes the report's answer to GET in its own way. */
const onReport = (write: Write): Partial<Behaviour> => ({
  wire: (response, exchange) =>
    isReport(response, exchange) && exchange.method === 'GET'
      ? write(headOf(response), response.body, response)
      : undefined,
})

type Write = (head: string, body: Buffer, response: ServedResponse) => (Buffer | string)[]

const isReport = (response: ServedResponse, { workspace }: Exchange) =>
  response.status === 200 && workspace !== undefined

const lengthened = (head: string, by: number) =>
  head.replace(/^Content-Length: (\d+)/m, (_, length: string) => `Content-Length: ${Number(length) + by}`)

const chunk = (bytes: Buffer) =>
  Buffer.concat([Buffer.from(`${bytes.length.toString(16)}\r\n`), bytes, Buffer.from('\r\n')])

const chunked = (head: string) => head.replace(/^Content-Length:.*$/m, 'Transfer-Encoding: chunked')

const adding = (line: string) =>
  onReport((head, body) => [head.replace('\r\n\r\n', `\r\n${line}\r\n\r\n`), body])

/** Writes every head in its own way. */
const onEveryHead = (change: (head: string) => string): Partial<Behaviour> => ({
  wire: (response, exchange) => [change(headOf(response)), contentOf(response, exchange)],
})

/** Framing and syntax that only the bytes on the connection show (RFC 9112). */
export const wire = inArea('wire', [
  {
    id: 'old-client-chunks',
    title: 'sends chunks to clients of HTTP/1.0',
    level: 'advice',
    behaviour: {
      wire: (response, exchange) =>
        isHttp10(exchange) && response.status === 200
          ? [
              headOf(response).replace(/^Content-Length:.*$/m, 'Transfer-Encoding: chunked'),
              `${response.body.length.toString(16)}\r\n`,
              contentOf(response, exchange),
              '\r\n0\r\n\r\n',
            ]
          : undefined,
    },
  },
  {
    id: 'no-content-length',
    title: 'sends Content-Length with 204',
    level: 'advice',
    behaviour: {
      wire: (response) =>
        response.status === 204
          ? [headOf(response).replace('\r\n\r\n', '\r\nContent-Length: 0\r\n\r\n')]
          : undefined,
    },
  },
  {
    id: 'refusal-cut-outsider',
    title: 'sends outsiders less than the length it announces',
    level: 'http',
    needs: ['outsider'],
    behaviour: {
      wire: (response, exchange) =>
        response.status === 403
          ? [headOf(response), contentOf(response, exchange).subarray(0, -4)]
          : undefined,
    },
  },
  {
    id: 'length-too-long',
    title: 'announces more bytes than it sends',
    level: 'http',
    behaviour: onReport((head, body) => [lengthened(head, 500), body]),
  },
  {
    id: 'length-too-short',
    title: 'sends more bytes than it announces',
    level: 'http',
    behaviour: onReport((head, body) => [lengthened(head, -40), body]),
  },
  {
    id: 'body-cut',
    title: 'closes the connection in the middle of the report',
    level: 'http',
    behaviour: onReport((head, body) => [head, body.subarray(0, body.length / 2)]),
  },
  {
    id: 'length-and-chunked',
    title: 'sends both Content-Length and Transfer-Encoding',
    level: 'http',
    behaviour: onReport((head, body) => [
      head.replace('\r\n\r\n', '\r\nTransfer-Encoding: chunked\r\n\r\n'),
      chunk(body),
      '0\r\n\r\n',
    ]),
  },
  {
    id: 'chunks-unfinished',
    title: 'closes the connection before the last chunk',
    level: 'http',
    behaviour: onReport((head, body) => [chunked(head), chunk(body)]),
  },
  {
    id: 'chunk-size-wrong',
    title: 'announces a chunk that is longer than what it sends',
    level: 'http',
    behaviour: onReport((head, body) => [
      chunked(head),
      `${(body.length + 9).toString(16)}\r\n`,
      body,
      '\r\n0\r\n\r\n',
    ]),
  },
  {
    id: 'chunk-size-unreadable',
    title: 'announces a chunk without a number',
    level: 'http',
    behaviour: onReport((head, body) => [chunked(head), 'size\r\n', body, '\r\n0\r\n\r\n']),
  },
  {
    id: 'length-twice',
    title: 'announces two lengths',
    level: 'http',
    behaviour: adding('Content-Length: 1000'),
  },
  {
    id: 'length-unreadable',
    title: 'announces a length that is no number',
    level: 'http',
    behaviour: onReport((head, body) => [
      head.replace(/^Content-Length: .*$/m, 'Content-Length: 26 KB'),
      body,
    ]),
  },
  { id: 'tag-twice', title: 'sends two entity tags', level: 'http', behaviour: adding('ETag: "another"') },
  {
    id: 'date-twice',
    title: 'sends two dates',
    level: 'http',
    behaviour: adding('Date: Tue, 31 Mar 2026 00:00:00 GMT'),
  },
  {
    id: 'date-missing',
    title: 'sends no Date',
    level: 'http',
    behaviour: onEveryHead((head) => head.replace(/^Date:.*\r\n/m, '')),
  },
  {
    id: 'field-folded',
    title: 'folds a field over two lines',
    level: 'http',
    behaviour: adding('X-Report: usage\r\n and limits'),
  },
  {
    id: 'field-space-before-colon',
    title: 'puts a space before the colon',
    level: 'http',
    behaviour: adding('X-Report : usage'),
  },
  {
    id: 'field-name-broken',
    title: 'sends a field whose name is no token',
    level: 'http',
    behaviour: adding('X (Report): usage'),
  },
  {
    id: 'field-control-character',
    title: 'sends a control character in a field',
    level: 'http',
    behaviour: adding('X-Report: us\u0001age'),
  },
  {
    id: 'field-without-colon',
    title: 'sends a header line without a colon',
    level: 'http',
    behaviour: adding('usage report'),
  },
  {
    id: 'lines-without-cr',
    title: 'ends header lines with LF alone',
    level: 'http',
    behaviour: onEveryHead((head) => head.replaceAll('\r\n', '\n')),
  },
  {
    id: 'head-with-body',
    title: 'sends the report in answer to HEAD',
    level: 'http',
    behaviour: {
      wire: (response, exchange) =>
        exchange.method === 'HEAD' && isReport(response, exchange)
          ? [headOf(response), response.body]
          : undefined,
    },
  },
  {
    id: 'not-modified-with-body',
    title: 'sends a body with 304',
    level: 'http',
    behaviour: {
      wire: (response) => (response.status === 304 ? [headOf(response), 'not modified'] : undefined),
    },
  },
  {
    id: 'no-content-with-body',
    title: 'sends a body with 204',
    level: 'http',
    behaviour: {
      wire: (response) => (response.status === 204 ? [headOf(response), 'no content'] : undefined),
    },
  },
  {
    id: 'no-content-chunked',
    title: 'sends Transfer-Encoding with 204',
    level: 'http',
    behaviour: {
      wire: (response) =>
        response.status === 204
          ? [headOf(response).replace('\r\n\r\n', '\r\nTransfer-Encoding: chunked\r\n\r\n'), '0\r\n\r\n']
          : undefined,
    },
  },
  {
    id: 'informational-with-length',
    title: 'sends Content-Length with 103',
    level: 'http',
    behaviour: onReport((head, body) => [
      'HTTP/1.1 103 Early Hints\r\nContent-Length: 0\r\n\r\n',
      head,
      body,
    ]),
  },
  {
    id: 'informational-only',
    title: 'closes the connection after 103',
    level: 'contract',
    behaviour: onReport(() => ['HTTP/1.1 103 Early Hints\r\nLink: </usage.css>; rel=preload\r\n\r\n']),
  },
  {
    id: 'version-unknown',
    title: 'answers as HTTP/2.0 on a connection of HTTP/1.1',
    level: 'http',
    behaviour: onEveryHead((head) => head.replace('HTTP/1.1', 'HTTP/2.0')),
  },
  {
    id: 'bytes-before-status',
    title: 'sends a byte order mark before the status line',
    level: 'http',
    behaviour: onReport((head, body) => [`\ufeff${head}`, body]),
  },
  {
    id: 'bytes-after-body',
    title: 'sends a line of text after the report',
    level: 'http',
    behaviour: onReport((head, body) => [head, body, '\r\n<!-- served by cache -->\r\n']),
  },
  {
    id: 'coding-of-transfer-unasked',
    title: 'uses a transfer coding that was not offered',
    level: 'http',
    behaviour: onReport((head, body) => [
      head.replace(/^Content-Length:.*$/m, 'Transfer-Encoding: gzip, chunked'),
      chunk(body),
      '0\r\n\r\n',
    ]),
  },
  {
    id: 'address-splits-head',
    title: 'repeats the address in a field with its line breaks',
    level: 'http',
    behaviour: repeatsAddress((path) => path.replaceAll(/%0d%0a(?=\w)/gi, '\r\n')),
  },
  {
    id: 'address-splits-head-lf',
    title: 'repeats the address in a field with its line feeds, where they are not part of a line break',
    level: 'http',
    behaviour: repeatsAddress((path) => path.replaceAll(/(?<!%0d)%0a(?=\w)/gi, '\n')),
  },
  {
    id: 'length-listed',
    title: 'announces one length twice in one field',
    level: 'http',
    behaviour: onReport((head, body) => [
      head.replace(/^Content-Length: (\d+)/m, 'Content-Length: $1, $1'),
      body,
    ]),
  },
  {
    id: 'coding-of-transfer-old',
    title: 'names the transfer coding identity, which HTTP has no more',
    level: 'http',
    behaviour: onReport((head, body) => [
      head.replace(/^Content-Length:.*$/m, 'Transfer-Encoding: identity'),
      body,
    ]),
  },
  {
    id: 'length-of-uncompressed',
    title: 'compresses the report and announces the length that it had before',
    level: 'http',
    behaviour: {
      represent: (full, exchange) =>
        hasHeader('accept-encoding', /gzip(?!;q=0)/)(exchange)
          ? withCoding(full, 'gzip', gzipSync(full.body))
          : withHeaders(full, { Vary: 'Authorization, Accept-Encoding' }),
      wire: (response, { method }) =>
        response.status === 200 && method === 'GET' && headerOf(response, 'content-encoding')
          ? [
              lengthened(headOf(response), gunzipSync(response.body).length - response.body.length),
              response.body,
            ]
          : undefined,
    },
  },
])

/** Writes the path into a field, blanks and whatever `undo` decodes without their percent-encoding. */
function repeatsAddress(undo: (path: string) => string): Partial<Behaviour> {
  return {
    wire: (response, exchange) => [
      headOf(response).replace(
        '\r\n\r\n',
        () => `\r\nX-Request-Path: ${undo(exchange.path).replaceAll('%20', ' ')}\r\n\r\n`,
      ),
      contentOf(response, exchange),
    ],
  }
}
