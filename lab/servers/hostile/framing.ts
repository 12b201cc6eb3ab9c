import { once } from 'node:events'
import type { Behaviour } from '../behaviour.ts'
import type { HostileServer } from '../declaration.ts'
import type { Exchange } from '../exchange.ts'
import type { ServedResponse } from '../response.ts'
import { contentOf, headOf } from '../transmit.ts'

type Chunks = AsyncGenerator<Buffer | string>

/** Writes every response, whatever its status, in the way that is given here. */
const onEvery =
  (write: (parts: { head: string; body: Buffer }, exchange: Exchange) => Chunks) =>
  (): { behaviour: Partial<Behaviour> } => ({
    behaviour: {
      wire: (response: ServedResponse, exchange: Exchange) =>
        write({ head: headOf(response), body: contentOf(response, exchange) }, exchange),
    },
  })

const withLength = (head: string, length: string) =>
  head.replace(/^Content-Length:.*$/m, `Content-Length: ${length}`)

/** What a response says about its length, in place of the truth. */
const lengths: Record<string, (length: number) => string> = {
  'one too many': (length) => `${length + 1}`,
  'one too few': (length) => `${length - 1}`,
  negative: () => '-1',
  signed: (length) => `+${length}`,
  'a fraction': (length) => `${length}.0`,
  'in hexadecimal digits': (length) => `0x${length.toString(16)}`,
  'beyond 64 bits': () => '18446744073709551617',
  'of a million digits': () => '9'.repeat(1_000_000),
  empty: () => '',
  'a list of two': (length) => `${length}, ${length + 1}`,
  'in digits of another script': () => '\u0661\u0662',
}

const lies: HostileServer[] = Object.entries(lengths).map(([title, lie]) => ({
  id: `length-${title.replaceAll(/\W+/g, '-')}`,
  title: `gives every response a Content-Length that is ${title}`,
  declare: onEvery(async function* ({ head, body }) {
    yield Buffer.from(withLength(head, lie(body.length)))
    yield body
  }),
}))

/** Where in a response the connection is reset; the pieces before it are sent. */
const places: Record<string, (head: string, body: Buffer) => (string | Buffer)[]> = {
  'before the first byte': () => [],
  'in the status line': () => ['HTTP/1.'],
  'after the status code': () => ['HTTP/1.1 200'],
  'between the two bytes of a line end': () => ['HTTP/1.1 200 OK\r'],
  'after the status line': () => ['HTTP/1.1 200 OK\r\n'],
  'in the name of a field': () => ['HTTP/1.1 200 OK\r\nContent-Ty'],
  'in the value of a field': () => ['HTTP/1.1 200 OK\r\nContent-Type: applic'],
  'before the empty line': (head) => [head.slice(0, -2)],
  'in the empty line': (head) => [head.slice(0, -1)],
  'after the head': (head) => [head],
  'before the last byte': (head, body) => [head, body.subarray(0, -1)],
  'after the last byte': (head, body) => [head, body],
  'in the size of a chunk': (head) => [chunked(head), '1'],
  'after the size of a chunk': (head) => [chunked(head), '10\r\n'],
  'in a chunk': (head, body) => [chunked(head), 'ffff\r\n', body.subarray(0, 100)],
  'after a chunk': (head, body) => [chunked(head), `${body.length.toString(16)}\r\n`, body, '\r\n'],
  'in the last chunk': (head, body) => [chunked(head), `${body.length.toString(16)}\r\n`, body, '\r\n0\r\n'],
  'in a trailer field': (head) => [chunked(head), '0\r\nX-Trailer: a'],
}

const chunked = (head: string) => head.replace(/^Content-Length:.*$/m, 'Transfer-Encoding: chunked')

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms).unref())

const resets: HostileServer[] = Object.entries(places).map(([place, piecesBefore]) => ({
  id: `reset-${place.replaceAll(/\W+/g, '-')}`,
  title: `resets the connection of every response ${place}`,
  declare: onEvery(async function* ({ head, body }, { request }) {
    yield* piecesBefore(head, body)
    await pause(5)
    request.socket.resetAndDestroy()
  }),
}))

/** A second response, which nobody asked for. */
const another = 'HTTP/1.1 200 OK\r\nContent-Type: application/pdf\r\nContent-Length: 3\r\n\r\nabc'

const others: HostileServer[] = [
  {
    id: 'responses-pipelined',
    title: 'sends a second response after every response',
    declare: onEvery(async function* ({ head, body }) {
      yield head
      yield body
      yield another
    }),
  },
  {
    id: 'responses-endless',
    title: 'sends responses without end after every response',
    declare: onEvery(async function* ({ head, body }) {
      yield head.replace('Connection: close', 'Connection: keep-alive')
      yield body
      for (;;) yield another.repeat(1000)
    }),
  },
  {
    id: 'head-byte-by-byte',
    title: 'sends the head of every response byte by byte, and no body',
    declare: onEvery(async function* ({ head }) {
      for (const byte of head) {
        yield byte
        await pause(1)
      }
    }),
  },
  {
    id: 'switches-protocols',
    title: 'answers 101 and goes on in HTTP/2',
    declare: onEvery(async function* (_, { request }) {
      yield 'HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\nConnection: Upgrade\r\n\r\n'
      yield Buffer.from('000012040000000000000300000064000400100000000600002000', 'hex')
      await once(request.socket, 'close')
    }),
  },
  {
    id: 'speaks-http2',
    title: 'answers in frames of HTTP/2',
    declare: onEvery(async function* () {
      yield Buffer.from('000012040000000000000300000064000400100000000600002000', 'hex')
      yield Buffer.from('00000801000000000000000001000000000000', 'hex')
    }),
  },
  {
    id: 'speaks-http09',
    title: 'answers as HTTP/0.9 did, without a head',
    declare: onEvery(async function* ({ body }) {
      yield body
    }),
  },
  {
    id: 'chunks-huge-size',
    title: 'announces a chunk of 2^64 bytes',
    declare: onEvery(async function* ({ head, body }) {
      yield chunked(head)
      yield `${'f'.repeat(16)}\r\n`
      yield body
    }),
  },
  {
    id: 'chunks-size-endless',
    title: 'sends the size of a chunk without end',
    declare: onEvery(async function* ({ head }) {
      yield chunked(head)
      for (;;) yield '0'.repeat(2 ** 16)
    }),
  },
  {
    id: 'codings-of-transfer',
    title: 'sends every response in a transfer coding that nobody knows',
    declare: onEvery(async function* ({ head, body }) {
      yield chunked(head).replace('chunked', 'gzip, chunked, gzip')
      yield body
    }),
  },
  {
    id: 'final-after-interim-storm',
    title: 'sends fifty thousand interim responses with a length, and then the response',
    declare: onEvery(async function* ({ head, body }) {
      for (let count = 0; count < 50; count++)
        yield 'HTTP/1.1 102 Processing\r\nContent-Length: 5\r\n\r\n'.repeat(1000)
      yield head
      yield body
    }),
  },
]

/** Responses that break off, or whose framing lies about where they end. */
export const framing: HostileServer[] = [...lies, ...resets, ...others]
