import assert from 'node:assert/strict'
import type { Target } from '../../engine/target.ts'
import type { Question } from '../../http/request.ts'
import { type Answer, fieldValue, fieldValues } from '../../http/response.ts'
import { assertEqual, assertMatches, assertStatus, isPdf } from '../assertions/assertions.ts'
import { readHttpDate } from '../assertions/dates.ts'
import type { Check, Spoil } from '../check.ts'
import { replaceField, withBody, withField, withoutField, withStatus } from '../mutations/mutations.ts'
import { documented } from '../operation.ts'
import { refusalsOf } from '../probes/refusals.ts'
import { unknownTag } from '../probes/request-variants.ts'

const entityTag = /^(?:W\/)?"[\x21\x23-\x7e\x80-\xff]*"$/

/** The directives of Cache-Control, names in lower case. */
const directivesOf = (answer: Answer) => directivesIn(fieldValue(answer, 'cache-control') ?? '')

function directivesIn(value: string): Map<string, string> {
  return new Map(
    value.split(',').flatMap((directive) => {
      const [name = '', argument = ''] = directive.trim().split('=')
      return name ? [[name.toLowerCase(), argument.replaceAll('"', '')] as const] : []
    }),
  )
}

/** The directive that lets shared caches give an answer to a request with credentials to others (RFC 9111 §3.5). */
function sharing(directives: Map<string, string>): string | undefined {
  const said = ['public', 's-maxage'].find((name) => directives.has(name) && directives.get(name) !== '0')
  if (said || !directives.has('must-revalidate')) return said
  const isKept = ['private', 'no-store', 'no-cache'].every((name) => !directives.has(name))
  return isKept && Number(directives.get('max-age')) > 0 ? 'must-revalidate, without private' : undefined
}

/** The document for a client that accepts no coding and, where that makes a difference, for one that accepts gzip. */
async function codings(target: Target): Promise<{ plain: Answer; coded: Answer | undefined }> {
  const plain = await target.ask({ headers: { 'Accept-Encoding': 'identity' } })
  const coded = await target.ask({ headers: { 'Accept-Encoding': 'gzip' } })
  const codingOf = (answer: Answer) => fieldValue(answer, 'content-encoding')
  return { plain, coded: coded.status === 200 && codingOf(coded) !== codingOf(plain) ? coded : undefined }
}

/** Says that the content is gzip where gzip was offered, with these fields in any case. */
function compressing(title: string, fields: Record<string, string>): Spoil {
  return {
    title,
    answer: (answer, { headers }) => {
      const all = headers?.['Accept-Encoding'] === 'gzip' ? { ...fields, 'Content-Encoding': 'gzip' } : fields
      return Object.entries(all).reduce(
        (spoiled, [name, value]) => replaceField(spoiled, name, value),
        answer,
      )
    },
  }
}

/** What may be kept, for whom, and how it is asked for again. */
export const caching: Check[] = [
  {
    id: 'CACHE-001',
    title: 'The document is not offered to shared caches',
    level: 'http',
    source: 'rfc9111#3.5',
    covers: [documented(200)],
    needs: [],
    async run(target) {
      const whole = await target.ask()
      const etag = fieldValue(whole, 'etag')
      const answers: [string, Answer][] = [
        ['the document', whole],
        ['the answer to HEAD', await target.ask({ method: 'HEAD' })],
        ['a part of the document', await target.ask({ headers: { Range: 'bytes=0-99' } })],
        ['the document in gzip', await target.ask({ headers: { 'Accept-Encoding': 'gzip' } })],
        ...(etag
          ? [['the 304', await target.ask({ headers: { 'If-None-Match': etag } })] as [string, Answer]]
          : []),
      ]
      for (const [what, answer] of answers) {
        const directive = answer.status < 400 && sharing(directivesOf(answer))
        assert.ok(!directive, `Cache-Control of ${what} says ${directive}`)
      }
    },
    counterexamples: [
      withField('Cache-Control', 'public, max-age=3600'),
      withField('Cache-Control', 's-maxage=60'),
      withField('Cache-Control', 'max-age=600, must-revalidate'),
      withField('Cache-Control', 'public', ({ method }) => method === 'HEAD'),
      withField('Cache-Control', 'public', isConditional),
    ],
  },
  {
    id: 'CACHE-002',
    title: 'The document says that it is private, or not to be stored',
    level: 'advice',
    source: 'rfc9111#5.2.2.7',
    covers: [documented(200)],
    needs: [],
    async run(target) {
      const answer = await target.ask()
      const directives = directivesOf(answer)
      const said = fieldValue(answer, 'cache-control') ?? 'nothing'
      assert.ok(directives.has('private') || directives.has('no-store'), `Cache-Control says ${said}`)
    },
    counterexamples: [withoutField('Cache-Control'), withField('Cache-Control', 'max-age=60')],
  },
  {
    id: 'CACHE-003',
    title: 'A refusal is not offered to shared caches',
    level: 'advice',
    source: 'rfc9111#3',
    covers: [documented(401), documented(403), documented(404)],
    needs: [],
    async run(target, facts) {
      for (const [what, answer] of await refusalsOf(target, facts)) {
        const directives = directivesOf(answer)
        for (const name of ['public', 's-maxage', 'max-age'])
          assert.ok(
            !directives.has(name) ||
              directives.get(name) === '0' ||
              (name === 'max-age' && directives.has('private')),
            `Cache-Control of ${what} is ${fieldValue(answer, 'cache-control')}`,
          )
      }
    },
    counterexamples: [
      withField('Cache-Control', 'public'),
      withField('Cache-Control', 'max-age=3600'),
      withField('Cache-Control', 'public, max-age=60', ({ as }) => as === 'outsider'),
    ],
  },
  {
    id: 'CACHE-004',
    title: 'One address gives each caller their own answer, in whatever order they ask',
    level: 'contract',
    source: 'rfc9111#3.5',
    covers: [documented(401)],
    needs: [],
    async run(target) {
      for (const as of ['member', 'nobody', 'member', 'nobody'] as const) {
        const answer = await target.ask({ as, fresh: true })
        assertStatus(answer, as === 'member' ? [200] : [401], `${as}, asking in turn with others,`)
        if (as === 'nobody') assert.ok(!isPdf(answer), 'the refusal is a PDF')
      }
    },
    counterexamples: [
      {
        title: 'the last answer is given to whoever asks next',
        question: (question) => ({ ...question, as: 'member' }),
      },
      { title: 'a refusal is kept for everybody', question: (question) => ({ ...question, as: 'nobody' }) },
    ],
  },
  {
    id: 'CACHE-005',
    title: 'An entity tag is written as one',
    level: 'http',
    source: 'rfc9110#8.8.3',
    covers: [documented(200)],
    needs: [],
    async run(target) {
      for (const etag of fieldValues(await target.ask(), 'etag')) assertMatches(etag, entityTag, 'ETag')
    },
    counterexamples: [withField('ETag', 'abc'), withField('ETag', 'w/"abc"'), withField('ETag', '"a"b"')],
  },
  {
    id: 'CACHE-006',
    title: 'Equal strong entity tags mean equal bytes',
    level: 'http',
    source: 'rfc9110#8.8.1',
    covers: [documented(200)],
    needs: [],
    async run(target) {
      const [one, two] = [await target.ask(), await target.ask({ fresh: true })]
      const etag = fieldValue(one, 'etag')
      if (!etag || etag.startsWith('W/') || etag !== fieldValue(two, 'etag')) return
      assert.ok(one.body.equals(two.body), `two different bodies have the entity tag ${etag}`)
    },
    counterexamples: [
      {
        title: 'the tag stays while the body changes',
        answer: (answer, { fresh }) => {
          const fields = [
            ...answer.fields.filter(([name]) => !/^etag$/i.test(name)),
            ['ETag', '"constant"'] as [string, string],
          ]
          return {
            ...answer,
            fields,
            body: fresh ? Buffer.concat([answer.body, Buffer.from('\n')]) : answer.body,
          }
        },
      },
    ],
  },
  {
    id: 'CACHE-007',
    title: 'A document that the client has is not sent again, or sent as it is now',
    level: 'http',
    source: 'rfc9110#13.1.2',
    covers: [documented(200)],
    needs: [],
    async run(target) {
      const etag = fieldValue(await target.ask(), 'etag')
      if (!etag) return
      const answer = await target.ask({ headers: { 'If-None-Match': etag } })
      assertStatus(answer, [304, 200], 'a request with the entity tag of the document in If-None-Match')
      if (answer.status === 304) assertEqual(answer.body.length, 0, 'the length of the content of the 304')
      else assert.ok(isPdf(answer), 'the 200 to a conditional request is no PDF')
    },
    counterexamples: [
      withStatus(412, isConditional),
      withStatus(204, isConditional),
      withBody('content in a 304', () => 'x', isConditional),
    ],
  },
  {
    id: 'CACHE-008',
    title: 'A 304 repeats what a cache needs to know',
    level: 'http',
    source: 'rfc9110#15.4.5',
    covers: [documented(200)],
    needs: [],
    async run(target) {
      const whole = await target.ask()
      const etag = fieldValue(whole, 'etag')
      if (!etag) return
      const answer = await target.ask({ headers: { 'If-None-Match': etag } })
      if (answer.status !== 304) return
      for (const name of ['etag', 'cache-control', 'vary', 'content-location', 'expires'])
        if (fieldValue(whole, name) !== undefined)
          assert.ok(fieldValue(answer, name) !== undefined, `the 200 has ${name}, the 304 has not`)
      const opaque = (tag = '') => tag.replace(/^W\//, '')
      assertEqual(opaque(fieldValue(answer, 'etag')), opaque(etag), 'the entity tag of the 304')
    },
    counterexamples: [
      withoutField('ETag', isConditional),
      withoutField('Cache-Control', isConditional),
      withField('ETag', '"another"', isConditional),
    ],
  },
  {
    id: 'CACHE-009',
    title: 'A condition that the document does not meet is answered with the whole document',
    level: 'http',
    source: 'rfc9110#13.1.2',
    covers: [documented(200)],
    needs: [],
    async run(target) {
      const whole = await target.ask()
      const since = fieldValue(whole, 'last-modified') ?? fieldValue(whole, 'date')
      const conditions: Record<string, string>[] = [
        { 'If-None-Match': unknownTag },
        { 'If-Modified-Since': 'yesterday' },
        // The date is not looked at where there is a tag (RFC 9110 §13.1.3).
        ...(since ? [{ 'If-None-Match': unknownTag, 'If-Modified-Since': since }] : []),
      ]
      for (const headers of conditions) {
        const answer = await target.ask({ headers })
        const condition = Object.entries(headers)
          .map(([name, value]) => `${name}: ${value}`)
          .join(' and ')
        assertStatus(answer, [200], `a request with ${condition}`)
        assert.ok(isPdf(answer), `the answer to a request with ${condition} is no PDF`)
      }
    },
    counterexamples: [
      withStatus(304, isConditional),
      withStatus(400, isConditional),
      withStatus(412, isConditional),
      withStatus(304, ({ headers = {} }) => 'If-None-Match' in headers && 'If-Modified-Since' in headers),
    ],
  },
  {
    id: 'CACHE-010',
    title: 'Last-Modified is a date, and not one in the future',
    level: 'http',
    source: 'rfc9110#8.8.2.1',
    covers: [documented(200)],
    needs: [],
    async run(target) {
      const answer = await target.ask()
      const modified = fieldValue(answer, 'last-modified')
      if (modified === undefined) return
      const time = readHttpDate(modified)
      assert.ok(!Number.isNaN(time), `Last-Modified is no IMF-fixdate: ${modified}`)
      const date = readHttpDate(fieldValue(answer, 'date') ?? '')
      assert.ok(Number.isNaN(date) || time <= date, `Last-Modified (${modified}) is after Date`)
    },
    counterexamples: [
      withField('Last-Modified', '2026-01-01'),
      withField('Last-Modified', 'Thu, 01 Jan 2099 00:00:00 GMT'),
    ],
  },
  {
    id: 'CACHE-011',
    title: 'A strong entity tag stands for one content coding only',
    level: 'http',
    source: 'rfc9110#8.8.3.3',
    covers: [documented(200)],
    needs: [],
    async run(target) {
      const { plain, coded } = await codings(target)
      const etag = fieldValue(plain, 'etag')
      if (!coded || !etag || etag.startsWith('W/')) return
      assert.ok(
        fieldValue(coded, 'etag') !== etag,
        `plain bytes and ${fieldValue(coded, 'content-encoding')} have the entity tag ${etag}`,
      )
    },
    counterexamples: [compressing('gzip under the same tag', { ETag: '"same"', Vary: 'Accept-Encoding' })],
  },
  {
    id: 'CACHE-012',
    title: 'A document that is compressed on offer says that it varies with the offer',
    level: 'advice',
    source: 'rfc9110#12.5.5',
    covers: [documented(200)],
    needs: [],
    async run(target) {
      const { plain, coded } = await codings(target)
      if (!coded) return
      for (const answer of [plain, coded]) {
        if (directivesOf(answer).has('no-store')) continue
        const vary = fieldValue(answer, 'vary') ?? ''
        assert.ok(
          /(?:^|,)\s*(?:accept-encoding|\*)\s*(?:,|$)/i.test(vary),
          `Vary is ${vary || 'not sent'}, though the coding depends on Accept-Encoding`,
        )
      }
    },
    counterexamples: [
      compressing('Vary names another field', { 'Cache-Control': 'private', Vary: 'Authorization' }),
    ],
  },
  {
    id: 'CACHE-013',
    title: 'A 304 names no length but that of the document',
    level: 'http',
    source: 'rfc9110#8.6',
    covers: [documented(200)],
    needs: [],
    async run(target) {
      const whole = await target.ask()
      const etag = fieldValue(whole, 'etag')
      if (!etag) return
      const answer = await target.ask({ headers: { 'If-None-Match': etag } })
      const length = fieldValue(answer, 'content-length')
      if (answer.status !== 304 || length === undefined || fieldValue(answer, 'etag') !== etag) return
      assertEqual(Number(length), whole.body.length, 'the Content-Length of the 304')
    },
    counterexamples: [withField('Content-Length', '0', isConditional)],
  },
  {
    id: 'CACHE-014',
    title: 'Age is a number of seconds',
    level: 'http',
    source: 'rfc9111#5.1',
    covers: [documented(200)],
    needs: [],
    async run(target) {
      for (const age of fieldValues(await target.ask(), 'age')) assertMatches(age, /^\d+$/, 'Age')
    },
    counterexamples: [withField('Age', '-5'), withField('Age', '2 s')],
  },
  {
    id: 'CACHE-015',
    title: 'The entity tag of one workspace matches no document of another',
    level: 'http',
    source: 'rfc9110#13.1.2',
    covers: [documented(200)],
    needs: ['outsiderWorkspace'],
    async run(target, { profile }) {
      const etag = fieldValue(await target.ask(), 'etag')
      const other: Question = { as: 'outsider', workspace: profile.actors.outsider!.workspace! }
      const own = fieldValue(await target.ask(other), 'etag')
      if (!etag || !own || own === etag) return
      const answer = await target.ask({ ...other, headers: { 'If-None-Match': etag } })
      assertStatus(answer, [200], 'another tenant who has the entity tag of this workspace')
    },
    counterexamples: [withStatus(304, isConditional)],
  },
  {
    id: 'CACHE-016',
    title: 'Conditions of every form are understood: a list of tags, a weak tag, any tag',
    level: 'http',
    source: 'rfc9110#13.1.2',
    covers: [documented(200)],
    needs: [],
    async run(target) {
      for (const condition of ['*', `W/"another", ${unknownTag}`]) {
        const answer = await target.ask({ headers: { 'If-None-Match': condition } })
        assertStatus(
          answer,
          condition === '*' ? [200, 304] : [200],
          `a request with If-None-Match: ${condition}`,
        )
      }
    },
    counterexamples: [withStatus(412), withStatus(400), withStatus(500)],
  },
  {
    id: 'CACHE-017',
    title: 'No field that only content delivery networks read offers them the document',
    level: 'advice',
    source: 'rfc9213#2',
    covers: [documented(200)],
    needs: [],
    async run(target) {
      const answer = await target.ask()
      for (const [name, value] of answer.fields) {
        if (!/^(?:(?:\w+-)?cdn-cache-control|surrogate-control|x-accel-expires)$/i.test(name)) continue
        const directives = directivesIn(/^\d+$/.test(value) ? `max-age=${value}` : value)
        const age = Number(directives.get('s-maxage') ?? directives.get('max-age') ?? 0)
        const isKept = ['private', 'no-store', 'no-cache'].some((directive) => directives.has(directive))
        assert.ok(isKept || age === 0, `${name} of the document is ${value}`)
      }
    },
    counterexamples: [
      withField('CDN-Cache-Control', 'max-age=600'),
      withField('Surrogate-Control', 'max-age=60'),
      withField('X-Accel-Expires', '3600'),
    ],
  },
]

function isConditional({ headers }: { headers?: Record<string, unknown> }): boolean {
  return headers?.['If-None-Match'] !== undefined
}
