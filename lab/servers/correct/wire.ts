import type { Behaviour } from '../behaviour.ts'
import { type Exchange, isHttp10 } from '../exchange.ts'
import type { ServedResponse } from '../response.ts'
import { contentOf, headOf } from '../transmit.ts'
import { inArea } from './area.ts'

/** Long bodies in chunks, the rest as it is, and everything to clients of HTTP/1.0, which know no chunks. */
const chunked = (coding: string, write: (body: Buffer) => (Buffer | string)[]) =>
  writing((head, body, _, { request }) =>
    isLong(body) && request.httpVersion !== '1.0'
      ? [head.replace(/^Content-Length:.*$/m, `Transfer-Encoding: ${coding}`), ...write(body)]
      : [head, body],
  )

/** Writes every answer in its own way. */
const writing = (
  write: (
    head: string,
    body: Buffer,
    response: ServedResponse,
    exchange: Exchange,
  ) => Iterable<Buffer | string> | AsyncIterable<Buffer | string>,
): Partial<Behaviour> => ({
  wire: (response, exchange) => write(headOf(response), contentOf(response, exchange), response, exchange),
})

const isLong = (body: Buffer) => body.length > 200

const halves = (body: Buffer) => [body.subarray(0, body.length / 2), body.subarray(body.length / 2)]

const chunk = (bytes: Buffer, extension = '') =>
  Buffer.concat([Buffer.from(`${bytes.length.toString(16)}${extension}\r\n`), bytes, Buffer.from('\r\n')])

/** Before every answer. */
const preceded = (lines: string) => writing((head, body) => [lines, head, body])

/** Unusual but valid framing and syntax on the connection. */
export const wire = inArea('wire', [
  {
    id: 'old-client-upgrade',
    title: 'tells clients of HTTP/1.0 to upgrade',
    behaviour: {
      wire: (_, exchange) =>
        isHttp10(exchange)
          ? [
              'HTTP/1.1 426 Upgrade Required\r\nUpgrade: HTTP/1.1\r\nConnection: close, upgrade\r\nContent-Length: 0\r\n\r\n',
            ]
          : undefined,
    },
  },
  {
    id: 'old-client-close',
    title: 'ends the report for clients of HTTP/1.0 by closing the connection',
    behaviour: {
      wire: (response, exchange) =>
        isHttp10(exchange)
          ? [headOf(response).replace(/^Content-Length:.*\r\n/m, ''), response.body]
          : undefined,
    },
  },
  {
    id: 'chunked',
    title: 'sends the report in chunks',
    behaviour: chunked('chunked', (body) => [...halves(body).map((half) => chunk(half)), '0\r\n\r\n']),
  },
  {
    id: 'chunked-extended',
    title: 'sends chunks with extensions and a trailer',
    behaviour: chunked('Chunked', (body) => [
      ...halves(body).map((half) => chunk(half, ';part="a;b"')),
      '000;last\r\nX-Checksum: 1f\r\n\r\n',
    ]),
  },
  {
    id: 'closed-at-end',
    title: 'ends the report by closing the connection',
    behaviour: writing((head, body) => [
      isLong(body) ? head.replace(/^Content-Length:.*\r\n/m, '') : head,
      body,
    ]),
  },
  {
    id: 'http-1-0',
    title: 'answers as HTTP/1.0',
    behaviour: writing((head, body) => [head.replace('HTTP/1.1', 'HTTP/1.0'), body]),
  },
  {
    id: 'names-lower-case',
    title: 'writes field names in lower case',
    behaviour: writing((head, body) => [head.replace(/^[\w-]+(?=:)/gm, (name) => name.toLowerCase()), body]),
  },
  {
    id: 'names-upper-case',
    title: 'writes field names in upper case',
    behaviour: writing((head, body) => [head.replace(/^[\w-]+(?=: )/gm, (name) => name.toUpperCase()), body]),
  },
  {
    id: 'spaces-around-values',
    title: 'writes tabs and spaces around values',
    behaviour: writing((head, body) => [head.replace(/^([\w-]+): (.*)\r$/gm, '$1:\t  $2 \t\r'), body]),
  },
  {
    id: 'spaces-absent',
    title: 'writes no space after the colon',
    behaviour: writing((head, body) => [head.replace(/^([\w-]+): /gm, '$1:'), body]),
  },
  {
    id: 'reason-empty',
    title: 'gives no reason phrase',
    behaviour: writing((head, body) => [head.replace(/^(HTTP\/1\.1 \d+ ).*\r/, '$1\r'), body]),
  },
  {
    id: 'reason-own',
    title: 'gives reason phrases of its own',
    behaviour: writing((head, body) => [
      head.replace(/^(HTTP\/1\.1 \d+ ).*\r/, '$1Everything in order: (50%)\r'),
      body,
    ]),
  },
  {
    id: 'early-hints',
    title: 'sends 103 before the answer',
    behaviour: preceded('HTTP/1.1 103 Early Hints\r\nLink: </style.css>; rel=preload\r\n\r\n'),
  },
  {
    id: 'processing',
    title: 'sends 102 twice before the answer',
    behaviour: preceded('HTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 102 Processing\r\n\r\n'),
  },
  {
    id: 'continue',
    title: 'sends 100 before the answer though nobody waits for it',
    behaviour: preceded('HTTP/1.1 100 Continue\r\n\r\n'),
  },
  {
    id: 'dribbling',
    title: 'sends the answer in small pieces',
    behaviour: writing((head, body) => dribbled(head, body)),
  },
  {
    id: 'head-without-length',
    title: 'leaves the length out of the answer to HEAD',
    behaviour: {
      wire: (response, { method }) =>
        method === 'HEAD' ? [headOf(response).replace(/^Content-Length:.*\r\n/m, '')] : undefined,
    },
  },
  {
    id: 'tls',
    title: 'is reached by TLS, with a certificate of a private authority',
    reach: { tls: { certificate: 'localhost' } },
    behaviour: {},
  },
  {
    id: 'head-chunked',
    title: 'says in the answer to HEAD that the report comes in chunks',
    behaviour: {
      wire: (response, { method }) =>
        method === 'HEAD' && response.status === 200
          ? [headOf(response).replace(/^Content-Length:.*$/m, 'Transfer-Encoding: chunked')]
          : undefined,
    },
  },
])

async function* dribbled(head: string, body: Buffer): AsyncGenerator<Buffer> {
  const bytes = Buffer.concat([Buffer.from(head), body])
  for (let at = 0; at < bytes.length; at += 4096) {
    yield bytes.subarray(at, at + 4096)
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}
