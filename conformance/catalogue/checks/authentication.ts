import assert from 'node:assert/strict'
import { encode } from '../../credentials/tokens.ts'
import type { Facts } from '../../engine/context.ts'
import type { Target } from '../../engine/target.ts'
import { bearer, type Question } from '../../http/request.ts'
import { describe, fieldValue, fieldValues, mediaTypeOf } from '../../http/response.ts'
import { assertEqual, assertRefused, assertStatus, isPdf } from '../assertions/assertions.ts'
import { challengesIn } from '../assertions/challenges.ts'
import type { Check } from '../check.ts'
import { credentialsIgnored, withBody, withField, withoutField, withStatus } from '../mutations/mutations.ts'
import { documented, inContract } from '../operation.ts'
import { claimingFields, claimingQueries } from '../probes/claims.ts'
import { refusalsOf } from '../probes/refusals.ts'
import { browserFields, waysToAsk } from '../probes/request-variants.ts'

/** Whoever keeps tokens in a store finds none of these there; of a signature each makes another one. */
function resembling(token: string): [what: string, token: string][] {
  const body = token.replace(/=+$/, '')
  const padding = token.slice(body.length)
  return [
    ['lengthened by four characters', `${body}AAAA${padding}`],
    ['cut by four characters', body.slice(0, -4)],
    ['cut by half', body.slice(0, body.length / 2)],
    ['without its first character', token.slice(1)],
  ]
}

const garbage = [
  'x',
  'null',
  'undefined',
  'a.b',
  'a.b.c',
  'a.b.c.d.e',
  '...',
  'e30.e30.e30',
  ...['null', '[]'].map(
    (claims) => `${encode({ alg: 'HS256', typ: 'JWT' })}.${encode(JSON.parse(claims))}.e30`,
  ),
  `${encode(null)}.${encode({})}.e30`,
  '!"§$%',
  'Bearer',
  '0'.repeat(300),
]

/** Every challenge of the refusal that a question meets; the grammar of the field is asserted. */
async function challengesFor(target: Target, question: Question) {
  const answer = await target.ask(question)
  assertStatus(answer, [401], 'a request that is not authenticated')
  const challenges = challengesIn(answer)
  assert.ok(
    challenges,
    `WWW-Authenticate is no list of challenges: ${fieldValue(answer, 'www-authenticate')}`,
  )
  return challenges
}

/** Everything that is asked in this run without credentials, or with ones that are refused, and how it is called. */
async function unauthenticated(facts: Facts): Promise<[what: string, question: Question][]> {
  const nobody: [string, Question][] = [
    ['HEAD', { method: 'HEAD' }],
    ['a range', { headers: { Range: 'bytes=0-99' } }],
    ['If-None-Match: *', { headers: { 'If-None-Match': '*' } }],
    ['an unknown workspace', { workspace: facts.unknownWorkspace }],
    ...waysToAsk,
  ]
  const basic = { authorization: `Basic ${facts.keyring.token('member')}`, label: 'member token' }
  return [
    ...nobody.map(([what, question]): [string, Question] => [what, { ...question, as: 'nobody' }]),
    ['another scheme', { as: basic }],
    ...(await facts.expiredTokens()).map((as): [string, Question] => ['an expired token', { as }]),
  ]
}

/** Who is let in: what a request says of its sender, and what a refusal says of what it wants. */
export const authentication: Check[] = [
  {
    id: 'AUTH-001',
    title: 'A 401 names at least one challenge',
    level: 'http',
    source: 'rfc9110#15.5.2',
    covers: [documented(401)],
    needs: [],
    async run(target) {
      const answer = await target.ask({ as: 'nobody' })
      assertStatus(answer, [401], 'a request without credentials')
      assert.ok(fieldValues(answer, 'www-authenticate').length > 0, 'the 401 has no WWW-Authenticate field')
      assert.ok(
        challengesIn(answer)?.length,
        `no challenge in WWW-Authenticate: ${fieldValue(answer, 'www-authenticate')}`,
      )
    },
    counterexamples: [
      withoutField('WWW-Authenticate'),
      withField('WWW-Authenticate', ''),
      withField('WWW-Authenticate', '"Bearer"'),
    ],
  },
  {
    id: 'AUTH-002',
    title: 'One of the challenges of a 401 is Bearer',
    level: 'http',
    source: 'rfc6750#3',
    covers: [documented(401)],
    needs: [],
    async run(target) {
      const schemes = (await challengesFor(target, { as: 'nobody' })).map(({ scheme }) => scheme)
      assert.ok(
        schemes.includes('bearer'),
        `the challenges are ${schemes.join(', ') || 'none'}; Bearer is not among them`,
      )
    },
    counterexamples: [withField('WWW-Authenticate', 'Basic realm="x"'), withoutField('WWW-Authenticate')],
  },
  {
    id: 'AUTH-003',
    title: 'The challenge for a request without credentials names no error',
    level: 'advice',
    source: 'rfc6750#3.1',
    covers: [documented(401)],
    needs: [],
    async run(target) {
      for (const { scheme, parameters } of await challengesFor(target, { as: 'nobody' }))
        if (scheme === 'bearer') assertEqual(parameters.error, undefined, 'the error of the challenge')
    },
    counterexamples: [withField('WWW-Authenticate', 'Bearer error="invalid_token"')],
  },
  {
    id: 'AUTH-004',
    title: 'A token that is none is answered 401',
    level: 'contract',
    source: inContract('/responses/401'),
    covers: [documented(401)],
    needs: [],
    async run(target) {
      for (const token of garbage) {
        const answer = await target.ask({ as: bearer(token, 'garbage') })
        assertRefused(answer, [401], `a request with "Bearer ${token.slice(0, 20)}"`)
      }
    },
    counterexamples: [credentialsIgnored, withStatus(500), withStatus(403), withStatus(400)],
  },
  {
    id: 'AUTH-005',
    title: "The member's token under another scheme, or under none, is answered 401",
    level: 'contract',
    source: 'openapi#/security',
    covers: [documented(401)],
    needs: [],
    async run(target, { keyring }) {
      const token = keyring.token('member')
      const basic = (text: string) => Buffer.from(text).toString('base64')
      for (const [authorization, what] of [
        ...['Basic', 'Token', 'JWT', 'BearerX', 'Digest'].map((scheme) => [
          `${scheme} ${token}`,
          `the scheme ${scheme}`,
        ]),
        [`Basic ${basic(`bearer:${token}`)}`, 'the token as the password of Basic'],
        [`Basic ${basic(`${token}:`)}`, 'the token as the user name of Basic'],
        [token, 'a bare token'],
      ] as [string, string][]) {
        const answer = await target.ask({ as: { authorization, label: 'member token' } })
        assertRefused(answer, [401], `a request with ${what}`)
      }
    },
    counterexamples: [credentialsIgnored, withStatus(500), withStatus(403)],
  },
  {
    id: 'AUTH-006',
    title: 'The name of the scheme is understood in any case',
    level: 'http',
    source: 'rfc9110#11.1',
    covers: [documented(200)],
    needs: [],
    async run(target, { keyring }) {
      for (const scheme of ['bearer', 'BEARER']) {
        const authorization = `${scheme} ${keyring.token('member')}`
        assertStatus(
          await target.ask({ as: { authorization, label: 'member token' } }),
          [200],
          `a member who writes ${scheme}`,
        )
      }
    },
    counterexamples: [
      {
        title: 'only "Bearer" is understood',
        question: (question) =>
          typeof question.as === 'object' && /^bearer|^BEARER/.test(String(question.as.authorization))
            ? { ...question, as: 'nobody' }
            : question,
      },
    ],
  },
  {
    id: 'AUTH-007',
    title: 'A token in the query is not taken for credentials',
    level: 'advice',
    source: 'rfc9700#4.3.2',
    covers: [documented(401)],
    needs: [],
    async run(target, { keyring }) {
      for (const name of ['access_token', 'token', 'jwt', 'id_token', 'api_key']) {
        const query = `${name}=${encodeURIComponent(keyring.token('member'))}`
        assertRefused(await target.ask({ as: 'nobody', query }), [400, 401], `a request with ?${name}=… only`)
      }
    },
    counterexamples: [credentialsIgnored],
  },
  {
    id: 'AUTH-008',
    title: 'A token in a cookie or another field is not taken for credentials',
    level: 'advice',
    source: 'openapi#/security',
    covers: [documented(401)],
    needs: [],
    async run(target, { keyring }) {
      const token = keyring.token('member')
      const elsewhere: Record<string, string>[] = [
        { Cookie: `access_token=${token}; token=${token}; session=${token}` },
        { Cookie: `jwt=${token}; id_token=${token}` },
        { 'X-Access-Token': token },
        { 'X-Auth-Token': token },
        { 'X-Api-Key': token },
        { 'X-Authorization': `Bearer ${token}` },
        { 'Proxy-Authorization': `Bearer ${token}` },
      ]
      for (const headers of elsewhere) {
        const answer = await target.ask({ as: 'nobody', headers })
        assertRefused(answer, [400, 401, 407], `a request with the token in ${Object.keys(headers)[0]} only`)
      }
    },
    counterexamples: [credentialsIgnored],
  },
  {
    id: 'AUTH-009',
    title: 'The challenge for a refused token names the error invalid_token',
    level: 'advice',
    source: 'rfc6750#3.1',
    covers: [documented(401)],
    needs: [],
    async run(target) {
      const challenges = await challengesFor(target, { as: bearer('a.b.c', 'garbage') })
      const errors = challenges
        .filter(({ scheme }) => scheme === 'bearer')
        .map(({ parameters }) => parameters.error)
      assert.ok(
        errors.includes('invalid_token'),
        `the error of the challenge is ${errors.join(', ') || 'absent'}`,
      )
    },
    counterexamples: [
      withField('WWW-Authenticate', 'Bearer'),
      withField('WWW-Authenticate', 'Bearer error="invalid_request"'),
    ],
  },
  {
    id: 'AUTH-010',
    title: 'HEAD is protected as GET is',
    level: 'contract',
    source: 'rfc9110#9.3.2',
    covers: [documented(401)],
    needs: [],
    async run(target) {
      const answer = await target.ask({ method: 'HEAD', as: 'nobody' })
      assertStatus(answer, [401, 403, 404, 405, 501], 'HEAD without credentials')
    },
    counterexamples: [credentialsIgnored, withStatus(500)],
  },
  {
    id: 'AUTH-011',
    title: 'Credentials are looked at before preconditions',
    level: 'http',
    source: 'rfc9110#13.2.1',
    covers: [documented(401)],
    needs: [],
    async run(target) {
      const etag = fieldValue(await target.ask(), 'etag')
      const conditions: Record<string, string>[] = [
        { 'If-None-Match': '*' },
        ...(etag ? [{ 'If-None-Match': etag }] : []),
        { 'If-Match': '"none"' },
        { 'If-Modified-Since': 'Fri, 31 Dec 2100 23:59:59 GMT' },
      ]
      for (const headers of conditions) {
        const answer = await target.ask({ as: 'nobody', headers })
        assertStatus(answer, [401], `a request without credentials, but with ${Object.keys(headers)[0]}`)
      }
    },
    counterexamples: [
      credentialsIgnored,
      withStatus(304, ({ as }) => as === 'nobody'),
      withStatus(412, ({ as }) => as === 'nobody'),
    ],
  },
  {
    id: 'AUTH-012',
    title: 'Credentials are looked at before ranges',
    level: 'http',
    source: 'rfc9110#14.2',
    covers: [documented(401)],
    needs: [],
    async run(target) {
      for (const range of ['bytes=0-99', 'bytes=99999999999-']) {
        const answer = await target.ask({ as: 'nobody', headers: { Range: range } })
        assertRefused(answer, [401], `a request without credentials, but with Range: ${range}`)
      }
    },
    counterexamples: [credentialsIgnored, withStatus(416), withStatus(206)],
  },
  {
    id: 'AUTH-013',
    title: 'Without credentials, unknown and existing workspaces are answered alike',
    level: 'advice',
    source: 'owasp#0xa1-broken-object-level-authorization',
    covers: [documented(401)],
    needs: [],
    async run(target, { unknownWorkspace }) {
      const existing = await target.ask({ as: 'nobody' })
      const unknown = await target.ask({ as: 'nobody', workspace: unknownWorkspace })
      assertEqual(unknown.status, existing.status, 'the status for an unknown workspace, without credentials')
    },
    counterexamples: [withStatus(404, ({ workspace }) => workspace !== undefined)],
  },
  {
    id: 'AUTH-014',
    title: 'An empty Authorization field is answered 401',
    level: 'contract',
    source: inContract('/responses/401'),
    covers: [documented(401)],
    needs: [],
    async run(target) {
      for (const authorization of ['', 'Bearer', 'Bearer  '])
        assertRefused(
          await target.wire({ as: { authorization, label: 'empty' } }),
          // RFC 6750 §3.1 allows invalid_request, and with it 400, where the field itself is malformed.
          [401, 400],
          `a request with "Authorization: ${authorization}"`,
        )
    },
    counterexamples: [credentialsIgnored, withStatus(500)],
  },
  {
    id: 'AUTH-015',
    title: 'An oversized token is refused, not fatal',
    level: 'advice',
    source: 'rfc6585#5',
    covers: [documented(401)],
    needs: [],
    async run(target) {
      const answer = await target.ask({
        as: bearer(`${'a'.repeat(2700)}.${'b'.repeat(2700)}.${'c'.repeat(2700)}`, 'oversized'),
      })
      assertRefused(answer, [400, 401, 413, 431], 'a request with a token of 8 KB')
    },
    counterexamples: [credentialsIgnored, withStatus(500), withStatus(502)],
  },
  {
    id: 'AUTH-016',
    title: 'A 401 for a refused token names a challenge',
    level: 'http',
    source: 'rfc9110#15.5.2',
    covers: [documented(401)],
    needs: [],
    async run(target) {
      const challenges = await challengesFor(target, { as: bearer('a.b.c', 'garbage') })
      assert.ok(challenges.length > 0, 'the 401 for a token that is none has no challenge')
    },
    counterexamples: [withoutField('WWW-Authenticate'), withField('WWW-Authenticate', '')],
  },
  {
    id: 'AUTH-017',
    title: 'A refusal opens no session',
    level: 'advice',
    source: 'openapi#/security',
    covers: [documented(401)],
    needs: [],
    async run(target) {
      for (const as of ['nobody', bearer('a.b.c', 'garbage')] as const) {
        const names = fieldValues(await target.ask({ as }), 'set-cookie').map((value) => value.split('=')[0]!)
        // Load balancers set cookies of their own on every answer.
        const session = names.find((name) => /sess|sid$|auth|token|jwt|login/i.test(name))
        assert.ok(!session, `the refusal sets the cookie ${session}`)
      }
    },
    counterexamples: [withField('Set-Cookie', 'JSESSIONID=1; Path=/'), withField('Set-Cookie', 'session=1')],
  },
  {
    id: 'AUTH-018',
    title: 'The body of a refusal is not declared to be a PDF',
    level: 'advice',
    source: 'rfc9110#8.3',
    covers: [documented(401), documented(403), documented(404)],
    needs: [],
    async run(target, facts) {
      const rejected = await target.ask({ as: bearer('a.b.c', 'garbage') })
      for (const [what, answer] of [
        ...(await refusalsOf(target, facts)),
        ['the refusal of a token', rejected] as const,
      ])
        assert.ok(
          answer.status < 400 || mediaTypeOf(answer) !== 'application/pdf',
          `${what} is ${describe(answer)}`,
        )
    },
    counterexamples: [
      withField('Content-Type', 'application/pdf'),
      withField('Content-Type', 'application/pdf', ({ as }) => as === 'outsider'),
      withField('Content-Type', 'application/pdf', ({ workspace }) => workspace !== undefined),
    ],
  },
  {
    id: 'AUTH-019',
    title: 'OPTIONS gives the document to nobody',
    level: 'contract',
    source: inContract('/responses/401'),
    covers: [documented(401)],
    needs: [],
    async run(target) {
      const answer = await target.ask({ method: 'OPTIONS', as: 'nobody' })
      assert.ok(!isPdf(answer), `OPTIONS without credentials is answered ${describe(answer)}`)
    },
    counterexamples: [withBody('the report', () => '%PDF-1.7')],
  },
  {
    id: 'AUTH-020',
    title: 'A part of the document needs credentials as the whole does',
    level: 'contract',
    source: inContract('/responses/401'),
    covers: [documented(401)],
    needs: [],
    async run(target) {
      for (const range of ['bytes=0-99', 'bytes=-100']) {
        const answer = await target.ask({ as: 'nobody', headers: { Range: range } })
        const isServed = answer.status >= 200 && answer.status < 300
        assert.ok(!isServed, `Range: ${range} without credentials is answered ${describe(answer)}`)
      }
    },
    counterexamples: [credentialsIgnored, withStatus(206)],
  },
  {
    id: 'AUTH-021',
    title: 'No other field takes the place of credentials',
    level: 'contract',
    source: 'openapi#/security',
    covers: [documented(401)],
    needs: [],
    async run(target, { profile }) {
      for (const headers of claimingFields(profile.workspace.id)) {
        const answer = await target.ask({ as: 'nobody', headers })
        const isServed = answer.status === 200 || isPdf(answer)
        const [name] = Object.entries(headers)[0]!
        assert.ok(
          !isServed,
          `a request without credentials, but with ${name}, is answered ${describe(answer)}`,
        )
      }
    },
    counterexamples: [
      credentialsIgnored,
      {
        title: 'a forwarded address is trusted',
        question: (question) =>
          question.headers?.['X-Forwarded-For'] ? { ...question, as: 'member' } : question,
      },
    ],
  },
  {
    id: 'AUTH-022',
    title: 'Two credentials in one request are refused',
    level: 'advice',
    source: 'rfc9110#5.3',
    covers: [documented(401)],
    needs: [],
    async run(target, { keyring }) {
      const good = `Bearer ${keyring.token('member')}`
      const bad = 'Bearer a.b.c'
      for (const authorization of [[bad, good], [good, bad], `${bad}, ${good}`, `${good}, ${bad}`]) {
        const answer = await target.wire({ as: { authorization, label: 'two credentials' } })
        const what = Array.isArray(authorization)
          ? 'two Authorization fields'
          : 'two credentials in one field'
        assertRefused(answer, [400, 401], `a request with ${what}`)
      }
    },
    counterexamples: [credentialsIgnored, withStatus(500)],
  },
  {
    id: 'AUTH-023',
    title: 'Credentials are those of the request, not of the connection that it comes over',
    level: 'contract',
    source: 'rfc9110#3.3',
    covers: [documented(401)],
    needs: [],
    async run(target) {
      assertStatus(await target.ask({ isKept: true }), [200], 'a member')
      for (const [as, who] of [
        ['nobody', 'somebody without credentials'],
        [bearer('a.b.c', 'a token that is none'), 'somebody with a token that is none'],
      ] as const)
        assertRefused(
          await target.ask({ as, isKept: true }),
          [401],
          `${who}, over the connection that a member asked on before,`,
        )
    },
    counterexamples: [
      {
        title: 'who was authenticated on a connection stays it',
        question: (question) =>
          question.isKept && question.as === 'nobody' ? { ...question, as: 'member' } : question,
      },
      credentialsIgnored,
    ],
  },
  {
    id: 'AUTH-024',
    title: 'No query takes the place of credentials',
    level: 'contract',
    source: 'openapi#/security',
    covers: [documented(401)],
    needs: [],
    async run(target) {
      for (const query of claimingQueries)
        assertRefused(
          await target.ask({ as: 'nobody', query }),
          [401, 400],
          `a request without credentials, but with ?${query},`,
        )
    },
    counterexamples: [
      credentialsIgnored,
      {
        title: 'a query is taken for a signed address',
        question: (question) =>
          question.query?.includes('signature=') ? { ...question, as: 'member' } : question,
      },
    ],
  },
  {
    id: 'AUTH-025',
    title: 'However it is asked for, nobody receives the document without credentials',
    level: 'contract',
    source: inContract('/responses/401'),
    covers: [documented(401)],
    needs: [],
    async run(target) {
      const asBrowser = { headers: browserFields('en') }
      for (const [what, question] of [...waysToAsk, ['the fields of a browser', asBrowser] as const]) {
        const answer = await target.ask({ ...question, as: 'nobody' })
        assert.ok(
          answer.status >= 400 && !isPdf(answer),
          `a request without credentials, but with ${what}, is answered ${describe(answer)}`,
        )
      }
    },
    counterexamples: [
      credentialsIgnored,
      {
        title: 'who speaks HTTP/1.0 is let in',
        question: (question) => (question.version ? { ...question, as: 'member' } : question),
      },
      withStatus(304, ({ headers }) => headers?.['If-None-Match'] !== undefined),
      withStatus(302, ({ headers }) => headers?.['Upgrade-Insecure-Requests'] !== undefined),
    ],
  },
  {
    id: 'AUTH-026',
    title: 'Every 401 names a challenge, whatever it answers',
    level: 'http',
    source: 'rfc9110#15.5.2',
    covers: [documented(401)],
    needs: [],
    async run(target, facts) {
      for (const [what, question] of await unauthenticated(facts)) {
        const answer = await target.ask(question)
        if (answer.status !== 401) continue
        assert.ok(
          challengesIn(answer)?.length,
          `the 401 to a request with ${what} has ${fieldValue(answer, 'www-authenticate') ?? 'no WWW-Authenticate'}`,
        )
      }
    },
    counterexamples: [
      withoutField('WWW-Authenticate', ({ method }) => method === 'HEAD'),
      withoutField('WWW-Authenticate', ({ as }) => typeof as === 'object'),
      withField('WWW-Authenticate', 'Bearer error=invalid_token, error_description=The token expired'),
    ],
  },
  {
    id: 'AUTH-027',
    title: "A token that only resembles the member's is answered 401",
    level: 'contract',
    source: inContract('/responses/401'),
    covers: [documented(401)],
    needs: [],
    async run(target, { keyring }) {
      for (const [what, token] of resembling(keyring.token('member'))) {
        const answer = await target.ask({ as: bearer(token, `member token, ${what}`) })
        assertRefused(answer, [401], `a request with the member's token, ${what},`)
      }
    },
    counterexamples: [
      credentialsIgnored,
      {
        title: 'only the beginning of a token is compared',
        question: (question) =>
          typeof question.as === 'object' && question.as.label.includes('lengthened')
            ? { ...question, as: 'member' }
            : question,
      },
      withStatus(500, ({ as }) => typeof as === 'object' && as.label.includes('cut')),
    ],
  },
]
