import assert from 'node:assert/strict'
import { type Answer, fieldValue, mediaTypeOf } from '../answer.ts'
import { assertEqual, assertMatches, assertStatus, isPdf } from '../assertions.ts'
import type { Check } from '../check.ts'
import { documented } from '../operation.ts'
import { answering, withBody, withField, withoutField, withStatus } from '../spoils.ts'

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

const isRange = ({ headers }: { headers?: Record<string, unknown> }) => headers?.Range !== undefined

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
      const [one, two] = [await target.ask(), await target.ask({ fresh: true })]
      for (const [first, last] of [
        [0, 99],
        [100, 299],
      ] as const) {
        const answer = await target.ask({ headers: { Range: `bytes=${first}-${last}` } })
        assertStatus(answer, [206, 200], `a request for bytes ${first} to ${last}`)
        if (answer.status === 200) assert.ok(isPdf(answer), 'the 200 to a request for a part is no PDF')
        else if (mediaTypeOf(answer) !== 'multipart/byteranges')
          assertPart(answer, one.body.equals(two.body) ? one : undefined, first, last)
      }
      const end = await target.ask({ headers: { Range: 'bytes=-100' } })
      assertStatus(end, [206, 200], 'a request for the last 100 bytes')
      if (end.status === 206 && one.body.equals(two.body) && mediaTypeOf(end) !== 'multipart/byteranges')
        assertPart(end, one, Math.max(0, one.body.length - 100), one.body.length - 1)
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
    },
    counterexamples: [withStatus(206), withStatus(500), withField('Content-Range', 'bytes 0-0/1')],
  },
  {
    id: 'RANGE-003',
    title: 'A range that cannot be read is ignored',
    level: 'http',
    source: 'rfc9110#14.2',
    covers: [documented(200)],
    needs: [],
    async run(target) {
      for (const range of ['lines=1-2', 'bytes=b-a']) {
        const answer = await target.ask({ headers: { Range: range } })
        assertStatus(answer, [200, 416], `a request with Range: ${range}`)
      }
    },
    counterexamples: [withStatus(500), withStatus(206), withStatus(400)],
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
      const headers = { Range: 'bytes=0-99', 'If-Range': '"altostrat-contract-has-never-seen-this"' }
      const answer = await target.ask({ headers })
      assertStatus(answer, [200], 'a request for bytes 0 to 99 if an unknown entity tag matches')
      assert.ok(isPdf(answer), 'the 200 to a request with If-Range is no PDF')
    },
    counterexamples: [withStatus(206), withStatus(412), withBody('no document', () => 'x')],
  },
]
