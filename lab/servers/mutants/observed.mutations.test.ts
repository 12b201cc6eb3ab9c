import { createHmac } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { decode } from '../authority.ts'
import { type Running, startDeployment } from '../deployment.ts'
import { correctServers, mutants } from '../index.ts'
import { observe, type ProbeRequest } from '../observe.ts'

type Ask = ProbeRequest | ((running: Running) => ProbeRequest | Promise<ProbeRequest>)
type Case = [id: string, ask: Ask, status: number]

const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')

/** A token with the member's claims under a header and a signature of the forger's choice. */
const forged =
  (header: object, sign: (signed: string, running: Running) => string = () => ''): Ask =>
  (running) => {
    const claims = decode(running.profile.actors.member.token.value)?.claims ?? {}
    const signed = `${part(header)}.${part(claims)}`
    return { as: { token: `${signed}.${sign(signed, running)}` } }
  }

const hmac = (key: string, signed: string) => createHmac('sha256', key).update(signed).digest('base64url')

/** The member's token with other claims, signed rightly. */
const minted =
  (change: (running: Running) => object): Ask =>
  async (running) => {
    const claims = decode(running.profile.actors.member.token.value)?.claims ?? {}
    return { as: { token: await running.authority.sign({ ...claims, ...change(running) }) } }
  }

const foreign =
  (request: ProbeRequest): Ask =>
  ({ seedData }) => ({ workspace: seedData.foreign.id, ...request })

/** The foreign workspace under another spelling of its id. */
const foreignAs =
  (spell: (id: string) => string): Ask =>
  ({ seedData }) => ({ workspace: encodeURIComponent(spell(seedData.foreign.id)) })

const memberTokenIn =
  (place: (token: string) => Record<string, string>): Ask =>
  ({ profile }) => ({ as: null, headers: place(profile.actors.member.token.value) })

const at = (suffix: string): Ask => ({ as: null, suffix })

/** What tells each deployment from the baseline. */
const cases: Case[] = [
  ['token-garbage', { as: { token: 'a.b.c' } }, 200],
  ['token-garbage-not-jwt', { as: { token: 'x' } }, 200],
  ['token-unverified', forged({ alg: 'HS256' }, () => 'AAAA'), 200],
  ['token-empty-signature', forged({ alg: 'HS256' }), 200],
  [
    'token-cut-signature',
    ({ profile }) => ({ as: { token: profile.actors.member.token.value.slice(0, -20) } }),
    200,
  ],
  ['token-alg-none', forged({ alg: 'none' }), 200],
  ['token-alg-none-cased', forged({ alg: 'nOnE' }), 200],
  ['token-alg-none-signed', forged({ alg: 'none' }, () => 'AAAA'), 200],
  [
    'token-alg-confusion-es256',
    forged({ alg: 'HS256' }, (signed, { authority }) => hmac(authority.publicPem!, signed)),
    200,
  ],
  [
    'token-alg-confusion-rs256',
    forged({ alg: 'HS256' }, (signed, { authority }) => hmac(authority.publicPem!, signed)),
    200,
  ],
  ['token-expired', { as: 'expired' }, 200],
  ['token-not-yet-valid', { as: 'notYetValid' }, 200],
  ['token-audience', { as: 'wrongAudience' }, 200],
  ['token-issuer', { as: 'wrongIssuer' }, 200],
  [
    'token-crit-ignored',
    forged({ alg: 'HS256', crit: ['x'], x: 1 }, (signed, { authority }) =>
      hmac(authority.signingKey, signed),
    ),
    200,
  ],
  ['token-kid-path', forged({ alg: 'HS256', kid: '../../dev/null' }, (signed) => hmac('', signed)), 200],
  ['token-kid-unknown', forged({ alg: 'HS256', kid: 'no-such-key' }), 200],
  ['token-kid-crash', forged({ alg: 'HS256', kid: 'no-such-key' }), 500],
  ['token-garbage-crash', { as: { token: 'x' } }, 500],
  ['token-long-crash', { as: { token: 'x'.repeat(8000) } }, 500],
  ['token-unsupported-alg-crash', forged({ alg: 'RS512' }), 500],
  ['credentials-none', { as: null }, 200],
  ['credentials-empty', { as: null, headers: { Authorization: 'Bearer ' } }, 200],
  ['credentials-missing-403', { as: null }, 403],
  ['credentials-missing-404', { as: null }, 404],
  ['credentials-missing-login', { as: null }, 302],
  ['credentials-missing-page', { as: null }, 200],
  ['credentials-rejected-400', { as: 'expired' }, 400],
  ['credentials-rejected-403', { as: 'expired' }, 403],
  ['scheme-lower-case-refused', memberTokenIn((token) => ({ Authorization: `bearer ${token}` })), 401],
  ['scheme-upper-case-refused', memberTokenIn((token) => ({ Authorization: `BEARER ${token}` })), 401],
  ['scheme-basic-accepted', memberTokenIn((token) => ({ Authorization: `Basic ${token}` })), 200],
  ['scheme-token-accepted', memberTokenIn((token) => ({ Authorization: `Token ${token}` })), 200],
  ['scheme-bare-accepted', memberTokenIn((token) => ({ Authorization: token })), 200],
  ['token-in-cookie', memberTokenIn((token) => ({ Cookie: `access_token=${token}` })), 200],
  ['token-in-other-field', memberTokenIn((token) => ({ 'X-Access-Token': token })), 200],
  [
    'token-in-query',
    ({ profile }) => ({
      as: null,
      suffix: `/organizations/usage.pdf?access_token=${profile.actors.member.token.value}`,
    }),
    200,
  ],
  ['head-unprotected', { as: null, method: 'HEAD' }, 200],
  ['options-unprotected', { as: null, method: 'OPTIONS' }, 200],
  ['conditional-unprotected', { as: null, headers: { 'If-None-Match': '*' } }, 304],
  ['range-unprotected', { as: null, headers: { Range: 'bytes=0-9' } }, 206],
  ['range-unsatisfiable-unprotected', { as: null, headers: { Range: 'bytes=99999999-' } }, 416],
  ['alias-trailing-slash', at('/organizations/usage.pdf/'), 200],
  ['alias-double-slash', at('/organizations//usage.pdf'), 200],
  ['alias-upper-case', at('/organizations/USAGE.PDF'), 200],
  ['alias-encoded', at('/organizations/%75sage.pdf'), 200],
  ['alias-parameter', at('/organizations/usage.pdf;x'), 200],
  ['alias-suffix', at('/organizations/usage.pdf.json'), 200],
  ['alias-dot-segment', at('/organizations/./usage.pdf'), 200],
  [
    'override-url',
    ({ profile }) => ({
      as: null,
      headers: { 'X-Original-URL': `/workspaces/${profile.workspace.id}/organizations/usage.pdf` },
    }),
    200,
  ],
  ['override-forwarded-for', { as: null, headers: { 'X-Forwarded-For': '127.0.0.1' } }, 200],
  ['override-user', { as: null, headers: { 'X-User-Id': 'x' } }, 200],
  ['override-method', { as: null, headers: { 'X-HTTP-Method-Override': 'HEAD' } }, 200],
  ['unprivileged-served', { as: 'unprivileged' }, 200],
  ['unprivileged-head', { as: 'unprivileged', method: 'HEAD' }, 200],
  ['unprivileged-range', { as: 'unprivileged', headers: { Range: 'bytes=0-9' } }, 206],
  ['unprivileged-401', { as: 'unprivileged' }, 401],
  ['outsider-served', foreign({}), 200],
  ['outsider-401', foreign({}), 401],
  ['outsider-500', foreign({}), 500],
  ['outsider-302', foreign({}), 302],
  ['outsider-204', foreign({}), 204],
  ['outsider-200-problem', foreign({}), 200],
  ['outsider-own-report', foreign({}), 200],
  ['outsider-head', foreign({ method: 'HEAD' }), 200],
  ['outsider-range', foreign({ headers: { Range: 'bytes=0-9' } }), 206],
  ['outsider-trailing-slash', foreign({ suffix: '/organizations/usage.pdf/' }), 200],
  ['encoded-id-unchecked', ({ seedData }) => ({ workspace: seedData.foreign.id.replace('k', '%6b') }), 200],
  ['cased-id-unchecked', ({ seedData }) => ({ workspace: seedData.foreign.id.toUpperCase() }), 200],
  [
    'traversal-encoded',
    ({ seedData }) => ({ workspace: `${seedData.own.id}%2f..%2f${seedData.foreign.id}` }),
    200,
  ],
  ['traversal-plain', ({ seedData }) => ({ workspace: `${seedData.own.id}/../${seedData.foreign.id}` }), 200],
  ['nul-in-id', ({ seedData }) => ({ workspace: `${seedData.own.id}%00${seedData.foreign.id}` }), 200],
  ['existence-without-token', { as: null, workspace: 'ws_0nb0dy' }, 404],
  ['report-500', {}, 500],
  ['report-204', {}, 204],
  ['report-202', {}, 202],
  ['report-201', {}, 201],
  ['report-redirected', {}, 302],
  ['unknown-200', { workspace: 'ws_0nb0dy' }, 200],
  ['unknown-204', { workspace: 'ws_0nb0dy' }, 204],
  ['unknown-500', { workspace: 'ws_0nb0dy' }, 500],
  ['unknown-401', { workspace: 'ws_0nb0dy' }, 401],
  ['unknown-400', { workspace: 'ws_0nb0dy' }, 400],
  ['unknown-200-problem', { workspace: 'ws_0nb0dy' }, 200],
  ['unknown-redirected', { workspace: 'ws_0nb0dy' }, 302],
  ['unknown-416', { workspace: 'ws_0nb0dy' }, 416],
  ['unknown-304', { workspace: 'ws_0nb0dy' }, 304],
  ['unknown-redirected-own', { workspace: 'ws_0nb0dy' }, 307],
  ['refusals-200', { workspace: 'ws_0nb0dy' }, 200],
  ['refusals-200-page', { as: null }, 200],
  ['first-report-500', {}, 500],
  ['expired-to-login', { as: 'expired' }, 302],
  ['token-not-yet-valid-leeway', minted(() => ({ nbf: Math.floor(Date.now() / 1000) + 600 })), 200],
  ['id-last-of-list', ({ seedData }) => ({ workspace: `${seedData.own.id},${seedData.foreign.id}` }), 200],
  ['malformed-id-500', { workspace: "ws_'" }, 500],
  ['undecodable-id-500', { workspace: '%ff' }, 500],
  ['nul-id-500', { workspace: 'ws_%00' }, 500],
  ['long-id-500', { workspace: 'w'.repeat(300) }, 500],
  ['malformed-id-422', { workspace: '%20' }, 422],
  ['malformed-id-200', ({ seedData }) => ({ workspace: `${seedData.own.id}'` }), 200],
  ['empty-404', ({ seedData }) => ({ workspace: seedData.empty.id }), 404],
  ['empty-204', ({ seedData }) => ({ workspace: seedData.empty.id }), 204],
  ['empty-500', ({ seedData }) => ({ workspace: seedData.empty.id }), 500],
  ['accept-any-406', { headers: { Accept: '*/*' } }, 406],
  ['accept-range-406', { headers: { Accept: 'application/*' } }, 406],
  ['accept-absent-400', {}, 400],
  ['get-with-type-415', { headers: { 'Content-Type': 'application/json' } }, 415],
  ['cookie-odd-500', { headers: { Cookie: 'a=%' } }, 500],
  ['accept-weight-500', { headers: { Accept: '*/*;q=high' } }, 500],
  ['coding-weights-500', { headers: { 'Accept-Encoding': 'gzip;q=1.0, *;q=0' } }, 500],
  ['range-reversed-500', { headers: { Range: 'bytes=5-2' } }, 500],
  ['range-of-many-digits-500', { headers: { Range: 'bytes=99999999999999999999-' } }, 500],
  ['id-inherited-500', { workspace: 'constructor' }, 500],
  ['accept-json-500', { headers: { Accept: 'application/json' } }, 500],
  ['query-400', { suffix: '/organizations/usage.pdf?x=1' }, 400],
  ['options-500', { method: 'OPTIONS' }, 500],
  ['head-500', { method: 'HEAD' }, 500],
  ['head-404', { method: 'HEAD' }, 404],
  [
    'head-unverified',
    (running) =>
      Promise.resolve(
        (forged({ alg: 'HS256' }, () => 'AAAA') as (of: Running) => ProbeRequest)(running),
      ).then((request) => ({ ...request, method: 'HEAD' })),
    200,
  ],
  ['audience-begins-alike', minted(({ authority }) => ({ aud: `${authority.audience}.example` })), 200],
  ['audience-listed', minted(() => ({ aud: ['https://x.example'] })), 200],
  ['issuer-begins-alike', minted(({ authority }) => ({ iss: `${authority.issuer}x` })), 200],
  ['audience-part', minted(({ authority }) => ({ aud: authority.audience.slice(0, 12) })), 200],
  ['issuer-pattern', minted(({ authority }) => ({ iss: authority.issuer.replace('.', 'x') })), 200],
  ['expiry-zero', minted(() => ({ exp: 0 })), 200],
  ['expiry-null', minted(() => ({ exp: null })), 200],
  ['audience-list-refused', minted(({ authority }) => ({ aud: [authority.audience, 'x'] })), 401],
  ['claim-unknown-refused', minted(() => ({ unknown: 1 })), 401],
  [
    'token-signature-cased',
    forged({ alg: 'HS256' }, (signed, { authority }) => hmac(authority.signingKey, signed).toLowerCase()),
    200,
  ],
  ['token-secret-of-a-template', forged({ alg: 'HS256' }, (signed) => hmac('changeme', signed)), 200],
  ['audience-absent', minted(() => ({ aud: undefined })), 200],
  ['expiry-text', minted(() => ({ exp: 'never' })), 200],
  ['subject-number-500', minted(() => ({ sub: 7 })), 500],
  ['token-alg-unknown', forged({ alg: 'XX256' }, () => 'AAAA'), 200],
  ['token-alg-none-bare', forged({ alg: 'none' }), 200],
  [
    'token-alg-confusion-hs512',
    forged({ alg: 'HS512' }, (signed, { authority }) =>
      createHmac('sha512', authority.publicPem!).update(signed).digest('base64url'),
    ),
    200,
  ],
  ['token-four-parts', ({ profile }) => ({ as: { token: `${profile.actors.member.token.value}.x` } }), 200],
  ['token-claims-null-500', { as: { token: 'e30.bnVsbA.e30' } }, 500],
  [
    'scheme-basic-password',
    memberTokenIn((token) => ({
      Authorization: `Basic ${Buffer.from(`x:${token}`).toString('base64')}`,
    })),
    200,
  ],
  ['authorization-blank', { as: null, headers: { Authorization: '' } }, 200],
  ['preflight-unprotected', { as: null, headers: { 'Access-Control-Request-Method': 'GET' } }, 200],
  ['alias-encoded-twice', at('/organizations/%2575sage.pdf'), 200],
  ['alias-backslash', at('/organizations%5cusage.pdf'), 200],
  ['expired-not-modified', { as: 'expired', headers: { 'If-None-Match': '*' } }, 304],
  ['outsider-json', foreign({ headers: { Accept: 'application/json' } }), 200],
  ['id-wildcard', { workspace: '%25' }, 200],
  ['id-prefix', ({ seedData }) => ({ workspace: seedData.own.id.slice(0, -1) }), 200],
  ['id-like', ({ seedData }) => ({ workspace: `${seedData.own.id.slice(0, -1)}_` }), 200],
  ['id-normalized-unchecked', foreignAs((id) => id.replace('w', '\uff57')), 200],
  ['id-upper-case-unchecked', foreignAs((id) => id.replace('s', '\u017f')), 200],
  ['id-decoded-twice-unchecked', foreignAs((id) => id.replace('w', '%77')), 200],
  ['hidden-options', { method: 'OPTIONS', workspace: 'ws_0nb0dy' }, 404],
]

describe('the defect shows, and the baseline does not have it', () => {
  const baselines = new Map<string, Running>()
  const plain = correctServers.find(({ id }) => id === 'plain')!
  beforeAll(async () => {
    for (const algorithm of ['HS256', 'ES256', 'RS256'] as const) {
      baselines.set(algorithm, await startDeployment({ ...plain, algorithm }))
    }
  })
  afterAll(() => Promise.all([...baselines.values()].map((running) => running.close())))

  test.each(cases)('%s', async (id, ask, status) => {
    const declaration = mutants.find((one) => one.id === id)!
    const healthy = baselines.get(declaration.algorithm ?? 'HS256')!
    const request = async (running: Running) => (typeof ask === 'function' ? ask(running) : ask)
    const running = await startDeployment(declaration)
    const asked = await request(running)
    expect((await observe(running, asked)).status).toBe(status)
    expect((await observe(healthy, await request(healthy))).status).not.toBe(status)
    await running.close()
  })
})
