import assert from 'node:assert/strict'
import type { RunContext } from '../../engine/context.ts'
import type { Target } from '../../engine/target.ts'
import type { RawResponse } from '../../http/message.ts'
import type { RequestSpec } from '../../http/request.ts'
import { describeResponse, headerValue, type ReceivedResponse } from '../../http/response.ts'
import { NoResponseError } from '../../http/transport.ts'
import type { DownloadOperation } from '../../operations/download-operation.ts'
import { assertStatus, isPdf } from '../assertions/assertions.ts'
import type { Check } from '../check.ts'
import { withRawBytes, withStatus } from '../mutations/mutations.ts'

/**
 * The messages of ordinary requests, each with what was requested. One after the other: the last request of a check that
 * fails is the one that shows why.
 */
async function* messages(
  target: Target,
  { keyring, unknownWorkspace }: RunContext,
  more: [string, RequestSpec][] = [],
): AsyncGenerator<[string, RawResponse]> {
  const requests: [string, RequestSpec][] = [
    ['the export', {}],
    ['the refusal without credentials', { as: 'nobody' }],
    ['the refusal for an unknown workspace', { workspace: unknownWorkspace }],
    // What compresses a body may leave the length that it had.
    ['the export where gzip is accepted', { headers: { 'Accept-Encoding': 'gzip' } }],
    ...(keyring.holds('outsider')
      ? [['the refusal for somebody without access', { as: 'outsider' }] as [string, RequestSpec]]
      : []),
    ...more,
  ]
  for (const [what, request] of requests) yield [what, await target.requestRaw(request)]
}

/** No breach of one of these sections of RFC 9112 in any message. */
async function assertNoBreach(target: Target, context: RunContext, sections: string[]): Promise<void> {
  for await (const [what, { breaches }] of messages(target, context)) {
    const found = breaches.filter(({ section }) => sections.includes(section)).map(({ message }) => message)
    assert.ok(found.length === 0, `${what}: ${found.join('; ')}`)
  }
}

const insertHeader = (line: string) => (message: string) => message.replace('\r\n', `\r\n${line}\r\n`)
const endOfHead = '\r\n\r\n'

/** Messages as they are on the wire, before a client repairs or merges anything. */
export const wire = (operation: DownloadOperation): Check[] => [
  {
    id: 'WIRE-001',
    title: 'Each body is as long as its message says',
    level: 'http',
    source: 'rfc9112#6.3',
    covers: operation.documented(200, 401),
    needs: [],
    async run(target, context) {
      for await (const [what, { truncated, body }] of messages(target, context))
        assert.ok(!truncated, `${what} breaks off after ${body.length} bytes`)
      await assertNoBreach(target, context, ['6.3'])
    },
    mutations: [
      withRawBytes('the body is one byte short', (message) => message.slice(0, -1)),
      {
        title: 'what is compressed is one byte short',
        raw: (bytes, { headers }) => (headers?.['Accept-Encoding'] ? bytes.subarray(0, -1) : bytes),
      },
      withRawBytes('the length is no number', (message) =>
        message.replace(/content-length: \d+/i, 'Content-Length: ten'),
      ),
      withRawBytes('two lengths differ', insertHeader('Content-Length: 7')),
      withRawBytes(
        'the last chunk is missing',
        (message) =>
          `${message.slice(0, message.indexOf(endOfHead)).replace(/content-length: \d+/i, 'Transfer-Encoding: chunked')}${endOfHead}5\r\nhello\r\n`,
      ),
    ],
  },
  {
    id: 'WIRE-002',
    title: 'No message has both a length and a transfer coding',
    level: 'http',
    source: 'rfc9112#6.2',
    covers: operation.documented(200, 401),
    needs: [],
    run: (target, context) => assertNoBreach(target, context, ['6.2']),
    mutations: [withRawBytes('both', insertHeader('Transfer-Encoding: chunked\r\nContent-Length: 5'))],
  },
  {
    id: 'WIRE-003',
    title: 'Chunks are as long as they say',
    level: 'http',
    source: 'rfc9112#7.1',
    covers: operation.documented(200),
    needs: [],
    run: (target, context) => assertNoBreach(target, context, ['7.1']),
    mutations: [
      ...(['zz', '4'] as const).map((size) =>
        withRawBytes(
          `a chunk of 5 bytes says ${size}`,
          (message) =>
            `${message.slice(0, message.indexOf(endOfHead)).replace(/content-length: \d+\r\n/i, '')}\r\nTransfer-Encoding: chunked${endOfHead}${size}\r\nhello\r\n0\r\n\r\n`,
        ),
      ),
    ] as Check['mutations'],
  },
  {
    id: 'WIRE-004',
    title: 'Nothing follows the body',
    level: 'http',
    source: 'rfc9112#9.2',
    covers: operation.documented(200, 401),
    needs: [],
    async run(target, context) {
      const head: [string, RequestSpec] = ['the answer to HEAD', { method: 'HEAD' }]
      for await (const [what, { excess }] of messages(target, context, [head]))
        assert.ok(excess.length === 0, `${what} is followed by ${excess.length} bytes`)
    },
    mutations: [
      withRawBytes('a few bytes more', (message) => `${message}trailing garbage`),
      withRawBytes('another message', (message) => `${message}HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n`),
    ],
  },
  {
    id: 'WIRE-005',
    title: 'Status line and fields are written as HTTP has them',
    level: 'http',
    source: 'rfc9112#5',
    covers: operation.documented(200, 401),
    needs: [],
    run: (target, context) => assertNoBreach(target, context, ['4', '5', '5.1', '5.2']),
    mutations: [
      withRawBytes('a space before the colon', insertHeader('X-Custom : 1')),
      withRawBytes('a folded field', insertHeader('X-Custom: 1\r\n 2')),
      withRawBytes('a control character', insertHeader('X-Custom: \x01')),
      withRawBytes('a line without a name', insertHeader('no field at all')),
      withRawBytes('a broken status line', (message) => message.replace(/^HTTP\/1\.1/, 'HTTPS/1')),
    ],
  },
  {
    id: 'WIRE-006',
    title: 'Interim responses have no content',
    level: 'http',
    source: 'rfc9112#6.1',
    covers: operation.documented(200),
    needs: [],
    run: (target, context) => assertNoBreach(target, context, ['6.1']),
    mutations: [
      withRawBytes(
        'a 103 with a length',
        (message) => `HTTP/1.1 103 Early Hints\r\nContent-Length: 0\r\n\r\n${message}`,
      ),
    ],
  },
  {
    id: 'WIRE-007',
    title: 'Lines of a head end with CR LF',
    level: 'http',
    source: 'rfc9112#2.1',
    covers: operation.documented(200, 401),
    needs: [],
    async run(target, context) {
      for await (const [what, { head }] of messages(target, context))
        assert.ok(!/(?<!\r)\n/.test(head), `a line in the head of ${what} ends with LF alone`)
    },
    mutations: [withRawBytes('LF alone', (message) => message.replaceAll('\r\n', '\n'))],
  },
  {
    id: 'WIRE-008',
    title: 'A 204 and a 304 end with their heads',
    level: 'http',
    source: 'rfc9112#6.3',
    covers: operation.documented(200),
    needs: [],
    async run(target) {
      const etag = headerValue(await target.requestRaw(), 'etag')
      const requests: RequestSpec[] = [
        { method: 'OPTIONS' },
        ...(etag ? [{ headers: { 'If-None-Match': etag } }] : []),
      ]
      for (const request of requests) {
        const { status, excess, ...response } = await target.requestRaw(request)
        if (status !== 204 && status !== 304) continue
        assert.ok(excess.length === 0, `the ${status} is followed by ${excess.length} bytes`)
        const coding = headerValue(response, 'transfer-encoding')
        assert.ok(status === 304 || !coding, `the 204 has Transfer-Encoding: ${coding}`)
        const length = Number(headerValue(response, 'content-length') ?? 0)
        assert.ok(status === 304 || length === 0, `the 204 has Content-Length: ${length}`)
      }
    },
    mutations: [
      withRawBytes('content in a 204', () => 'HTTP/1.1 204 No Content\r\n\r\nnothing'),
      withRawBytes('content in a 304', () => 'HTTP/1.1 304 Not Modified\r\nETag: "1"\r\n\r\nnothing'),
      withRawBytes('a 204 with a length', () => 'HTTP/1.1 204 No Content\r\nContent-Length: 5\r\n\r\n'),
      withRawBytes('a 204 in chunks', () => 'HTTP/1.1 204 No Content\r\nTransfer-Encoding: chunked\r\n\r\n'),
    ],
  },
  {
    id: 'WIRE-009',
    title: 'No transfer coding is used but chunked, for no other was offered',
    level: 'http',
    source: 'rfc9112#7.4',
    covers: operation.documented(200, 401),
    needs: [],
    async run(target, context) {
      for await (const [what, response] of messages(target, context)) {
        const coding = headerValue(response, 'transfer-encoding')
        assert.ok(
          coding === undefined || /^chunked$/i.test(coding),
          `${what} has Transfer-Encoding: ${coding}`,
        )
      }
    },
    mutations: [
      withRawBytes('gzip', insertHeader('Transfer-Encoding: gzip, chunked')),
      withRawBytes('identity', insertHeader('Transfer-Encoding: identity')),
    ],
  },
  {
    id: 'WIRE-010',
    title: 'A client of HTTP/1.0 receives the whole document, or is told to upgrade',
    level: 'http',
    source: 'rfc9110#2.5',
    covers: operation.documented(200),
    needs: [],
    async run(target) {
      const response = await target.requestRaw({ version: '1.0' })
      if ([400, 426, 505].includes(response.status)) return
      assertStatus(response, [200], 'a member who speaks HTTP/1.0')
      const { body } = await target.request()
      assert.ok(
        !response.truncated && (!isPdf({ body }) || isPdf(response)),
        `a member who speaks HTTP/1.0 is answered ${describeResponse(response)}`,
      )
    },
    mutations: [
      withRawBytes('the body is one byte short', (message) => message.slice(0, -1)),
      withRawBytes('an error', () => 'HTTP/1.1 500 Internal Server Error\r\nContent-Length: 0\r\n\r\n'),
    ],
  },
  {
    id: 'WIRE-011',
    title: 'A client of HTTP/1.0 receives no chunks, which it does not know',
    level: 'advice',
    source: 'rfc9112#6.1',
    covers: operation.documented(200),
    needs: [],
    async run(target) {
      const coding = headerValue(await target.requestRaw({ version: '1.0' }), 'transfer-encoding')
      assert.ok(coding === undefined, `an answer to HTTP/1.0 has Transfer-Encoding: ${coding}`)
    },
    mutations: [withRawBytes('chunks', insertHeader('Transfer-Encoding: chunked'))],
  },
  {
    id: 'WIRE-012',
    title: 'A connection that stays open answers the next request as it did the first',
    level: 'http',
    source: 'rfc9112#9.3',
    covers: operation.documented(200),
    needs: [],
    async run(target) {
      for (const response of [
        await requestOnSharedConnection(target),
        await requestOnSharedConnection(target),
      ]) {
        assertStatus(response, [200], 'a member who asks again over the same connection')
        assert.ok(
          !response.truncated && isPdf(response),
          `an answer over a kept connection is ${describeResponse(response)}`,
        )
      }
    },
    mutations: [
      withStatus(500),
      {
        title: 'the second answer breaks off',
        response: (response) => ({ ...response, truncated: 'closed' }),
      },
      {
        title: 'the second request is never answered',
        response: (response, { onSharedConnection: isKept }) => {
          if (isKept) throw new NoResponseError('ETIMEDOUT', 'no answer within 30000 ms')
          return response
        },
      },
    ],
  },
  {
    id: 'WIRE-013',
    title: 'A 204 has no Content-Length, not even of 0',
    level: 'advice',
    source: 'rfc9110#8.6',
    covers: operation.documented(200),
    needs: [],
    async run(target) {
      const response = await target.requestRaw({ method: 'OPTIONS' })
      const length = headerValue(response, 'content-length')
      assert.ok(
        response.status !== 204 || length === undefined,
        `the 204 has Content-Length: ${length}, which HTTP forbids; clients read it as it is meant, so nothing breaks`,
      )
    },
    mutations: [
      withRawBytes('a 204 with a length', () => 'HTTP/1.1 204 No Content\r\nContent-Length: 0\r\n\r\n'),
    ],
  },
]

/** Sends a request over the shared connection; no response is a failure where a new connection gets one. */
async function requestOnSharedConnection(target: Target): Promise<ReceivedResponse> {
  try {
    return await target.request({ onSharedConnection: true })
  } catch (error) {
    if (!(error instanceof NoResponseError) || error.code !== 'ETIMEDOUT') throw error
    await target.request({ fresh: true })
    assert.fail(`a request over a kept connection is not answered (${error.message}), while others are`)
  }
}
