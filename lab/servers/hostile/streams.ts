import { once } from 'node:events'
import { gzipSync } from 'node:zlib'
import type { Behaviour } from '../behaviour.ts'
import type { HostileServer } from '../declaration.ts'
import type { Exchange } from '../exchange.ts'
import { headOf } from '../transmit.ts'

type Chunks = AsyncGenerator<Buffer | string>

/** Answers every authorized request for a report by what is written here. */
const onReport = (
  write: (head: string, exchange: Exchange) => Chunks,
): (() => { behaviour: Partial<Behaviour> }) => {
  return () => ({
    behaviour: {
      wire: (response, exchange) =>
        response.status === 200 && exchange.workspace ? write(headOf(response), exchange) : undefined,
    },
  })
}

const chunkedHead = (head: string) => head.replace(/^Content-Length:.*$/m, 'Transfer-Encoding: chunked')

const closing = (head: string) => head.replace(/^Content-Length:.*\r\n/m, '')

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms).unref())

/** Goes on until the other side hangs up: `transmit` stops asking then. */
async function* forever(piece: string | Buffer, everyMs = 0): Chunks {
  for (;;) {
    yield piece
    await pause(everyMs)
  }
}

/** Ten gigabytes of zeros as a thousand members of one gzip stream, some ten megabytes on the wire. */
async function* bomb(): Chunks {
  const member = gzipSync(Buffer.alloc(10 * 2 ** 20))
  for (let count = 0; count < 1000; count++) yield member
}

const megabyte = 'x'.repeat(2 ** 20)

/** Answers that do not end, or not before harm is done. */
export const streams: HostileServer[] = [
  {
    id: 'hangs',
    title: 'accepts the request and never answers',
    declare: onReport(async function* (_, { request }) {
      yield ''
      await once(request.socket, 'close')
    }),
  },
  {
    id: 'hangs-in-body',
    title: 'announces ten gigabytes and stops after the first bytes',
    declare: onReport(async function* (head, { request }) {
      yield head.replace(/^Content-Length:.*$/m, 'Content-Length: 10737418240')
      yield '%PDF-1.7\n'
      await once(request.socket, 'close')
    }),
  },
  {
    id: 'resets',
    title: 'resets the connection in the middle of the report',
    declare: onReport(async function* (head, { request }) {
      yield head
      yield '%PDF-1.7\n'
      await pause(20)
      request.socket.resetAndDestroy()
    }),
  },
  {
    id: 'body-endless',
    title: 'sends a report without end',
    declare: onReport(async function* (head) {
      yield chunkedHead(head)
      yield* forever(`100000\r\n${megabyte}\r\n`)
    }),
  },
  {
    id: 'body-endless-unframed',
    title: 'sends a report without end and without framing',
    declare: onReport(async function* (head) {
      yield closing(head)
      yield* forever(megabyte)
    }),
  },
  {
    id: 'body-drips',
    title: 'sends one byte a second',
    declare: onReport(async function* (head) {
      yield head
      yield* forever('%', 1000)
    }),
  },
  {
    id: 'body-bomb',
    title: 'sends ten gigabytes of zeros as gzip',
    declare: onReport(async function* (head) {
      yield closing(head).replace('\r\n\r\n', '\r\nContent-Encoding: gzip\r\n\r\n')
      yield* bomb()
    }),
  },
  {
    id: 'chunk-extension-endless',
    title: 'sends a chunk extension without end',
    declare: onReport(async function* (head) {
      yield chunkedHead(head)
      yield '5;'
      yield* forever(megabyte)
    }),
  },
  {
    id: 'chunks-tiny',
    title: 'sends chunks of one byte without end',
    declare: onReport(async function* (head) {
      yield chunkedHead(head)
      yield* forever('1\r\n%\r\n'.repeat(10_000))
    }),
  },
  {
    id: 'trailer-endless',
    title: 'sends trailer fields without end',
    declare: onReport(async function* (head) {
      yield `${chunkedHead(head)}0\r\n`
      yield* forever('X-Trailer: 1\r\n'.repeat(10_000))
    }),
  },
  {
    id: 'fields-hundred-thousand',
    title: 'sends a hundred thousand fields',
    declare: onReport(async function* (head) {
      yield head.slice(0, -2)
      for (let count = 0; count < 100; count++) yield 'X-Filler: 1\r\n'.repeat(1000)
      yield '\r\n'
    }),
  },
  {
    id: 'field-endless',
    title: 'sends a field without end',
    declare: onReport(async function* (head) {
      yield `${head.slice(0, -2)}X-Filler: `
      yield* forever(megabyte)
    }),
  },
  {
    id: 'head-drips',
    title: 'sends one header field a second, without end',
    declare: onReport(async function* (head) {
      yield head.slice(0, -2)
      yield* forever('X-Filler: 1\r\n', 1000)
    }),
  },
  {
    id: 'status-line-huge',
    title: 'sends a status line of a hundred megabytes',
    declare: onReport(async function* () {
      yield 'HTTP/1.1 200 '
      for (let count = 0; count < 100; count++) yield megabyte
    }),
  },
  {
    id: 'informational-endless',
    title: 'sends 103 without end',
    declare: onReport(async function* () {
      yield* forever('HTTP/1.1 103 Early Hints\r\nLink: </x>; rel=preload\r\n\r\n'.repeat(500))
    }),
  },
  {
    id: 'not-http',
    title: 'speaks another protocol',
    declare: onReport(async function* () {
      yield 'SSH-2.0-OpenSSH_9.6\r\n'
      yield '\u0000\u0001\u0002'
    }),
  },
]
