import assert from 'node:assert/strict'
import { gzipSync } from 'node:zlib'
import type { Target } from '../../engine/target.ts'
import type { RequestSpec } from '../../http/request.ts'
import { headerValue, mediaTypeOf, type ReceivedResponse } from '../../http/response.ts'
import type { DownloadOperation } from '../../operations/download-operation.ts'
import { assertEqual, assertMatches, assertStatus, isPdf } from '../assertions/assertions.ts'
import type { Check } from '../check.ts'
import {
  replaceHeader,
  withBody,
  withHeader,
  withoutHeader,
  withResponse,
  withStatus,
} from '../mutations/mutations.ts'
import { longAgo, unknownEntityTag } from '../probes/request-variants.ts'

/** Where the whole document is the same for two requests, a part can be compared with it. */
function assertPart(
  response: ReceivedResponse,
  whole: ReceivedResponse | undefined,
  first: number,
  last: number,
): void {
  const contentRange = headerValue(response, 'content-range') ?? ''
  const [, from, to, length] = /^bytes (\d+)-(\d+)\/(\d+|\*)$/i.exec(contentRange) ?? []
  assert.ok(from !== undefined, `the 206 has no Content-Range that can be read: ${contentRange || 'none'}`)
  assertEqual(Number(from), first, 'the first byte of Content-Range')
  assert.ok(Number(to) <= last, `Content-Range ends at ${to}, requested were bytes up to ${last}`)
  assertEqual(
    response.body.length,
    Number(to) - Number(from) + 1,
    `the length of the content for ${contentRange}`,
  )
  if (!whole) return
  if (length !== '*')
    assertEqual(Number(length), whole.body.length, 'the length of the whole in Content-Range')
  assert.ok(
    response.body.equals(whole.body.subarray(first, Number(to) + 1)),
    'the part differs from that part of the whole',
  )
}

/** The document, where it is the same for three requests, so that parts can be compared with it. */
async function steadyWhole(
  target: Target,
  headers?: Record<string, string>,
): Promise<ReceivedResponse | undefined> {
  const request = headers ? { headers } : {}
  const first = await target.request(request)
  // Of several that take turns, two may be the same by chance.
  for (let more = 0; more < 2; more++)
    if (!(await target.request({ ...request, fresh: true })).body.equals(first.body)) return undefined
  return first
}

/** Every part of a multipart/byteranges (RFC 9110 §14.6) as a response of its own. */
function partsIn(response: ReceivedResponse): ReceivedResponse[] {
  const [, quoted, plain] =
    /;\s*boundary=(?:"([^"]+)"|([^\s;]+))/i.exec(headerValue(response, 'content-type') ?? '') ?? []
  const boundary = quoted ?? plain
  assert.ok(boundary !== undefined, 'the multipart/byteranges names no boundary')
  const [, ...pieces] = `\r\n${response.body.toString('latin1')}`.split(`\r\n--${boundary}`)
  assert.ok(pieces.pop()?.startsWith('--'), `the last part does not end with the boundary ${boundary}`)
  return pieces.map((piece) => {
    const end = piece.indexOf('\r\n\r\n')
    assert.ok(end >= 0, 'the headers of a part do not end with an empty line')
    const headers = piece
      .slice(0, end)
      .split('\r\n')
      .filter((line) => line.includes(':'))
      .map((line): [string, string] => [line.split(':')[0]!, line.slice(line.indexOf(':') + 1).trim()])
    return { ...response, headers, body: Buffer.from(piece.slice(end + 4), 'latin1') }
  })
}

const isRange = ({ headers }: RequestSpec) => headers?.Range !== undefined

/** Parts of the document. */
export const ranges = (operation: DownloadOperation): Check[] => [
  {
    id: 'RANGE-001',
    title: 'A request for a part is answered with that part or the whole document',
    level: 'http',
    source: 'rfc9110#15.3.7',
    covers: operation.documented(200),
    needs: [],
    comparesDocuments: true,
    async run(target) {
      const whole = await steadyWhole(target)
      const lastOfAll = whole ? whole.body.length - 1 : Number.POSITIVE_INFINITY
      for (const [first, last] of [
        [0, 99],
        [0, 0],
        [100, 299],
        // As downloads are resumed: to the end, wherever that is.
        [100, undefined],
      ] as const) {
        const response = await target.request({ headers: { Range: `bytes=${first}-${last ?? ''}` } })
        assertStatus(response, [206, 200], `a request for bytes ${first} to ${last ?? 'the end'}`)
        if (response.status === 200) assert.ok(isPdf(response), 'the 200 to a request for a part is no PDF')
        else if (mediaTypeOf(response) !== 'multipart/byteranges')
          assertPart(response, whole, first, last ?? lastOfAll)
      }
      const end = await target.request({ headers: { Range: 'bytes=-100' } })
      assertStatus(end, [206, 200], 'a request for the last 100 bytes')
      if (end.status === 206 && whole && mediaTypeOf(end) !== 'multipart/byteranges')
        assertPart(end, whole, Math.max(0, whole.body.length - 100), whole.body.length - 1)
    },
    mutations: [
      withHeader('Content-Range', 'bytes 0-9/10', isRange),
      withoutHeader('Content-Range', isRange),
      withBody('the whole as a part', (body) => Buffer.concat([body, Buffer.alloc(500)]), isRange),
      withBody('another part', (body) => Buffer.from(body).reverse(), isRange),
      withStatus(500, isRange),
      withStatus(416, isRange),
      withHeader('Content-Range', 'bytes 0-99/100', ({ headers }) => headers?.Range === 'bytes=-100'),
      {
        title: 'the end is one byte behind the last',
        response: (response, { headers }) =>
          headers?.Range === 'bytes=100-'
            ? replaceHeader(
                response,
                'Content-Range',
                (headerValue(response, 'content-range') ?? '').replace(/-\d+\/(\d+)$/, '-$1/$1'),
              )
            : response,
      },
    ],
  },
  {
    id: 'RANGE-002',
    title:
      'A part that the document does not have is answered 416 with its length, or with the whole document',
    level: 'http',
    source: 'rfc9110#15.5.17',
    covers: operation.documented(200),
    needs: [],
    comparesDocuments: true,
    async run(target) {
      const response = await target.request({ headers: { Range: 'bytes=999999999999-' } })
      assertStatus(response, [416, 200], 'a request for bytes beyond the end')
      const steady = await steadyWhole(target)
      if (steady)
        assertStatus(
          await target.request({ headers: { Range: `bytes=${steady.body.length}-` } }),
          [416, 200],
          'a request that begins right behind the last byte',
        )
      const contentRange = headerValue(response, 'content-range')
      if (response.status === 416 && contentRange !== undefined)
        assertMatches(contentRange, /^bytes \*\/\d+$/i, 'Content-Range of the 416')
      if (response.status === 416 && contentRange !== undefined && steady)
        assertEqual(contentRange.slice('bytes */'.length), `${steady.body.length}`, 'the length in the 416')
    },
    mutations: [
      withStatus(206),
      withStatus(
        206,
        ({ headers }) => headers?.Range !== 'bytes=999999999999-' && headers?.Range !== undefined,
      ),
      withStatus(500),
      withHeader('Content-Range', 'bytes 0-0/1'),
      withResponse('another length', 416, { 'Content-Range': 'bytes */7' }, '', isRange),
    ],
  },
  {
    id: 'RANGE-003',
    title: 'A range that cannot be read is ignored',
    level: 'http',
    source: 'rfc9110#14.2',
    covers: operation.documented(200),
    needs: [],
    async run(target) {
      // A unit that is not understood must be ignored; what is no list of ranges may be rejected.
      for (const [range, expected] of [
        ['lines=1-2', [200]],
        ['bytes=b-a', [200, 416, 400]],
      ] as const)
        assertStatus(
          await target.request({ headers: { Range: range } }),
          expected,
          `a request with Range: ${range}`,
        )
    },
    mutations: [
      withStatus(500),
      withStatus(206),
      withStatus(400),
      withStatus(416, ({ headers }) => headers?.Range === 'lines=1-2'),
    ],
  },
  {
    id: 'RANGE-004',
    title: 'A document that says it has ranges has them',
    level: 'advice',
    source: 'rfc9110#14.3',
    covers: operation.documented(200),
    needs: [],
    async run(target) {
      if (!/\bbytes\b/i.test(headerValue(await target.request(), 'accept-ranges') ?? '')) return
      const response = await target.request({ headers: { Range: 'bytes=0-99' } })
      assertStatus(response, [206], 'a request for bytes 0 to 99, after Accept-Ranges: bytes,')
    },
    mutations: [
      {
        title: 'ranges are announced, but not served',
        response: (response) => ({
          ...response,
          status: 200,
          headers: [...response.headers, ['Accept-Ranges', 'bytes']],
        }),
      },
    ],
  },
  {
    id: 'RANGE-005',
    title: 'A 416 says how long the document is',
    level: 'advice',
    source: 'rfc9110#15.5.17',
    covers: operation.documented(200),
    needs: [],
    async run(target) {
      const response = await target.request({ headers: { Range: 'bytes=999999999999-' } })
      if (response.status !== 416) return
      assert.ok(headerValue(response, 'content-range') !== undefined, 'the 416 has no Content-Range header')
    },
    mutations: [withResponse('a bare 416', 416, {})],
  },
  {
    id: 'RANGE-006',
    title: 'A part of a document that is not the one the client has is answered with the whole one',
    level: 'http',
    source: 'rfc9110#13.1.5',
    covers: operation.documented(200),
    needs: [],
    async run(target) {
      for (const validator of [unknownEntityTag, longAgo]) {
        const headers = { Range: 'bytes=0-99', 'If-Range': validator }
        const response = await target.request({ headers })
        assertStatus(response, [200], `a request for bytes 0 to 99 with If-Range: ${validator}`)
        assert.ok(isPdf(response), 'the 200 to a request with If-Range is no PDF')
      }
    },
    mutations: [
      withStatus(206),
      withStatus(206, ({ headers }) => headers?.['If-Range'] === longAgo),
      withStatus(412),
      withBody('no document', () => 'x'),
    ],
  },
  {
    id: 'RANGE-007',
    title: 'A part has the fields that the whole has',
    level: 'http',
    source: 'rfc9110#15.3.7',
    covers: operation.documented(200),
    needs: [],
    comparesDocuments: true,
    async run(target) {
      const whole = await target.request()
      const part = await target.request({ headers: { Range: 'bytes=0-99' } })
      if (whole.status !== 200 || part.status !== 206) return
      for (const name of ['etag', 'cache-control', 'expires', 'content-location', 'vary'])
        if (headerValue(whole, name) !== undefined)
          assert.ok(headerValue(part, name) !== undefined, `the 200 has ${name}, the 206 has not`)
      if (mediaTypeOf(part) !== 'multipart/byteranges')
        assertEqual(mediaTypeOf(part), mediaTypeOf(whole), 'the media type of the part')
      const tag = headerValue(whole, 'etag')
      const again = await target.request({ fresh: true })
      // An entity tag that changes with every response says nothing about the part.
      if (headerValue(again, 'etag') === tag)
        assertEqual(headerValue(part, 'etag'), tag, 'the ETag of the part')
    },
    mutations: [
      withoutHeader('ETag', isRange),
      withHeader('ETag', '"of the part alone"', isRange),
      withHeader('Content-Type', 'application/octet-stream', isRange),
    ],
  },
  {
    id: 'RANGE-008',
    title: 'A range that goes beyond the end is cut to what there is',
    level: 'http',
    source: 'rfc9110#14.1.2',
    covers: operation.documented(200),
    needs: [],
    comparesDocuments: true,
    async run(target) {
      const whole = await steadyWhole(target)
      for (const range of ['bytes=0-999999999999', 'bytes=-999999999999']) {
        const response = await target.request({ headers: { Range: range } })
        assertStatus(response, [206, 200], `a request with Range: ${range}`)
        if (response.status === 206 && whole && mediaTypeOf(response) !== 'multipart/byteranges')
          assertPart(response, whole, 0, whole.body.length - 1)
      }
    },
    mutations: [
      withStatus(416, ({ headers }) => String(headers?.Range).endsWith('=0-999999999999')),
      withStatus(416, ({ headers }) => headers?.Range === 'bytes=-999999999999'),
    ],
  },
  {
    id: 'RANGE-009',
    title: 'A request for two parts is answered with both, one, or the whole document',
    level: 'http',
    source: 'rfc9110#15.3.7.2',
    covers: operation.documented(200),
    needs: [],
    comparesDocuments: true,
    async run(target) {
      const whole = await steadyWhole(target)
      const response = await target.request({ headers: { Range: 'bytes=0-9,40-49' } })
      assertStatus(response, [206, 200, 416], 'a request for two parts')
      if (response.status === 200) assert.ok(isPdf(response), 'the 200 to a request for two parts is no PDF')
      if (response.status !== 206) return
      const parts = mediaTypeOf(response) === 'multipart/byteranges' ? partsIn(response) : [response]
      assert.ok(parts.length > 0, 'the multipart/byteranges has no part')
      for (const part of parts) {
        const [, first = '0'] = /^bytes (\d+)-/i.exec(headerValue(part, 'content-range') ?? '') ?? []
        assertPart(part, whole, Number(first), 49)
      }
    },
    mutations: [
      withStatus(500),
      withResponse(
        'the first part, called nothing',
        206,
        { 'Content-Type': operation.mediaType },
        '%PDF-1.7\n%',
      ),
      withResponse(
        'parts under another boundary',
        206,
        { 'Content-Type': 'multipart/byteranges; boundary=one' },
        '--two\r\nContent-Range: bytes 0-1/9\r\n\r\n%P\r\n--two--\r\n',
      ),
      withResponse(
        'a part of something else',
        206,
        { 'Content-Type': 'multipart/byteranges; boundary=one' },
        '--one\r\nContent-Range: bytes 0-1/9\r\n\r\nxy\r\n--one--\r\n',
      ),
    ],
  },
  {
    id: 'RANGE-010',
    title: 'A condition counts for a part as for the whole',
    level: 'http',
    source: 'rfc9110#13.2.2',
    covers: operation.documented(200),
    needs: [],
    comparesDocuments: true,
    async run(target) {
      const etag = headerValue(await target.request(), 'etag')
      if (!etag) return
      const condition = { 'If-None-Match': etag }
      const { status } = await target.request({ headers: condition })
      if (status !== 304) return
      const response = await target.request({ headers: { ...condition, Range: 'bytes=0-99' } })
      assertStatus(response, [304], 'a request for a part of a document that the client has')
    },
    mutations: [withStatus(206, isRange)],
  },
  {
    id: 'RANGE-011',
    title: 'A part of a compressed document is a part of what the whole is then',
    level: 'http',
    source: 'rfc9110#14.1.2',
    covers: operation.documented(200),
    needs: [],
    comparesDocuments: true,
    async run(target) {
      const coded = { 'Accept-Encoding': 'gzip' }
      const response = await target.request({ headers: { ...coded, Range: 'bytes=0-99' } })
      const coding = headerValue(response, 'content-encoding')
      if (response.status !== 206 || mediaTypeOf(response) === 'multipart/byteranges') return
      const whole = await steadyWhole(target, coding ? coded : { 'Accept-Encoding': 'identity' })
      const isSame = whole && headerValue(whole, 'content-encoding') === coding
      assert.ok(
        isSame || !whole,
        `the part has the coding ${coding ?? 'identity'}, the whole ${whole && (headerValue(whole, 'content-encoding') ?? 'identity')}`,
      )
      assertPart(response, whole, 0, 99)
    },
    mutations: [
      {
        title: 'the part is compressed by itself',
        response: (response, { headers }) =>
          headers?.Range
            ? replaceHeader({ ...response, body: gzipSync(response.body) }, 'Content-Encoding', 'gzip')
            : response,
      },
    ],
  },
]
