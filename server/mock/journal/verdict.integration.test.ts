import { generateKeyPair, SignJWT } from 'jose'
import request from 'supertest'
import { beforeAll, beforeEach, expect, test } from 'vitest'
import { type App, createApp } from '../../app.ts'
import { generateSigningKey } from '../../authentication/signing-key.ts'
import { createTokenIssuer, type TokenDefect } from '../../authentication/tokens.ts'
import { createLog } from '../../log.ts'

const workspace = '/workspaces/ws_a1b2c3d4e5f6g7h8'
const path = `${workspace}/organizations/usage.pdf`
const now = new Date('2026-03-01T12:00:00Z')

const signingKey = await generateSigningKey()

let app: App
beforeAll(async () => {
  app = await createApp({
    signingKey,
    log: createLog('silent'),
    clock: () => now,
    corsOrigins: ['https://app.example'],
  })
})
beforeEach(() => app.reset())

/** The verdict on the last request. */
async function verdict() {
  const { body } = await request(app.app).get('/_mock/requests')
  return body.requests.at(-1).verdict as { right: boolean; mistakes: string[]; remarks: string[] }
}

async function send(
  headers: Record<string, string>,
  to = path,
  method: 'get' | 'put' | 'patch' | 'post' = 'get',
) {
  await request(app.app)[method](to).set(headers)
  return verdict()
}

const bearer = async (persona = 'owner', defect?: TokenDefect) => ({
  Authorization: `Bearer ${await app.tokenFor(persona, defect && { defect })}`,
})

test('a request that keeps to the contract has no mistakes', async () => {
  expect(await send(await bearer())).toEqual({ right: true, mistakes: [], remarks: [] })
})

test.each([
  [{}, 'There is no Authorization header.'],
  [
    { Authorization: 'Basic dTpw' },
    'The scheme of the Authorization header is Basic; the contract requires Bearer.',
  ],
  [
    { Authorization: 'Bearer undefined' },
    'The token is the word "undefined": the client sent the request before it had a token.',
  ],
  [{ Authorization: 'Bearer ' }, 'There is no token after Bearer.'],
  [
    { Authorization: 'Bearer Bearer x.y.z' },
    'The Authorization header has the word Bearer twice before the token.',
  ],
  [{ Authorization: 'Bearer "x.y.z"' }, 'The token has characters that a JWT cannot have'],
  [{ Authorization: 'Bearer abc' }, 'The token is not a JWT: separated by dots, it has 1 of 3 parts.'],
  [{ Authorization: 'Bearer a.b.c' }, 'The token is not a JWT: it cannot be decoded.'],
  [{ Authorization: 'eyJhbGciOi.J9.x' }, 'the word Bearer is missing before it'],
])('%j: %s', async (headers, mistake) => {
  const { right, mistakes } = await send(headers as Record<string, string>)
  expect(right).toBe(false)
  expect(mistakes).toEqual([expect.stringContaining(mistake)])
})

test.each<[TokenDefect, string]>([
  ['expired', 'The token expired 1 h ago, at 2026-03-01T11:00:00Z.'],
  ['not-yet-valid', 'The token is not valid yet: it becomes valid (nbf) in 1 h, at 2026-03-01T13:00:00Z.'],
  ['wrong-audience', "The token's audience is https://elsewhere.example"],
  ['wrong-issuer', "The token's issuer is https://issuer.example"],
  ['without-subject', 'The token has no subject (sub).'],
  ['alg-none', "The token's algorithm is none"],
  ['alg-hs256', "The token's algorithm is HS256"],
  ['wrong-type', "The token's type (typ) is logout+jwt"],
  ['wrong-signature', 'The token is not signed with the key of this server'],
])('a token that is %s: %s', async (defect, mistake) => {
  expect((await send(await bearer('owner', defect))).mistakes).toEqual([expect.stringContaining(mistake)])
})

test('a token of the identity provider is compared with the issuer and audience configured for it', async () => {
  const provider = {
    issuer: 'https://tenant.example/',
    audience: 'https://api.example',
    jwks: new URL('http://127.0.0.1:9/jwks.json'),
  }
  const log = createLog('silent')
  const trusting = await createApp({ signingKey, log, clock: () => now, provider })
  const sign = async (claims: object) => {
    const { privateKey } = await generateKeyPair('ES256')
    const valid = {
      iss: provider.issuer,
      aud: provider.audience,
      sub: 'auth0|me',
      exp: now.getTime() / 1000 + 60,
    }
    return new SignJWT({ ...valid, ...claims }).setProtectedHeader({ alg: 'ES256' }).sign(privateKey)
  }
  const verdictOn = async (claims: object) => {
    await request(trusting.app)
      .get(path)
      .set('Authorization', `Bearer ${await sign(claims)}`)
    return trusting.requests().at(-1)?.verdict
  }
  const { issuer } = provider
  expect((await verdictOn({ iss: 'https://other.example' }))?.mistakes).toEqual([
    `The token's issuer is https://other.example; this server trusts urn:altostrat-contract:mock and ${issuer}.`,
  ])
  // The provider's keys are unreachable here, which is not the client's mistake.
  expect(await verdictOn({})).toEqual({
    right: true,
    mistakes: [],
    remarks: ["The identity provider's keys cannot be read from http://127.0.0.1:9/jwks.json."],
  })
})

test('the verdict on a caller who is no persona names the subject of the token', async () => {
  const token = await createTokenIssuer(signingKey, () => now)('auth0|stranger')
  expect(await send({ Authorization: `Bearer ${token}` })).toEqual({
    right: true,
    mistakes: [],
    remarks: [
      'You are not a member of this workspace.',
      "The token's subject auth0|stranger is not a persona of this mock.",
    ],
  })
})

test.each([
  ['code=418', [expect.stringContaining('Prefer: code=418 was not applied')]],
  ['example=none', [expect.stringContaining('Prefer: example=none was not applied')]],
  ['code=200', []],
  ['wait=0', []],
])('of the preference %s a remark says whether it was passed over', async (preference, remarks) => {
  const Authorization = `Bearer ${await app.tokenFor('owner')}`
  expect(await send({ Authorization, Prefer: preference })).toEqual({ right: true, mistakes: [], remarks })
})

test('a token in the query string is a mistake', async () => {
  const { mistakes } = await send({}, `${path}?access_token=hush`)
  expect(mistakes[0]).toContain('A token in the query string is ignored.')
})

test.each([
  ['/workspace/ws_1/organizations/usage.pdf', '/workspaces/{workspaceId}/organizations/usage.pdf'],
  [`${workspace}/organisations/usage.pdf`, '/workspaces/{workspaceId}/organizations/usage.pdf'],
  ['/Workspaces/ws_1/organizations/usage.pdf', '/workspaces/{workspaceId}/organizations/usage.pdf'],
  [`/v1${path}`, '/workspaces/{workspaceId}/organizations/usage.pdf'],
  [`${path}/`, '/workspaces/{workspaceId}/organizations/usage.pdf'],
])('%s is near %s', async (wrong, nearest) => {
  const { mistakes } = await send(await bearer(), wrong)
  expect(mistakes).toEqual([`The contract has no path ${wrong}. The nearest is ${nearest}.`])
})

test('a path that resembles no documented one gets no suggestion', async () => {
  expect((await send(await bearer(), '/favicon.ico')).mistakes).toEqual([
    'The contract has no path /favicon.ico.',
  ])
})

test('a missing token does not hide a wrong path', async () => {
  const { mistakes } = await send({}, '/workspace/ws_1/organizations')
  expect(mistakes).toEqual([
    expect.stringContaining('no Authorization header'),
    expect.stringContaining('The nearest is /workspaces/{workspaceId}/organizations.'),
  ])
})

test('a wrong method, and a path that was never filled in', async () => {
  expect((await send(await bearer(), path, 'put')).mistakes).toEqual([
    'PUT is not documented for /workspaces/{workspaceId}/organizations/usage.pdf; documented: GET.',
  ])
  expect((await send(await bearer(), '/workspaces/undefined/organizations')).mistakes).toEqual([
    'The path has "undefined" where {workspaceId} belongs.',
  ])
})

test('a body that breaks its schema, and an Accept header that excludes the media type', async () => {
  await request(app.app)
    .post('/workspaces')
    .set(await bearer())
    .send({ name: 'x'.repeat(51), billing_mode: 'pooled' })
  expect((await verdict()).mistakes).toEqual([expect.stringMatching(/name must have at most 50 characters/)])
  expect((await send({ ...(await bearer()), Accept: 'image/png' })).mistakes).toHaveLength(1)
})

test('a refusal for lack of access is no mistake, and the remarks say why', async () => {
  const { right, remarks } = await send(await bearer('outsider'))
  expect(right).toBe(true)
  expect(remarks).toEqual([
    'You are not a member of this workspace.',
    'outsider is owner of ws_zzzzzzzzzzzzzzzz.',
  ])
})

test('responses forced by Prefer or a scenario are remarks, not mistakes', async () => {
  expect(await send({ ...(await bearer()), Prefer: 'code=401' })).toEqual({
    right: true,
    mistakes: [],
    remarks: ['Answered 401 because the Prefer header asks for it.'],
  })
  app.setScenario({ name: 'expired-session' })
  expect(await send(await bearer())).toEqual({
    right: true,
    mistakes: [],
    remarks: ['The scenario expired-session was applied to this request.', 'The access token has expired.'],
  })
})

test('a page that may not read the response: the remark names the option to change', async () => {
  const { remarks } = await send({ ...(await bearer()), Origin: 'https://other.example' })
  expect(remarks).toEqual([expect.stringContaining('start the mock with --cors https://other.example')])
})

test('query parameters that the operation does not have are mistakes', async () => {
  const headers = await bearer()
  const list = `${workspace}/organizations`
  expect((await send(headers, `${list}?limit=10&filter[name]=x&limit=20`)).mistakes).toEqual([
    'listOrganizations has no query parameter limit, which is ignored: it has none.',
    'listOrganizations has no query parameter filter, which is ignored: it has none.',
  ])
  const invoices = `${workspace}/billing-accounts/cus_x/invoices`
  expect((await send(headers, `${invoices}?limit=10`)).mistakes).toEqual([])
  expect((await send(headers, `${invoices}?page=2`)).mistakes).toEqual([
    'listInvoices has no query parameter page, which is ignored: it has limit, after, before.',
  ])
  expect((await send({}, `${list}?page=2`)).mistakes).toEqual([
    expect.stringContaining('There is no Authorization header.'),
    expect.stringContaining('no query parameter page'),
  ])
})

test('a refusal says in words what is wrong with the body', async () => {
  await request(app.app)
    .post(`${workspace}/organizations`)
    .set(await bearer())
    .send({ seats: 1, limits: { users: -1 } })
  const { mistakes } = await verdict()
  expect(mistakes[0]).toBe('name is missing; seats is no property here; limits.users must be at least 0.')
})
