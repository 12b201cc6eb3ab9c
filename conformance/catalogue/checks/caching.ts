import assert from 'node:assert/strict'
import type { Target } from '../../engine/target.ts'
import type { RequestSpec } from '../../http/request.ts'
import { headerValue, headerValues, type ReceivedResponse } from '../../http/response.ts'
import type { DownloadOperation } from '../../operations/download-operation.ts'
import { assertEqual, assertMatches, assertStatus, isPdf } from '../assertions/assertions.ts'
import { readHttpDate } from '../assertions/dates.ts'
import type { Check, Mutation } from '../check.ts'
import { replaceHeader, withBody, withHeader, withoutHeader, withStatus } from '../mutations/mutations.ts'
import { refusalsOf } from '../probes/refusals.ts'
import { acceptedCodings, isPlain, longAgo, unknownEntityTag } from '../probes/request-variants.ts'

const entityTag = /^(?:W\/)?"[\x21\x23-\x7e\x80-\xff]*"$/

/** The directives of Cache-Control, names in lower case. */
const directivesOf = (response: ReceivedResponse) =>
  directivesIn(headerValue(response, 'cache-control') ?? '')

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

/** The document for a client that accepts no coding and, where that makes a difference, for those that accept some. */
async function codings(target: Target): Promise<{ plain: ReceivedResponse; coded: ReceivedResponse[] }> {
  const plain = await target.request({ headers: { 'Accept-Encoding': 'identity' } })
  const codingOf = (response: ReceivedResponse) => headerValue(response, 'content-encoding')
  const coded: ReceivedResponse[] = []
  for (const offer of acceptedCodings) {
    const response = await target.request({ headers: { 'Accept-Encoding': offer } })
    if (response.status === 200 && codingOf(response) !== codingOf(plain)) coded.push(response)
  }
  return { plain, coded }
}

/** Declares the content as coded where this coding was offered, and sets these headers in any case. */
function compressing(title: string, always: Record<string, string>, coding = 'gzip'): Mutation {
  return {
    title,
    response: (response, { headers }) => {
      const all = headers?.['Accept-Encoding'] === coding ? { ...always, 'Content-Encoding': coding } : always
      return Object.entries(all).reduce(
        (changed, [name, value]) => replaceHeader(changed, name, value),
        response,
      )
    },
  }
}

/** What caches may store, for whom, and how it is revalidated. */
export const caching = (operation: DownloadOperation): Check[] => [
  {
    id: 'CACHE-001',
    title: 'The document is not offered to shared caches',
    level: 'http',
    source: 'rfc9111#3.5',
    covers: operation.documented(200),
    needs: [],
    async run(target, { profile: { emptyWorkspace } }) {
      const whole = await target.request()
      const etag = headerValue(whole, 'etag')
      const responses: [string, ReceivedResponse][] = [
        ['the document', whole],
        ['the answer to HEAD', await target.request({ method: 'HEAD' })],
        ['a part of the document', await target.request({ headers: { Range: 'bytes=0-99' } })],
        ['the document in gzip', await target.request({ headers: { 'Accept-Encoding': 'gzip' } })],
        ...(etag
          ? [
              ['the 304', await target.request({ headers: { 'If-None-Match': etag } })] as [
                string,
                ReceivedResponse,
              ],
            ]
          : []),
        ...(emptyWorkspace
          ? [
              [
                'the document for an empty workspace',
                await target.request({ workspace: emptyWorkspace.id }),
              ] as [string, ReceivedResponse],
            ]
          : []),
      ]
      for (const [what, response] of responses) {
        const directive = response.status < 400 && sharing(directivesOf(response))
        assert.ok(!directive, `Cache-Control of ${what} says ${directive}`)
      }
    },
    mutations: [
      withHeader('Cache-Control', 'public, max-age=3600'),
      withHeader('Cache-Control', 's-maxage=60'),
      withHeader('Cache-Control', 'max-age=600, must-revalidate'),
      withHeader('Cache-Control', 'public', ({ method }) => method === 'HEAD'),
      withHeader('Cache-Control', 'public', isConditional),
      withHeader('Cache-Control', 'public', ({ workspace }) => workspace !== undefined),
    ],
  },
  {
    id: 'CACHE-002',
    title: 'The document says that it is private, or not to be stored',
    level: 'advice',
    source: 'rfc9111#5.2.2.7',
    covers: operation.documented(200),
    needs: [],
    async run(target) {
      const response = await target.request()
      const directives = directivesOf(response)
      const said = headerValue(response, 'cache-control') ?? 'nothing'
      assert.ok(directives.has('private') || directives.has('no-store'), `Cache-Control says ${said}`)
    },
    mutations: [withoutHeader('Cache-Control'), withHeader('Cache-Control', 'max-age=60')],
  },
  {
    id: 'CACHE-003',
    title: 'A refusal is not offered to shared caches',
    level: 'advice',
    source: 'rfc9111#3',
    covers: operation.documented(401, 403, 404),
    needs: [],
    async run(target, context) {
      for (const [what, response] of await refusalsOf(target, context)) {
        const directives = directivesOf(response)
        for (const name of ['public', 's-maxage', 'max-age'])
          assert.ok(
            !directives.has(name) ||
              directives.get(name) === '0' ||
              (name === 'max-age' && directives.has('private')),
            `Cache-Control of ${what} is ${headerValue(response, 'cache-control')}`,
          )
      }
    },
    mutations: [
      withHeader('Cache-Control', 'public'),
      withHeader('Cache-Control', 'max-age=3600'),
      withHeader('Cache-Control', 'public, max-age=60', ({ as }) => as === 'outsider'),
    ],
  },
  {
    id: 'CACHE-004',
    title: 'One address gives each caller their own answer, in whatever order they ask',
    level: 'contract',
    source: 'rfc9111#3.5',
    covers: operation.documented(401),
    needs: [],
    async run(target) {
      for (const as of ['member', 'nobody', 'member', 'nobody'] as const) {
        const response = await target.request({ as, fresh: true })
        assertStatus(response, as === 'member' ? [200] : [401], `${as}, asking in turn with others,`)
        if (as === 'nobody') assert.ok(!isPdf(response), 'the refusal is a PDF')
      }
    },
    mutations: [
      {
        title: 'the last answer is given to whoever asks next',
        request: (request) => ({ ...request, as: 'member' }),
      },
      { title: 'a refusal is kept for everybody', request: (request) => ({ ...request, as: 'nobody' }) },
    ],
  },
  {
    id: 'CACHE-005',
    title: 'An entity tag is written as one',
    level: 'http',
    source: 'rfc9110#8.8.3',
    covers: operation.documented(200),
    needs: [],
    async run(target) {
      for (const etag of headerValues(await target.request(), 'etag')) assertMatches(etag, entityTag, 'ETag')
    },
    mutations: [withHeader('ETag', 'abc'), withHeader('ETag', 'w/"abc"'), withHeader('ETag', '"a"b"')],
  },
  {
    id: 'CACHE-006',
    title: 'Equal strong entity tags mean equal bytes',
    level: 'http',
    source: 'rfc9110#8.8.1',
    covers: operation.documented(200),
    needs: [],
    async run(target) {
      const [one, two] = [await target.request(), await target.request({ fresh: true })]
      const etag = headerValue(one, 'etag')
      if (!etag || etag.startsWith('W/') || etag !== headerValue(two, 'etag')) return
      assert.ok(one.body.equals(two.body), `two different bodies have the entity tag ${etag}`)
    },
    mutations: [
      {
        title: 'the tag stays while the body changes',
        response: (response, { fresh }) => {
          const headers = [
            ...response.headers.filter(([name]) => !/^etag$/i.test(name)),
            ['ETag', '"constant"'] as [string, string],
          ]
          return {
            ...response,
            headers,
            body: fresh ? Buffer.concat([response.body, Buffer.from('\n')]) : response.body,
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
    covers: operation.documented(200),
    needs: [],
    async run(target) {
      const etag = headerValue(await target.request(), 'etag')
      if (!etag) return
      const response = await target.request({ headers: { 'If-None-Match': etag } })
      assertStatus(response, [304, 200], 'a request with the entity tag of the document in If-None-Match')
      if (response.status === 304)
        assertEqual(response.body.length, 0, 'the length of the content of the 304')
      else assert.ok(isPdf(response), 'the 200 to a conditional request is no PDF')
    },
    mutations: [
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
    covers: operation.documented(200),
    needs: [],
    async run(target) {
      const whole = await target.request()
      const etag = headerValue(whole, 'etag')
      if (!etag) return
      const response = await target.request({ headers: { 'If-None-Match': etag } })
      if (response.status !== 304) return
      for (const name of ['etag', 'cache-control', 'vary', 'content-location', 'expires'])
        if (headerValue(whole, name) !== undefined)
          assert.ok(headerValue(response, name) !== undefined, `the 200 has ${name}, the 304 has not`)
      const opaque = (tag = '') => tag.replace(/^W\//, '')
      assertEqual(opaque(headerValue(response, 'etag')), opaque(etag), 'the entity tag of the 304')
    },
    mutations: [
      withoutHeader('ETag', isConditional),
      withoutHeader('Cache-Control', isConditional),
      withHeader('ETag', '"another"', isConditional),
    ],
  },
  {
    id: 'CACHE-009',
    title: 'A condition that the document does not meet is answered with the whole document',
    level: 'http',
    source: 'rfc9110#13.1.2',
    covers: operation.documented(200),
    needs: [],
    async run(target) {
      const whole = await target.request()
      const since = headerValue(whole, 'last-modified') ?? headerValue(whole, 'date')
      const conditions: Record<string, string>[] = [
        { 'If-None-Match': unknownEntityTag },
        { 'If-Modified-Since': 'yesterday' },
        { 'If-Modified-Since': longAgo },
        // The date is not looked at where there is a tag (RFC 9110 §13.1.3).
        ...(since ? [{ 'If-None-Match': unknownEntityTag, 'If-Modified-Since': since }] : []),
      ]
      for (const headers of conditions) {
        const response = await target.request({ headers })
        const condition = Object.entries(headers)
          .map(([name, value]) => `${name}: ${value}`)
          .join(' and ')
        assertStatus(response, [200], `a request with ${condition}`)
        assert.ok(isPdf(response), `the answer to a request with ${condition} is no PDF`)
      }
    },
    mutations: [
      withStatus(304, isConditional),
      withStatus(400, isConditional),
      withStatus(412, isConditional),
      withStatus(304, ({ headers = {} }) => 'If-None-Match' in headers && 'If-Modified-Since' in headers),
      withStatus(304, ({ headers = {} }) => headers['If-Modified-Since'] === longAgo),
    ],
  },
  {
    id: 'CACHE-010',
    title: 'Last-Modified is a date, and not one in the future',
    level: 'http',
    source: 'rfc9110#8.8.2.1',
    covers: operation.documented(200),
    needs: [],
    async run(target) {
      const response = await target.request()
      const modified = headerValue(response, 'last-modified')
      if (modified === undefined) return
      const time = readHttpDate(modified)
      assert.ok(!Number.isNaN(time), `Last-Modified is no IMF-fixdate: ${modified}`)
      const date = readHttpDate(headerValue(response, 'date') ?? '')
      assert.ok(Number.isNaN(date) || time <= date, `Last-Modified (${modified}) is after Date`)
    },
    mutations: [
      withHeader('Last-Modified', '2026-01-01'),
      withHeader('Last-Modified', 'Thu, 01 Jan 2099 00:00:00 GMT'),
    ],
  },
  {
    id: 'CACHE-011',
    title: 'A strong entity tag stands for one content coding only',
    level: 'http',
    source: 'rfc9110#8.8.3.3',
    covers: operation.documented(200),
    needs: [],
    async run(target) {
      const { plain, coded } = await codings(target)
      const tags = new Map<string, string>()
      for (const response of [plain, ...coded]) {
        const etag = headerValue(response, 'etag')
        const coding = headerValue(response, 'content-encoding') ?? 'identity'
        if (!etag || etag.startsWith('W/')) continue
        const other = tags.get(etag) ?? coding
        assert.ok(other === coding, `${other} and ${coding} have the entity tag ${etag}`)
        tags.set(etag, coding)
      }
    },
    mutations: [
      compressing('gzip under the same tag', { ETag: '"same"', Vary: 'Accept-Encoding' }),
      compressing('br under the same tag', { ETag: '"same"', Vary: 'Accept-Encoding' }, 'br'),
    ],
  },
  {
    id: 'CACHE-012',
    title: 'A document that is compressed on offer says that it varies with the offer',
    level: 'advice',
    source: 'rfc9110#12.5.5',
    covers: operation.documented(200),
    needs: [],
    async run(target) {
      const { plain, coded } = await codings(target)
      if (coded.length === 0) return
      for (const response of [plain, ...coded]) {
        if (directivesOf(response).has('no-store')) continue
        const vary = headerValue(response, 'vary') ?? ''
        assert.ok(
          /(?:^|,)\s*(?:accept-encoding|\*)\s*(?:,|$)/i.test(vary),
          `Vary is ${vary || 'not sent'}, though the coding depends on Accept-Encoding`,
        )
      }
    },
    mutations: [
      compressing('Vary names another field', { 'Cache-Control': 'private', Vary: 'Authorization' }),
      compressing(
        'Vary names no offer of zstd',
        { 'Cache-Control': 'private', Vary: 'Authorization' },
        'zstd',
      ),
    ],
  },
  {
    id: 'CACHE-013',
    title: 'A 304 names no length but that of the document',
    level: 'http',
    source: 'rfc9110#8.6',
    covers: operation.documented(200),
    needs: [],
    async run(target) {
      const whole = await target.request()
      const etag = headerValue(whole, 'etag')
      if (!etag) return
      const response = await target.request({ headers: { 'If-None-Match': etag } })
      const length = headerValue(response, 'content-length')
      if (response.status !== 304 || length === undefined || headerValue(response, 'etag') !== etag) return
      assertEqual(Number(length), whole.body.length, 'the Content-Length of the 304')
    },
    mutations: [withHeader('Content-Length', '0', isConditional)],
  },
  {
    id: 'CACHE-014',
    title: 'Age is a number of seconds',
    level: 'http',
    source: 'rfc9111#5.1',
    covers: operation.documented(200),
    needs: [],
    async run(target) {
      for (const age of headerValues(await target.request(), 'age')) assertMatches(age, /^\d+$/, 'Age')
    },
    mutations: [withHeader('Age', '-5'), withHeader('Age', '2 s')],
  },
  {
    id: 'CACHE-015',
    title: 'The entity tag of one workspace matches no document of another',
    level: 'http',
    source: 'rfc9110#13.1.2',
    covers: operation.documented(200),
    needs: ['outsiderWorkspace'],
    async run(target, { profile }) {
      const etag = headerValue(await target.request(), 'etag')
      const other: RequestSpec = { as: 'outsider', workspace: profile.actors.outsider!.workspace! }
      const own = headerValue(await target.request(other), 'etag')
      if (!etag || !own || own === etag) return
      const response = await target.request({ ...other, headers: { 'If-None-Match': etag } })
      assertStatus(response, [200], 'another tenant who has the entity tag of this workspace')
    },
    mutations: [withStatus(304, isConditional)],
  },
  {
    id: 'CACHE-020',
    title: 'A document that depends on the language of the client says so',
    level: 'advice',
    source: 'rfc9110#12.5.5',
    covers: operation.documented(200),
    needs: [],
    comparesDocuments: true,
    async run(target) {
      const inLanguage = (language: string) => target.request({ headers: { 'Accept-Language': language } })
      const [one, other] = [await inLanguage('de'), await inLanguage('en')]
      const isStored = !directivesOf(one).has('no-store')
      if (one.status !== 200 || other.status !== 200 || !isStored || one.body.equals(other.body)) return
      for (const response of [one, other]) {
        const vary = headerValue(response, 'vary') ?? ''
        assertMatches(vary, /(?:^|,)\s*(?:accept-language|\*)\s*(?:,|$)/i, 'Vary')
      }
    },
    mutations: [
      {
        title: 'one language has another document',
        response: (response, { headers = {} }) =>
          headers['Accept-Language'] === 'de'
            ? {
                ...replaceHeader(response, 'Cache-Control', 'private'),
                body: Buffer.concat([response.body, Buffer.from(' ')]),
              }
            : response,
      },
    ],
  },
  {
    id: 'CACHE-016',
    title: 'Conditions of every form are understood: a list of tags, a weak tag, any tag',
    level: 'http',
    source: 'rfc9110#13.1.2',
    covers: operation.documented(200),
    needs: [],
    async run(target) {
      for (const condition of ['*', `W/"another", ${unknownEntityTag}`]) {
        const response = await target.request({ headers: { 'If-None-Match': condition } })
        assertStatus(
          response,
          condition === '*' ? [200, 304] : [200],
          `a request with If-None-Match: ${condition}`,
        )
      }
      const etag = headerValue(await target.request(), 'etag')
      const statusFor = async (tags: string) =>
        (await target.request({ headers: { 'If-None-Match': tags } })).status
      if (etag === undefined || (await statusFor(etag)) !== 304) return
      // Tags are compared weakly.
      const forms = [`${unknownEntityTag}, ${etag}`, ...(etag.startsWith('"') ? [`W/${etag}`] : [])]
      for (const tags of forms)
        assertEqual(await statusFor(tags), 304, `the status for If-None-Match: ${tags}, as it is for ${etag}`)
    },
    mutations: [
      withStatus(412),
      withStatus(400),
      withStatus(500),
      withStatus(200, ({ headers = {} }) =>
        /^"altostrat[^"]*", "(?!altostrat)/.test(String(headers['If-None-Match'])),
      ),
      withStatus(200, ({ headers = {} }) => /^W\/"(?!another)/.test(String(headers['If-None-Match']))),
    ],
  },
  {
    id: 'CACHE-017',
    title: 'No field that only content delivery networks read offers them the document',
    level: 'advice',
    source: 'rfc9213#2',
    covers: operation.documented(200),
    needs: [],
    async run(target) {
      const response = await target.request()
      for (const [name, value] of response.headers) {
        if (!/^(?:(?:\w+-)?cdn-cache-control|surrogate-control|x-accel-expires)$/i.test(name)) continue
        const directives = directivesIn(/^\d+$/.test(value) ? `max-age=${value}` : value)
        const age = Number(directives.get('s-maxage') ?? directives.get('max-age') ?? 0)
        const isKept = ['private', 'no-store', 'no-cache'].some((directive) => directives.has(directive))
        assert.ok(isKept || age === 0, `${name} of the document is ${value}`)
      }
    },
    mutations: [
      withHeader('CDN-Cache-Control', 'max-age=600'),
      withHeader('Surrogate-Control', 'max-age=60'),
      withHeader('X-Accel-Expires', '3600'),
    ],
  },
  {
    id: 'CACHE-018',
    title: 'A precondition that the document meets is no reason to refuse it',
    level: 'http',
    source: 'rfc9110#13.1.1',
    covers: operation.documented(200),
    needs: [],
    comparesDocuments: true,
    async run(target) {
      const [one, two] = [await target.request(), await target.request({ fresh: true })]
      const etag = headerValue(one, 'etag')
      // A weak tag matches nothing here, and one that changes with every response is not the one of the next.
      const isKept = etag?.startsWith('"') && etag === headerValue(two, 'etag')
      const modified = headerValue(two, 'last-modified')
      // Clients name what they were sent: without a tag or a date there is nothing to compare.
      const conditions: Record<string, string>[] = [
        ...(isKept ? ['*', etag!, `${unknownEntityTag}, ${etag}`] : []).map((tags) => ({ 'If-Match': tags })),
        ...(modified === undefined || modified !== headerValue(one, 'last-modified')
          ? []
          : [{ 'If-Unmodified-Since': modified }]),
      ]
      for (const headers of conditions) {
        const [[name, value] = []] = Object.entries(headers)
        assertStatus(await target.request({ headers }), [200], `a request with ${name}: ${value}`)
      }
    },
    mutations: [
      withStatus(412, ({ headers = {} }) => headers['If-Match'] === '*'),
      withStatus(412, ({ headers = {} }) => String(headers['If-Match']).includes(', ')),
      {
        title: 'a date that is met is taken for one that is not',
        response: (response, { headers = {} }) => ({
          ...replaceHeader(response, 'Last-Modified', longAgo),
          status: 'If-Unmodified-Since' in headers ? 412 : response.status,
        }),
      },
    ],
  },
  {
    id: 'CACHE-019',
    title: 'Equal bytes have the same entity tag',
    level: 'advice',
    source: 'rfc9110#8.8.3',
    covers: operation.documented(200),
    needs: [],
    readsWholeRun: true,
    async run(target) {
      const one = await target.request()
      await target.request({ fresh: true })
      const first = headerValue(one, 'etag')
      const differing = target.findInRun(({ spec, response }) => {
        const tag = headerValue(response, 'etag')
        return isPlain(spec) && response.status === 200 && tag !== first && response.body.equals(one.body)
          ? `the same bytes have the entity tag ${first}, and at another time ${tag}: a client that has them is sent them again`
          : undefined
      })
      assert.ok(differing === undefined, differing)
    },
    mutations: [withHeader('ETag', '"node-2"', ({ fresh }) => fresh === true)],
  },
]

function isConditional({ headers }: { headers?: Record<string, unknown> }): boolean {
  return headers?.['If-None-Match'] !== undefined
}
