import assert from 'node:assert/strict'
import { encode } from '../../credentials/tokens.ts'
import type { RunContext } from '../../engine/context.ts'
import type { Target } from '../../engine/target.ts'
import { bearer, garbage, type RequestSpec } from '../../http/request.ts'
import { describeResponse, headerValue, headerValues, mediaTypeOf } from '../../http/response.ts'
import type { DownloadOperation } from '../../operations/download-operation.ts'
import { assertEqual, assertRefused, assertStatus, isPdf } from '../assertions/assertions.ts'
import { challengesIn } from '../assertions/challenges.ts'
import { disclosureIn } from '../assertions/disclosure.ts'
import type { Check } from '../check.ts'
import {
  credentialsIgnored,
  withBody,
  withHeader,
  withoutHeader,
  withStatus,
} from '../mutations/mutations.ts'
import { claimsMethod, identitySpoofingHeaders, identitySpoofingQueries } from '../probes/claims.ts'
import { refusalsOfHead } from '../probes/head.ts'
import { assertCallerRefused, refusalsOf } from '../probes/refusals.ts'
import { browserHeaders, requestVariants } from '../probes/request-variants.ts'

/** Tokens that no token store contains, and that change the signature of a JWT. */
function resembling(token: string): [what: string, token: string][] {
  const body = token.replace(/={1,2}$/, '')
  const padding = token.slice(body.length)
  return [
    ['lengthened by four characters', `${body}AAAA${padding}`],
    ['cut by four characters', body.slice(0, -4)],
    ['cut by half', body.slice(0, body.length / 2)],
    ['without its first character', token.slice(1)],
  ]
}

const malformed = [
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

/** Every challenge in the refusal of a request; asserts that the header follows its grammar. */
async function challengesFor(target: Target, request: RequestSpec) {
  const response = await target.request(request)
  assertStatus(response, [401], 'a request that is not authenticated')
  const challenges = challengesIn(response)
  assert.ok(
    challenges,
    `WWW-Authenticate is no list of challenges: ${headerValue(response, 'www-authenticate')}`,
  )
  return challenges
}

/** Every request of this run without credentials or with credentials that are refused, with a description. */
async function unauthenticated(context: RunContext): Promise<[what: string, request: RequestSpec][]> {
  const nobody: [string, RequestSpec][] = [
    ['HEAD', { method: 'HEAD' }],
    ['a range', { headers: { Range: 'bytes=0-99' } }],
    ['If-None-Match: *', { headers: { 'If-None-Match': '*' } }],
    ['an unknown workspace', { workspace: context.unknownWorkspace }],
    ...requestVariants,
  ]
  const basic = { authorization: `Basic ${context.keyring.token('member')}`, label: 'member token' }
  return [
    ...nobody.map(([what, request]): [string, RequestSpec] => [what, { ...request, as: 'nobody' }]),
    ['another scheme', { as: basic }],
    ...(await context.expiredTokens()).map((as): [string, RequestSpec] => ['an expired token', { as }]),
  ]
}

/** Which credentials are accepted, and what a refusal says about those that it needs. */
export const authentication = (operation: DownloadOperation): Check[] => [
  {
    id: 'AUTH-001',
    title: 'A 401 names at least one challenge',
    level: 'http',
    source: 'rfc9110#15.5.2',
    covers: operation.documented(401),
    needs: [],
    async run(target) {
      const response = await target.request({ as: 'nobody' })
      assertStatus(response, [401], 'a request without credentials')
      assert.ok(
        headerValues(response, 'www-authenticate').length > 0,
        'the 401 has no WWW-Authenticate header',
      )
      assert.ok(
        challengesIn(response)?.length,
        `no challenge in WWW-Authenticate: ${headerValue(response, 'www-authenticate')}`,
      )
    },
    mutations: [
      withoutHeader('WWW-Authenticate'),
      withHeader('WWW-Authenticate', ''),
      withHeader('WWW-Authenticate', '"Bearer"'),
    ],
  },
  {
    id: 'AUTH-002',
    title: 'One of the challenges of a 401 is Bearer',
    level: 'http',
    source: 'rfc6750#3',
    covers: operation.documented(401),
    needs: [],
    async run(target) {
      const refused = await target.request({ as: garbage('a.b.c') })
      const requests: [string, RequestSpec][] = [
        ['a request without credentials', { as: 'nobody' }],
        ...(refused.status === 401
          ? [['a token that is none', { as: garbage('a.b.c') }] as [string, RequestSpec]]
          : []),
      ]
      for (const [what, request] of requests) {
        const schemes = (await challengesFor(target, request)).map(({ scheme }) => scheme)
        assert.ok(
          schemes.includes('bearer'),
          `the challenges for ${what} are ${schemes.join(', ') || 'none'}; Bearer is not among them`,
        )
      }
    },
    mutations: [
      withHeader('WWW-Authenticate', 'Basic realm="x"'),
      withHeader('WWW-Authenticate', 'Basic realm="x"', ({ as }) => as !== 'nobody'),
      withoutHeader('WWW-Authenticate'),
    ],
  },
  {
    id: 'AUTH-003',
    title: 'The challenge for a request without credentials names no error',
    level: 'advice',
    source: 'rfc6750#3.1',
    covers: operation.documented(401),
    needs: [],
    async run(target) {
      for (const { scheme, parameters } of await challengesFor(target, { as: 'nobody' }))
        if (scheme === 'bearer') assertEqual(parameters.error, undefined, 'the error of the challenge')
    },
    mutations: [withHeader('WWW-Authenticate', 'Bearer error="invalid_token"')],
  },
  {
    id: 'AUTH-004',
    title: 'A token that is none is answered 401',
    level: 'contract',
    source: operation.inContract('/responses/401'),
    covers: operation.documented(401),
    needs: [],
    async run(target) {
      for (const token of malformed) {
        const response = await target.request({ as: garbage(token) })
        // Where the header itself is malformed, RFC 6750 §3.1 allows invalid_request, and with it 400.
        const expected = /^[\w.~+/-]+=*$/.test(token) ? [401] : [401, 400]
        assertRefused(response, expected, `a request with "Bearer ${token.slice(0, 20)}"`)
      }
    },
    mutations: [credentialsIgnored, withStatus(500), withStatus(403), withStatus(400)],
  },
  {
    id: 'AUTH-005',
    title:
      "The member's token under another scheme, or under none, is answered 401, as are default passwords",
    level: 'contract',
    source: 'openapi#/security',
    covers: operation.documented(401),
    needs: [],
    async run(target, { keyring }) {
      const token = keyring.token('member')
      const basic = (text: string) => Buffer.from(text).toString('base64')
      for (const [authorization, what] of [
        ...['Basic', 'BearerX', 'Digest'].map((scheme) => [`${scheme} ${token}`, `the scheme ${scheme}`]),
        [`Basic ${basic(`bearer:${token}`)}`, 'the token as the password of Basic'],
        [`Basic ${basic(`${token}:`)}`, 'the token as the user name of Basic'],
        [token, 'a bare token'],
      ] as [string, string][]) {
        const response = await target.request({ as: { authorization, label: 'member token' } })
        assertRefused(response, [401], `a request with ${what}`)
      }
      // What templates and servers come with.
      for (const password of ['admin:admin', 'user:password']) {
        const as = {
          authorization: `Basic ${basic(password)}`,
          label: 'default password',
          isPublic: true,
        } as const
        assertRefused(await target.request({ as }), [401], `a request with the name and password ${password}`)
      }
    },
    mutations: [credentialsIgnored, withStatus(500), withStatus(403)],
  },
  {
    id: 'AUTH-006',
    title: 'The name of the scheme is understood in any case',
    level: 'http',
    source: 'rfc9110#11.1',
    covers: operation.documented(200),
    needs: [],
    async run(target, { keyring }) {
      for (const scheme of ['bearer', 'BEARER']) {
        const authorization = `${scheme} ${keyring.token('member')}`
        assertStatus(
          await target.request({ as: { authorization, label: 'member token' } }),
          [200],
          `a member who writes ${scheme}`,
        )
      }
    },
    mutations: [
      {
        title: 'only "Bearer" is understood',
        request: (request) =>
          typeof request.as === 'object' && /^bearer|^BEARER/.test(String(request.as.authorization))
            ? { ...request, as: 'nobody' }
            : request,
      },
    ],
  },
  {
    id: 'AUTH-007',
    title: 'A token in the query is not taken for credentials',
    level: 'advice',
    source: 'rfc9700#4.3.2',
    covers: operation.documented(401),
    needs: [],
    async run(target, { keyring }) {
      for (const name of ['access_token', 'token', 'jwt', 'id_token', 'api_key']) {
        const query = `${name}=${encodeURIComponent(keyring.token('member'))}`
        await assertCallerRefused(target, 'nobody', { query }, [400, 401], `a request with ?${name}=… only`)
      }
    },
    mutations: [credentialsIgnored],
  },
  {
    id: 'AUTH-008',
    title: 'A token in a cookie or another field is not taken for credentials',
    level: 'advice',
    source: 'openapi#/security',
    covers: operation.documented(401),
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
        const response = await target.request({ as: 'nobody', headers })
        assertRefused(
          response,
          [400, 401, 407],
          `a request with the token in ${Object.keys(headers)[0]} only`,
        )
      }
    },
    mutations: [credentialsIgnored],
  },
  {
    id: 'AUTH-009',
    title: 'The challenge for a refused token names the error invalid_token',
    level: 'advice',
    source: 'rfc6750#3.1',
    covers: operation.documented(401),
    needs: [],
    async run(target) {
      const challenges = await challengesFor(target, { as: garbage('a.b.c') })
      const errors = challenges
        .filter(({ scheme }) => scheme === 'bearer')
        .map(({ parameters }) => parameters.error)
      assert.ok(
        errors.includes('invalid_token'),
        `the error of the challenge is ${errors.join(', ') || 'absent'}`,
      )
    },
    mutations: [
      withHeader('WWW-Authenticate', 'Bearer'),
      withHeader('WWW-Authenticate', 'Bearer error="invalid_request"'),
    ],
  },
  {
    id: 'AUTH-010',
    title: 'HEAD is protected as GET is',
    level: 'contract',
    source: 'rfc9110#9.3.2',
    covers: operation.documented(401),
    needs: [],
    async run(target) {
      const response = await target.request({ method: 'HEAD', as: 'nobody' })
      assertStatus(response, await refusalsOfHead(target, [401, 403, 404]), 'HEAD without credentials')
    },
    mutations: [credentialsIgnored, withStatus(500, ({ as }) => as === 'nobody')],
  },
  {
    id: 'AUTH-011',
    title: 'Credentials are looked at before preconditions',
    level: 'http',
    source: 'rfc9110#13.2.1',
    covers: operation.documented(401),
    needs: [],
    async run(target) {
      const etag = headerValue(await target.request(), 'etag')
      const conditions: Record<string, string>[] = [
        { 'If-None-Match': '*' },
        ...(etag ? [{ 'If-None-Match': etag }] : []),
        { 'If-Match': '"none"' },
        { 'If-Modified-Since': 'Fri, 31 Dec 2100 23:59:59 GMT' },
      ]
      for (const headers of conditions) {
        const response = await target.request({ as: 'nobody', headers })
        assertStatus(response, [401], `a request without credentials, but with ${Object.keys(headers)[0]}`)
      }
    },
    mutations: [
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
    covers: operation.documented(401),
    needs: [],
    async run(target) {
      for (const range of ['bytes=0-99', 'bytes=99999999999-']) {
        const response = await target.request({ as: 'nobody', headers: { Range: range } })
        assertRefused(response, [401], `a request without credentials, but with Range: ${range}`)
      }
    },
    mutations: [credentialsIgnored, withStatus(416), withStatus(206)],
  },
  {
    id: 'AUTH-013',
    title: 'Without credentials, unknown and existing workspaces are answered alike',
    level: 'advice',
    source: 'owasp#0xa1-broken-object-level-authorization',
    covers: operation.documented(401),
    needs: [],
    async run(target, { unknownWorkspace }) {
      const existing = await target.request({ as: 'nobody' })
      const unknown = await target.request({ as: 'nobody', workspace: unknownWorkspace })
      assertEqual(unknown.status, existing.status, 'the status for an unknown workspace, without credentials')
    },
    mutations: [withStatus(404, ({ workspace }) => workspace !== undefined)],
  },
  {
    id: 'AUTH-014',
    title: 'An empty Authorization field is answered 401',
    level: 'contract',
    source: operation.inContract('/responses/401'),
    covers: operation.documented(401),
    needs: [],
    async run(target) {
      for (const authorization of ['', 'Bearer', 'Bearer  '])
        assertRefused(
          await target.requestRaw({ as: { authorization, label: 'empty' } }),
          // RFC 6750 §3.1 allows invalid_request, and with it 400, where the header itself is malformed.
          [401, 400],
          `a request with "Authorization: ${authorization}"`,
        )
    },
    mutations: [credentialsIgnored, withStatus(500)],
  },
  {
    id: 'AUTH-015',
    title: 'An oversized token is refused, not fatal',
    level: 'advice',
    source: 'rfc6585#5',
    covers: operation.documented(401),
    needs: [],
    async run(target) {
      const response = await target.request({
        as: garbage(`${'a'.repeat(2700)}.${'b'.repeat(2700)}.${'c'.repeat(2700)}`, 'oversized'),
      })
      assertRefused(response, [400, 401, 413, 431], 'a request with a token of 8 KB')
    },
    mutations: [credentialsIgnored, withStatus(500), withStatus(502)],
  },
  {
    id: 'AUTH-016',
    title: 'A 401 for a refused token names a challenge',
    level: 'http',
    source: 'rfc9110#15.5.2',
    covers: operation.documented(401),
    needs: [],
    async run(target) {
      const challenges = await challengesFor(target, { as: garbage('a.b.c') })
      assert.ok(challenges.length > 0, 'the 401 for a token that is none has no challenge')
    },
    mutations: [withoutHeader('WWW-Authenticate'), withHeader('WWW-Authenticate', '')],
  },
  {
    id: 'AUTH-017',
    title: 'A refusal opens no session',
    level: 'advice',
    source: 'openapi#/security',
    covers: operation.documented(401),
    needs: [],
    async run(target) {
      for (const as of ['nobody', garbage('a.b.c')] as const) {
        const names = headerValues(await target.request({ as }), 'set-cookie').map(
          (value) => value.split('=')[0]!,
        )
        // Load balancers set cookies of their own on every response.
        const session = names.find((name) => /sess|sid$|auth|token|jwt|login/i.test(name))
        assert.ok(!session, `the refusal sets the cookie ${session}`)
      }
    },
    mutations: [withHeader('Set-Cookie', 'JSESSIONID=1; Path=/'), withHeader('Set-Cookie', 'session=1')],
  },
  {
    id: 'AUTH-018',
    title: 'The body of a refusal is not declared to be a PDF',
    level: 'advice',
    source: 'rfc9110#8.3',
    covers: operation.documented(401, 403, 404),
    needs: [],
    async run(target, context) {
      const rejected = await target.request({ as: garbage('a.b.c') })
      for (const [what, response] of [
        ...(await refusalsOf(target, context)),
        ['the refusal of a token', rejected] as const,
      ])
        assert.ok(
          response.status < 400 || mediaTypeOf(response) !== operation.mediaType,
          `${what} is ${describeResponse(response)}`,
        )
    },
    mutations: [
      withHeader('Content-Type', operation.mediaType),
      withHeader('Content-Type', operation.mediaType, ({ as }) => as === 'outsider'),
      withHeader('Content-Type', operation.mediaType, ({ workspace }) => workspace !== undefined),
    ],
  },
  {
    id: 'AUTH-019',
    title: 'OPTIONS gives the document to nobody',
    level: 'contract',
    source: operation.inContract('/responses/401'),
    covers: operation.documented(401),
    needs: [],
    async run(target) {
      const response = await target.request({ method: 'OPTIONS', as: 'nobody' })
      assert.ok(!isPdf(response), `OPTIONS without credentials is answered ${describeResponse(response)}`)
    },
    mutations: [withBody('the report', () => '%PDF-1.7')],
  },
  {
    id: 'AUTH-020',
    title: 'A part of the document needs credentials as the whole does',
    level: 'contract',
    source: operation.inContract('/responses/401'),
    covers: operation.documented(401),
    needs: [],
    async run(target) {
      for (const range of ['bytes=0-99', 'bytes=-100']) {
        const response = await target.request({ as: 'nobody', headers: { Range: range } })
        const isServed = response.status >= 200 && response.status < 300
        assert.ok(!isServed, `Range: ${range} without credentials is answered ${describeResponse(response)}`)
      }
    },
    mutations: [credentialsIgnored, withStatus(206)],
  },
  {
    id: 'AUTH-021',
    title: 'No other field takes the place of credentials',
    level: 'contract',
    source: 'openapi#/security',
    covers: operation.documented(401),
    needs: [],
    async run(target, context) {
      for (const headers of identitySpoofingHeaders(operation.pathOf(context.profile.workspace.id))) {
        const response = await target.request({ as: 'nobody', headers })
        const disclosed = await disclosureIn(response, target, context)
        // As another method, the request has another answer: of OPTIONS, the methods.
        const isServed = response.status === 200 && !claimsMethod({ headers })
        const [name] = Object.entries(headers)[0]!
        assert.ok(
          !disclosed && !isServed,
          `a request without credentials, but with ${name}, is answered ${describeResponse(response)}${disclosed ? ` with ${disclosed}` : ''}`,
        )
      }
    },
    mutations: [
      credentialsIgnored,
      {
        title: 'a forwarded address is trusted',
        request: (request) => (request.headers?.['X-Forwarded-For'] ? { ...request, as: 'member' } : request),
      },
    ],
  },
  {
    id: 'AUTH-022',
    title: 'Two credentials in one request are refused',
    level: 'advice',
    source: 'rfc9110#5.3',
    covers: operation.documented(401),
    needs: [],
    async run(target, { keyring }) {
      const good = `Bearer ${keyring.token('member')}`
      const bad = 'Bearer a.b.c'
      for (const authorization of [[bad, good], [good, bad], `${bad}, ${good}`, `${good}, ${bad}`]) {
        const response = await target.requestRaw({ as: { authorization, label: 'two credentials' } })
        const what = Array.isArray(authorization)
          ? 'two Authorization fields'
          : 'two credentials in one field'
        assertRefused(response, [400, 401], `a request with ${what}`)
      }
    },
    mutations: [credentialsIgnored, withStatus(500)],
  },
  {
    id: 'AUTH-023',
    title: 'Credentials are those of the request, not of the connection that it comes over',
    level: 'contract',
    source: 'rfc9110#3.3',
    covers: operation.documented(401),
    needs: [],
    async run(target) {
      assertStatus(await target.request({ onSharedConnection: true }), [200], 'a member')
      for (const [as, who] of [
        ['nobody', 'somebody without credentials'],
        [garbage('a.b.c', 'a token that is none'), 'somebody with a token that is none'],
      ] as const)
        assertRefused(
          await target.request({ as, onSharedConnection: true }),
          [401],
          `${who}, over the connection that a member asked on before,`,
        )
    },
    mutations: [
      {
        title: 'who was authenticated on a connection stays it',
        request: (request) =>
          request.onSharedConnection && request.as === 'nobody' ? { ...request, as: 'member' } : request,
      },
      credentialsIgnored,
    ],
  },
  {
    id: 'AUTH-024',
    title: 'No query takes the place of credentials',
    level: 'contract',
    source: 'openapi#/security',
    covers: operation.documented(401),
    needs: [],
    async run(target) {
      for (const query of identitySpoofingQueries) {
        const who = `a request without credentials, but with ?${query},`
        await assertCallerRefused(target, 'nobody', { query }, [401, 400], who)
      }
    },
    mutations: [
      credentialsIgnored,
      {
        title: 'a query is taken for a signed address',
        request: (request) =>
          request.query?.includes('signature=') ? { ...request, as: 'member' } : request,
      },
    ],
  },
  {
    id: 'AUTH-025',
    title: 'However it is asked for, nobody receives the document without credentials',
    level: 'contract',
    source: operation.inContract('/responses/401'),
    covers: operation.documented(401),
    needs: [],
    async run(target) {
      const asBrowser = { headers: browserHeaders('en') }
      for (const [what, request] of [...requestVariants, ['the fields of a browser', asBrowser] as const]) {
        const response = await target.request({ ...request, as: 'nobody' })
        assert.ok(
          response.status >= 400 && !isPdf(response),
          `a request without credentials, but with ${what}, is answered ${describeResponse(response)}`,
        )
      }
    },
    mutations: [
      credentialsIgnored,
      {
        title: 'who speaks HTTP/1.0 is let in',
        request: (request) => (request.version ? { ...request, as: 'member' } : request),
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
    covers: operation.documented(401),
    needs: [],
    async run(target, context) {
      for (const [what, request] of await unauthenticated(context)) {
        const response = await target.request(request)
        if (response.status !== 401) continue
        assert.ok(
          challengesIn(response)?.length,
          `the 401 to a request with ${what} has ${headerValue(response, 'www-authenticate') ?? 'no WWW-Authenticate'}`,
        )
      }
    },
    mutations: [
      withoutHeader('WWW-Authenticate', ({ method }) => method === 'HEAD'),
      withoutHeader('WWW-Authenticate', ({ as }) => typeof as === 'object'),
      withHeader('WWW-Authenticate', 'Bearer error=invalid_token, error_description=The token expired'),
    ],
  },
  {
    id: 'AUTH-027',
    title: "A token that only resembles the member's is answered 401",
    level: 'contract',
    source: operation.inContract('/responses/401'),
    covers: operation.documented(401),
    needs: [],
    async run(target, { keyring }) {
      for (const [what, token] of resembling(keyring.token('member'))) {
        const response = await target.request({ as: bearer(token, `member token, ${what}`) })
        assertRefused(response, [401], `a request with the member's token, ${what},`)
      }
    },
    mutations: [
      credentialsIgnored,
      {
        title: 'only the beginning of a token is compared',
        request: (request) =>
          typeof request.as === 'object' && request.as.label.includes('lengthened')
            ? { ...request, as: 'member' }
            : request,
      },
      withStatus(500, ({ as }) => typeof as === 'object' && as.label.includes('cut')),
    ],
  },
  {
    id: 'AUTH-028',
    title: "The member's token under a scheme that frameworks take for Bearer is answered 401",
    level: 'advice',
    source: 'openapi#/security',
    covers: operation.documented(401),
    needs: [],
    async run(target, { keyring }) {
      // Rails takes Token, and helpers for Django, Flask and Passport take Token or JWT.
      for (const scheme of ['Token', 'JWT']) {
        const as = { authorization: `${scheme} ${keyring.token('member')}`, label: 'member token' }
        assertRefused(await target.request({ as }), [400, 401], `a request with the scheme ${scheme}`)
      }
    },
    mutations: [credentialsIgnored, withStatus(500)],
  },
]
