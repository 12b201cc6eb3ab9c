import assert from 'node:assert/strict'
import { inspect } from 'node:util'
import type { Keyring } from '../../credentials/keyring.ts'
import { splitToken, type TokenParts } from '../../credentials/tokens.ts'
import type { RunContext } from '../../engine/context.ts'
import type { Target } from '../../engine/target.ts'
import { bearer, type Credentials, garbage, type RequestSpec } from '../../http/request.ts'
import { headerValue, type ReceivedResponse } from '../../http/response.ts'
import type { DownloadOperation } from '../../operations/download-operation.ts'
import type { WrongToken } from '../../profile.ts'
import { assertRefused, assertStatus } from '../assertions/assertions.ts'
import type { Check, Mutation } from '../check.ts'
import { credentialsIgnored, withStatus } from '../mutations/mutations.ts'
import {
  createUntrustedSigner,
  ofUnknownAlgorithm,
  signedByUntrustedKey,
  signedWithPublicKey,
  unsigned,
  withBrokenSignature,
  withForeignKeyId,
  withSwappedPayload,
} from '../probes/forged-tokens.ts'
import { refusalsOfHead } from '../probes/head.ts'
import { whileListening } from '../probes/listener.ts'
import { mintedToken, requireKnownSigningKey, validToken, wrongTokenFor } from '../probes/minted-tokens.ts'
import type { Source } from '../sources.ts'

/** A statement on tokens forged from the member's own. */
function forged(
  operation: DownloadOperation,
  id: Check['id'],
  title: string,
  source: Source,
  forge: (jwt: TokenParts) => Credentials[],
): Check {
  return {
    id,
    title,
    level: 'contract',
    source,
    covers: operation.documented(401),
    needs: ['jwt'],
    async run(target, { keyring }) {
      for (const as of forge(keyring.jwt()))
        assertRefused(await target.request({ as }), [401], `a request with a ${as.label}`)
    },
    mutations: [credentialsIgnored, withStatus(500), withStatus(403)],
  }
}

/** A statement on tokens that are correctly signed and wrong only in what the name says. */
function wrong(
  operation: DownloadOperation,
  id: Check['id'],
  title: string,
  source: Source,
  kind: WrongToken,
): Check {
  return {
    id,
    title,
    level: 'contract',
    source,
    covers: operation.documented(401),
    needs: [kind],
    async run(target, { keyring }) {
      const as = await wrongTokenFor(target, keyring, kind)
      assertRefused(await target.request({ as }), [401], `a request with the ${as.label}`)
    },
    mutations: [credentialsIgnored, withStatus(500), withStatus(403)],
  }
}

/** What a token has that the member's has not; `what` says it in a few words. */
interface TokenVariant {
  claims?: object
  header?: object
  what: string
}

/** `now` in seconds since 1970; `own` are the claims of the member's token. */
type Variants = (now: number, own: Record<string, unknown>) => TokenVariant[]

/** Tokens with other claims or header parameters, signed with the profile's key, which the deployment must know. */
async function* signed(target: Target, keyring: Keyring, variants: Variants) {
  await requireKnownSigningKey(target, keyring)
  const now = Math.floor(Date.now() / 1000)
  for (const { claims = {}, header = {}, what } of variants(now, keyring.jwt().payload))
    yield { token: await keyring.mint.sign({ ...claims }, { ...header }), what }
}

/** A statement on signed tokens that are wrong in what they claim. */
function minted(
  operation: DownloadOperation,
  definition: Pick<Check, 'id' | 'title' | 'level' | 'source'>,
  variants: Variants,
): Check {
  return {
    ...definition,
    covers: operation.documented(401),
    needs: ['jwt', 'minting'],
    async run(target, { keyring }) {
      for await (const { token, what } of signed(target, keyring, variants))
        assertRefused(
          await target.request({ as: bearer(token, mintedToken) }),
          [401],
          `a request with ${what}`,
        )
    },
    mutations: [credentialsIgnored, withStatus(500), withStatus(403)],
  }
}

const isOfAnotherForm = ({ as }: RequestSpec) => typeof as === 'object' && as.label === validToken

/** A statement on signed tokens that are valid, of another form than the member's. */
function accepted(
  operation: DownloadOperation,
  definition: Pick<Check, 'id' | 'title' | 'level' | 'source'>,
  variants: Variants,
): Check {
  return {
    ...definition,
    covers: operation.documented(200),
    needs: ['jwt', 'minting'],
    async run(target, { keyring }) {
      for await (const { token, what } of signed(target, keyring, variants)) {
        const response = await target.request({ as: bearer(token, validToken) })
        assertStatus(response, [200], `a valid token of the member, with ${what},`)
      }
    },
    mutations: [withStatus(401, isOfAnotherForm), withStatus(500, isOfAnotherForm)],
  }
}

/** Sends tokens whose headers name a listener of ours, which serves the keys that they are signed with. */
async function requestWithKeyAddresses(
  target: Target,
  { keyring }: RunContext,
  judge: (response: ReceivedResponse, calls: string[], parameter: string) => void,
): Promise<void> {
  const member = keyring.jwt()
  const signer = createUntrustedSigner(member)
  const key = { ...signer.jwk, kid: 'stranger', alg: signer.alg, use: 'sig' }
  await whileListening({ keys: [key] }, async ({ url, calls }) => {
    for (const parameter of ['jku', 'x5u']) {
      const token = signer.sign(member, { kid: 'stranger', [parameter]: `${url}/${parameter}` })
      judge(await target.request({ as: bearer(token, `token with ${parameter}`) }), calls, parameter)
    }
  })
}

/** The deployment fetches the address in a token's header before it verifies the token. */
const callingAddresses: Mutation = {
  title: 'the address in the header is called',
  async response(response, request) {
    const { jku, x5u } = splitToken(tokenOf(request))?.header ?? {}
    await fetch(String(jku ?? x5u)).catch(() => undefined)
    return response
  },
}

function tokenOf({ as }: RequestSpec): string {
  return typeof as === 'object' ? String(as.authorization).replace(/^Bearer +/, '') : ''
}

/**
 * Other names that begin or end like the right one, are a part of it, or match it as a regular expression (RFC 7519 §2:
 * StringOrURI is compared as it is).
 */
const resembling = (name: string) =>
  [
    `${name}.attacker.example`,
    `https://attacker.example/?${name}`,
    name.slice(0, Math.ceil(name.length / 2)),
    name.replace('.', 'x'),
  ].filter((other) => other !== name)

/** Which tokens are accepted. */
export const tokens = (operation: DownloadOperation): Check[] => [
  forged(
    operation,
    'TOKEN-001',
    'A token with a broken signature is answered 401',
    'rfc7515#5.2',
    withBrokenSignature,
  ),
  forged(
    operation,
    'TOKEN-002',
    'A token whose claims were changed under its signature is answered 401',
    'rfc8725#3.3',
    withSwappedPayload,
  ),
  forged(
    operation,
    'TOKEN-003',
    'A token without signature is answered 401, however its algorithm spells none',
    'rfc8725#3.2',
    unsigned,
  ),
  forged(
    operation,
    'TOKEN-004',
    'A token signed with a key that the deployment does not know is answered 401',
    'rfc8725#3.10',
    signedByUntrustedKey,
  ),
  wrong(operation, 'TOKEN-005', 'A token that has expired is answered 401', 'rfc7519#4.1.4', 'expired'),
  wrong(
    operation,
    'TOKEN-006',
    'A token that is not valid yet is answered 401',
    'rfc7519#4.1.5',
    'notYetValid',
  ),
  wrong(
    operation,
    'TOKEN-007',
    'A token meant for another audience is answered 401',
    'rfc7519#4.1.3',
    'wrongAudience',
  ),
  wrong(operation, 'TOKEN-008', 'A token of another issuer is answered 401', 'rfc8725#3.8', 'wrongIssuer'),
  {
    id: 'TOKEN-009',
    title: 'A token with a critical extension that nobody knows is answered 401',
    level: 'http',
    source: 'rfc7515#4.1.11',
    covers: operation.documented(401),
    needs: ['jwt', 'minting'],
    async run(target, { keyring }) {
      await requireKnownSigningKey(target, keyring)
      const extension = 'https://example.com/unknown-extension'
      const token = await keyring.mint.sign({}, { crit: [extension], [extension]: true })
      assertRefused(
        await target.request({ as: bearer(token, 'token with crit') }),
        [401],
        'a request with an unknown critical extension',
      )
    },
    mutations: [credentialsIgnored, withStatus(500)],
  },
  {
    id: 'TOKEN-010',
    title: 'A token signed with the published key as a shared secret is answered 401',
    level: 'contract',
    source: 'rfc8725#3.1',
    covers: operation.documented(401),
    needs: ['jwt', 'jwks'],
    async run(target, context) {
      const token = context.keyring.jwt()
      for (const key of await context.publishedKeys())
        for (const as of signedWithPublicKey(token, key))
          assertRefused(await target.request({ as }), [401], `a request with a ${as.label}`)
    },
    mutations: [credentialsIgnored, withStatus(500)],
  },
  {
    id: 'TOKEN-011',
    title: 'A token signed with keys from an address that it names itself is answered 401',
    level: 'contract',
    source: 'rfc8725#3.10',
    covers: operation.documented(401),
    needs: ['jwt', 'loopback'],
    run: (target, context) =>
      requestWithKeyAddresses(target, context, (response, _, parameter) =>
        assertRefused(response, [401], `a request with a token whose ${parameter} leads to its own keys`),
      ),
    mutations: [credentialsIgnored, withStatus(500)],
  },
  {
    id: 'TOKEN-012',
    title: 'No address that a token names is called',
    level: 'advice',
    source: 'rfc8725#3.10',
    covers: operation.documented(401),
    needs: ['jwt', 'loopback'],
    run: (target, context) =>
      requestWithKeyAddresses(target, context, (_, calls, parameter) =>
        assert.ok(calls.length === 0, `a token's ${parameter} made the deployment call the address in it`),
      ),
    mutations: [callingAddresses],
  },
  forged(
    operation,
    'TOKEN-013',
    'A token whose key id leads nowhere is answered 401',
    'rfc8725#3.10',
    withForeignKeyId,
  ),
  minted(
    operation,
    {
      id: 'TOKEN-014',
      title: 'A token that expired ten minutes ago, or is valid in ten, is answered 401',
      level: 'contract',
      source: 'rfc7519#4.1.4',
    },
    (now) => [
      { claims: { iat: now - 3600, nbf: now - 3600, exp: now - 600 }, what: 'a token ten minutes too old' },
      { claims: { iat: now, nbf: now + 600 }, what: 'a token ten minutes too young' },
    ],
  ),
  minted(
    operation,
    {
      id: 'TOKEN-015',
      title: 'A token without an end is answered 401',
      level: 'advice',
      source: 'rfc9068#2.2',
    },
    () => [
      { claims: { exp: undefined }, what: 'a token without exp' },
      // What programs take for an absent value.
      { claims: { exp: null }, what: 'a token whose exp is null' },
      { claims: { exp: 0 }, what: 'a token whose exp is 0, which is 1970' },
    ],
  ),
  minted(
    operation,
    {
      id: 'TOKEN-016',
      title: 'A signed object of another type is answered 401',
      level: 'advice',
      source: 'rfc8725#3.11',
    },
    () =>
      ['logout+jwt', 'dpop+jwt', 'secevent+jwt'].map((typ) => ({
        header: { typ },
        what: `a token of type ${typ}`,
      })),
  ),
  minted(
    operation,
    {
      id: 'TOKEN-018',
      title: 'A token that names nobody is answered 401',
      level: 'advice',
      source: 'rfc9068#2.2',
    },
    () => [
      { claims: { sub: undefined }, what: 'a token without sub' },
      { claims: { sub: '' }, what: 'a token whose sub is empty' },
    ],
  ),
  {
    id: 'TOKEN-017',
    title: 'A refused token is not repeated in the answer',
    level: 'advice',
    source: 'rfc6750#5.2',
    covers: operation.documented(401),
    needs: [],
    async run(target, { keyring }) {
      const refused = [
        garbage('probe.that-nobody-signed.0123456789'),
        ...(keyring.hasJwt ? withBrokenSignature(keyring.jwt()).slice(0, 1) : []),
      ]
      for (const as of refused) {
        const { headers, body } = await target.request({ as })
        const said = [...headers.map(([name, value]) => `${name}: ${value}`), body.toString('latin1')]
        const place = said.find((text) => text.includes(tokenOf({ as })))
        assert.ok(!place, `the answer repeats the refused token: ${place?.slice(0, 60)}`)
      }
    },
    mutations: [
      {
        title: 'the body names the token',
        response: (response, request) => ({ ...response, body: Buffer.from(`no: ${tokenOf(request)}`) }),
      },
      {
        title: 'a field names the token',
        response: (response, request) => ({ ...response, headers: [['X-Token', tokenOf(request)]] }),
      },
    ],
  },
  minted(
    operation,
    {
      id: 'TOKEN-019',
      title: 'A token whose audience or issuer only resembles the right one is answered 401',
      level: 'contract',
      source: 'rfc7519#4.1.3',
    },
    (_, own) => [
      ...[own.aud ?? []].flat().flatMap((audience) =>
        [...resembling(String(audience)), ['https://another-service.example']].map((aud) => ({
          claims: { aud },
          what: `a token for the audience ${JSON.stringify(aud)}`,
        })),
      ),
      ...[own.iss ?? []].flat().flatMap((issuer) =>
        resembling(String(issuer)).map((iss) => ({
          claims: { iss },
          what: `a token of the issuer ${iss}`,
        })),
      ),
    ],
  ),
  minted(
    operation,
    {
      id: 'TOKEN-020',
      title: 'A token whose times are text is answered 401 where they are over, or to come',
      level: 'contract',
      source: 'rfc7519#4.1.4',
    },
    (now) => [
      { claims: { exp: String(now - 3600) }, what: 'a token that expired an hour ago, written as text' },
      { claims: { exp: 'never' }, what: 'a token that expires "never"' },
      { claims: { nbf: String(now + 3600) }, what: 'a token that is valid in an hour, written as text' },
    ],
  ),
  minted(
    operation,
    {
      id: 'TOKEN-021',
      title: 'A token without audience or issuer is answered 401',
      level: 'advice',
      source: 'rfc9068#2.2',
    },
    (_, own) =>
      ['aud', 'iss']
        .filter((name) => own[name] !== undefined)
        .map((name) => ({ claims: { [name]: undefined }, what: `a token without ${name}` })),
  ),
  {
    id: 'TOKEN-022',
    title: 'HEAD believes no token that GET does not',
    level: 'contract',
    source: 'rfc9110#9.3.2',
    covers: operation.documented(401),
    needs: [],
    async run(target, context) {
      const { keyring } = context
      const refused = [
        garbage('a.b.c', 'value that is no token'),
        ...(keyring.hasJwt ? withBrokenSignature(keyring.jwt()).slice(0, 1) : []),
        ...(await context.expiredTokens()),
      ]
      const expected = await refusalsOfHead(target, [401])
      for (const as of refused)
        assertStatus(
          await target.request({ method: 'HEAD', as }),
          expected,
          `HEAD with the credentials "${as.label}"`,
        )
    },
    mutations: [credentialsIgnored, withStatus(500, ({ as }) => as !== undefined), withStatus(200)],
  },
  {
    id: 'TOKEN-023',
    title: 'A token that has expired meets no condition',
    level: 'http',
    source: 'rfc9110#13.2.1',
    covers: operation.documented(401),
    needs: ['expired'],
    async run(target, { keyring }) {
      const etag = headerValue(await target.request(), 'etag')
      const as = await wrongTokenFor(target, keyring, 'expired')
      for (const condition of ['*', ...(etag ? [etag] : [])])
        assertStatus(
          await target.request({ as, headers: { 'If-None-Match': condition } }),
          [401],
          `an expired token, but with If-None-Match: ${condition},`,
        )
    },
    mutations: [credentialsIgnored, withStatus(304)],
  },
  {
    id: 'TOKEN-024',
    title: 'An accepted token is not repeated in the answer',
    level: 'advice',
    source: 'rfc6750#5.3',
    covers: operation.documented(200, 403, 404),
    needs: [],
    async run(target, { keyring, unknownWorkspace }) {
      const member = keyring.token('member')
      const responses: [string, string, ReceivedResponse][] = [
        ['the export', member, await target.request()],
        [
          'the refusal for an unknown workspace',
          member,
          await target.request({ workspace: unknownWorkspace }),
        ],
      ]
      if (keyring.holds('outsider'))
        responses.push([
          'the refusal for somebody without access',
          keyring.token('outsider'),
          await target.request({ as: 'outsider' }),
        ])
      for (const [what, token, { headers, body }] of responses) {
        const field = headers.find(([, value]) => value.includes(token))
        assert.ok(!field, `${what} repeats the token in ${field?.[0]}`)
        assert.ok(!body.includes(token), `${what} repeats the token in its body`)
      }
    },
    mutations: [
      {
        title: 'a field repeats the token',
        response: (response, _, { keyring }) => ({
          ...response,
          headers: [...response.headers, ['X-Debug', `Bearer ${keyring.token('member')}`]],
        }),
      },
      {
        title: 'the body of a refusal repeats the token',
        response: (response, { workspace }, { keyring }) =>
          workspace ? { ...response, body: Buffer.from(keyring.token('member')) } : response,
      },
    ],
  },
  forged(
    operation,
    'TOKEN-025',
    'A token of no algorithm, or of one that nobody knows, is answered 401',
    'rfc8725#3.1',
    ofUnknownAlgorithm,
  ),
  {
    id: 'TOKEN-026',
    title: 'A signed token whose claims are missing or of another kind breaks nothing',
    level: 'contract',
    source: operation.inContract('/responses/401'),
    covers: operation.documented(401),
    needs: ['jwt', 'minting'],
    async run(target, { keyring }) {
      await requireKnownSigningKey(target, keyring)
      const odd = [{ sub: undefined }, { sub: 7 }, { sub: null }, { aud: null }, { iss: 7 }]
      for (const claims of odd) {
        const as = bearer(await keyring.mint.sign(claims), mintedToken)
        const { status } = await target.request({ as })
        assert.ok(status < 500, `a token with ${inspect(claims)} is answered ${status}`)
      }
    },
    mutations: [withStatus(500), withStatus(502)],
  },
  accepted(
    operation,
    {
      id: 'TOKEN-027',
      title: 'Claims and header parameters of a token that nobody knows are ignored',
      level: 'http',
      source: 'rfc7519#4',
    },
    () => [
      {
        claims: { 'https://altostrat-contract.example/unknown': { nested: [1, null] } },
        what: 'a claim that nobody knows',
      },
      { header: { 'altostrat-contract': 'unknown' }, what: 'a header parameter that nobody knows' },
    ],
  ),
  accepted(
    operation,
    {
      id: 'TOKEN-028',
      title: 'A token for several audiences, or with times that have fractions, is accepted',
      level: 'advice',
      source: 'rfc7519#4.1.3',
    },
    (now, { aud }) => [
      ...[aud ?? []].flat().flatMap((own) =>
        [
          [own, 'https://another-service.example'],
          ['https://another-service.example', own],
        ].map((audiences) => ({
          claims: { aud: audiences },
          what: `the audiences ${audiences.join(' and ')}`,
        })),
      ),
      { claims: { iat: now - 0.5, exp: now + 1800.5 }, what: 'times that are no whole seconds' },
    ],
  ),
]
