import assert from 'node:assert/strict'
import type { Target } from '../../engine/target.ts'
import type { Question } from '../../http/request.ts'
import { type Answer, fieldValue, mediaTypeOf } from '../../http/response.ts'
import { assertEqual, assertMatches, assertStatus, isPdf } from '../assertions/assertions.ts'
import type { Check } from '../check.ts'
import { answering, withBody, withField, withoutField, withStatus } from '../mutations/mutations.ts'
import { documented } from '../operation.ts'
import { unknownTag } from '../probes/request-variants.ts'

/** Where the whole document is the same for two requests, a part can be compared with it. */
function assertPart(answer: Answer, whole: Answer | undefined, first: number, last: number): void {
  const contentRange = fieldValue(answer, 'content-range') ?? ''
  const [, from, to, length] = /^bytes (\d+)-(\d+)\/(\d+|\*)$/i.exec(contentRange) ?? []
  assert.ok(from !== undefined, `the 206 has no Content-Range that can be read: ${contentRange || 'none'}`)
  assertEqual(Number(from), first, 'the first byte of Content-Range')
  assert.ok(Number(to) <= last, `Content-Range ends at ${to}, asked for were bytes up to ${last}`)
  assertEqual(
    answer.body.length,
    Number(to) - Number(from) + 1,
    `the length of the content for ${contentRange}`,
  )
  if (!whole) return
  if (length !== '*')
    assertEqual(Number(length), whole.body.length, 'the length of the whole in Content-Range')
  assert.ok(
    answer.body.equals(whole.body.subarray(first, Number(to) + 1)),
    'the part differs from that part of the whole',
  )
}

/** The document, where it is the same for three requests, so that parts can be compared with it. */
async function steadyWhole(target: Target): Promise<Answer | undefined> {
  const first = await target.ask()
  // Of several that take turns, two may be the same by chance.
  const others = [await target.ask({ fresh: true }), await target.ask({ fresh: true })]
  return others.every(({ body }) => body.equals(first.body)) ? first : undefined
}

/** Every part of a multipart/byteranges (RFC 9110 §14.6) as an answer of its own. */
function partsIn(answer: Answer): Answer[] {
  const [, quoted, plain] =
    /;\s*boundary=(?:"([^"]+)"|([^\s;]+))/i.exec(fieldValue(answer, 'content-type') ?? '') ?? []
  const boundary = quoted ?? plain
  assert.ok(boundary !== undefined, 'the multipart/byteranges names no boundary')
  const [, ...pieces] = `\r\n${answer.body.toString('latin1')}`.split(`\r\n--${boundary}`)
  assert.ok(pieces.pop()?.startsWith('--'), `the last part does not end with the boundary ${boundary}`)
  return pieces.map((piece) => {
    const end = piece.indexOf('\r\n\r\n')
    assert.ok(end >= 0, 'a part has no end of its fields')
    const fields = piece
      .slice(0, end)
      .split('\r\n')
      .filter((line) => line.includes(':'))
      .map((line): [string, string] => [line.split(':')[0]!, line.slice(line.indexOf(':') + 1).trim()])
    return { ...answer, fields, body: Buffer.from(piece.slice(end + 4), 'latin1') }
  })
}

const isRange = ({ headers }: Question) => headers?.Range !== undefined

/** Parts of the document. */
export const ranges: Check[] = [
  {
    id: 'RANGE-001',
    title: 'A request for a part is answered with that part or the whole document',
    level: 'http',
    source: 'rfc9110#15.3.7',
    covers: [documented(200)],
    needs: [],
    async run(target) {
      const whole = await steadyWhole(target)
      for (const [first, last] of [
        [0, 99],
        [100, 299],
      ] as const) {
        const answer = await target.ask({ headers: { Range: `bytes=${first}-${last}` } })
        assertStatus(answer, [206, 200], `a request for bytes ${first} to ${last}`)
        if (answer.status === 200) assert.ok(isPdf(answer), 'the 200 to a request for a part is no PDF')
        else if (mediaTypeOf(answer) !== 'multipart/byteranges') assertPart(answer, whole, first, last)
      }
      const end = await target.ask({ headers: { Range: 'bytes=-100' } })
      assertStatus(end, [206, 200], 'a request for the last 100 bytes')
      if (end.status === 206 && whole && mediaTypeOf(end) !== 'multipart/byteranges')
        assertPart(end, whole, Math.max(0, whole.body.length - 100), whole.body.length - 1)
    },
    counterexamples: [
      withField('Content-Range', 'bytes 0-9/10', isRange),
      withoutField('Content-Range', isRange),
      withBody('the whole as a part', (body) => Buffer.concat([body, Buffer.alloc(500)]), isRange),
      withBody('another part', (body) => Buffer.from(body).reverse(), isRange),
      withStatus(500, isRange),
      withStatus(416, isRange),
      withField('Content-Range', 'bytes 0-99/100', ({ headers }) => headers?.Range === 'bytes=-100'),
    ],
  },
  {
    id: 'RANGE-002',
    title:
      'A part that the document does not have is answered 416 with its length, or with the whole document',
    level: 'http',
    source: 'rfc9110#15.5.17',
    covers: [documented(200)],
    needs: [],
    async run(target) {
      const answer = await target.ask({ headers: { Range: 'bytes=999999999999-' } })
      assertStatus(answer, [416, 200], 'a request for bytes beyond the end')
      const contentRange = fieldValue(answer, 'content-range')
      if (answer.status === 416 && contentRange !== undefined)
        assertMatches(contentRange, /^bytes \*\/\d+$/i, 'Content-Range of the 416')
      const whole = await steadyWhole(target)
      if (answer.status === 416 && contentRange !== undefined && whole)
        assertEqual(contentRange.slice('bytes */'.length), `${whole.body.length}`, 'the length in the 416')
    },
    counterexamples: [
      withStatus(206),
      withStatus(500),
      withField('Content-Range', 'bytes 0-0/1'),
      answering('another length', 416, { 'Content-Range': 'bytes */7' }, '', isRange),
    ],
  },
  {
    id: 'RANGE-003',
    title: 'A range that cannot be read is ignored',
    level: 'http',
    source: 'rfc9110#14.2',
    covers: [documented(200)],
    needs: [],
    async run(target) {
      // A unit that is not understood must be ignored; what is no list of ranges may be refused.
      for (const [range, expected] of [
        ['lines=1-2', [200]],
        ['bytes=b-a', [200, 416]],
      ] as const)
        assertStatus(
          await target.ask({ headers: { Range: range } }),
          expected,
          `a request with Range: ${range}`,
        )
    },
    counterexamples: [
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
    covers: [documented(200)],
    needs: [],
    async run(target) {
      if (!/\bbytes\b/i.test(fieldValue(await target.ask(), 'accept-ranges') ?? '')) return
      const answer = await target.ask({ headers: { Range: 'bytes=0-99' } })
      assertStatus(answer, [206], 'a request for bytes 0 to 99, after Accept-Ranges: bytes,')
    },
    counterexamples: [
      {
        title: 'ranges are announced, but not served',
        answer: (answer) => ({
          ...answer,
          status: 200,
          fields: [...answer.fields, ['Accept-Ranges', 'bytes']],
        }),
      },
    ],
  },
  {
    id: 'RANGE-005',
    title: 'A 416 says how long the document is',
    level: 'advice',
    source: 'rfc9110#15.5.17',
    covers: [documented(200)],
    needs: [],
    async run(target) {
      const answer = await target.ask({ headers: { Range: 'bytes=999999999999-' } })
      if (answer.status !== 416) return
      assert.ok(fieldValue(answer, 'content-range') !== undefined, 'the 416 has no Content-Range field')
    },
    counterexamples: [answering('a bare 416', 416, {})],
  },
  {
    id: 'RANGE-006',
    title: 'A part of a document that is not the one the client has is answered with the whole one',
    level: 'http',
    source: 'rfc9110#13.1.5',
    covers: [documented(200)],
    needs: [],
    async run(target) {
      const headers = { Range: 'bytes=0-99', 'If-Range': unknownTag }
      const answer = await target.ask({ headers })
      assertStatus(answer, [200], 'a request for bytes 0 to 99 if an unknown entity tag matches')
      assert.ok(isPdf(answer), 'the 200 to a request with If-Range is no PDF')
    },
    counterexamples: [withStatus(206), withStatus(412), withBody('no document', () => 'x')],
  },
  {
    id: 'RANGE-007',
    title: 'A part has the fields that the whole has',
    level: 'http',
    source: 'rfc9110#15.3.7',
    covers: [documented(200)],
    needs: [],
    async run(target) {
      const whole = await target.ask()
      const part = await target.ask({ headers: { Range: 'bytes=0-99' } })
      if (whole.status !== 200 || part.status !== 206) return
      for (const name of ['etag', 'cache-control', 'expires', 'content-location', 'vary'])
        if (fieldValue(whole, name) !== undefined)
          assert.ok(fieldValue(part, name) !== undefined, `the 200 has ${name}, the 206 has not`)
      if (mediaTypeOf(part) !== 'multipart/byteranges')
        assertEqual(mediaTypeOf(part), mediaTypeOf(whole), 'the media type of the part')
      const tag = fieldValue(whole, 'etag')
      const again = await target.ask({ fresh: true })
      // A tag that changes from answer to answer says nothing of the part.
      if (fieldValue(again, 'etag') === tag)
        assertEqual(fieldValue(part, 'etag'), tag, 'the ETag of the part')
    },
    counterexamples: [
      withoutField('ETag', isRange),
      withField('ETag', '"of the part alone"', isRange),
      withField('Content-Type', 'application/octet-stream', isRange),
    ],
  },
  {
    id: 'RANGE-008',
    title: 'A range that goes beyond the end is cut to what there is',
    level: 'http',
    source: 'rfc9110#14.1.2',
    covers: [documented(200)],
    needs: [],
    async run(target) {
      const whole = await steadyWhole(target)
      for (const range of ['bytes=0-999999999999', 'bytes=-999999999999']) {
        const answer = await target.ask({ headers: { Range: range } })
        assertStatus(answer, [206, 200], `a request with Range: ${range}`)
        if (answer.status === 206 && whole && mediaTypeOf(answer) !== 'multipart/byteranges')
          assertPart(answer, whole, 0, whole.body.length - 1)
      }
    },
    counterexamples: [
      withStatus(416, ({ headers }) => String(headers?.Range).endsWith('=0-999999999999')),
      withStatus(416, ({ headers }) => headers?.Range === 'bytes=-999999999999'),
    ],
  },
  {
    id: 'RANGE-009',
    title: 'A request for two parts is answered with both, one, or the whole document',
    level: 'http',
    source: 'rfc9110#15.3.7.2',
    covers: [documented(200)],
    needs: [],
    async run(target) {
      const whole = await steadyWhole(target)
      const answer = await target.ask({ headers: { Range: 'bytes=0-9,40-49' } })
      assertStatus(answer, [206, 200, 416], 'a request for two parts')
      if (answer.status === 200) assert.ok(isPdf(answer), 'the 200 to a request for two parts is no PDF')
      if (answer.status !== 206) return
      const parts = mediaTypeOf(answer) === 'multipart/byteranges' ? partsIn(answer) : [answer]
      assert.ok(parts.length > 0, 'the multipart/byteranges has no part')
      for (const part of parts) {
        const [, first = '0'] = /^bytes (\d+)-/i.exec(fieldValue(part, 'content-range') ?? '') ?? []
        assertPart(part, whole, Number(first), 49)
      }
    },
    counterexamples: [
      withStatus(500),
      answering('the first part, called nothing', 206, { 'Content-Type': 'application/pdf' }, '%PDF-1.7\n%'),
      answering(
        'parts under another boundary',
        206,
        { 'Content-Type': 'multipart/byteranges; boundary=one' },
        '--two\r\nContent-Range: bytes 0-1/9\r\n\r\n%P\r\n--two--\r\n',
      ),
      answering(
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
    covers: [documented(200)],
    needs: [],
    async run(target) {
      const etag = fieldValue(await target.ask(), 'etag')
      if (!etag) return
      const condition = { 'If-None-Match': etag }
      const { status } = await target.ask({ headers: condition })
      if (status !== 304) return
      const answer = await target.ask({ headers: { ...condition, Range: 'bytes=0-99' } })
      assertStatus(answer, [304], 'a request for a part of a document that the client has')
    },
    counterexamples: [withStatus(206, isRange)],
  },
]
