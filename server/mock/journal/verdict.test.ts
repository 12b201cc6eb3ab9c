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
  fields: Record<string, string>,
  to = path,
  method: 'get' | 'put' | 'patch' | 'post' = 'get',
) {
  await request(app.app)[method](to).set(fields)
  return verdict()
}

const bearer = async (persona = 'owner', defect?: TokenDefect) => ({
  Authorization: `Bearer ${await app.tokenFor(persona, defect && { defect })}`,
})

test('a request that keeps the contract is right', async () => {
  expect(await send(await bearer())).toEqual({ right: true, mistakes: [], remarks: [] })
})

test.each([
  [{}, 'There is no Authorization header.'],
  [
    { Authorization: 'Basic dTpw' },
    'The scheme of the Authorization header is Basic; the contract asks for Bearer.',
  ],
  [
    { Authorization: 'Bearer undefined' },
    'The token is the word "undefined": the client sent it before it had one.',
  ],
  [{ Authorization: 'Bearer ' }, 'There is no token after Bearer.'],
  [{ Authorization: 'Bearer Bearer x.y.z' }, 'The word Bearer stands twice before the token.'],
  [{ Authorization: 'Bearer "x.y.z"' }, 'The token has characters that no token has'],
  [{ Authorization: 'Bearer abc' }, 'The token is no JWT: it has 1 of 3 parts.'],
  [{ Authorization: 'Bearer a.b.c' }, 'The token is no JWT: it cannot be decoded.'],
  [{ Authorization: 'eyJhbGciOi.J9.x' }, 'the word Bearer is missing before it'],
])('%j: %s', async (fields, mistake) => {
  const { right, mistakes } = await send(fields as Record<string, string>)
  expect(right).toBe(false)
  expect(mistakes).toEqual([expect.stringContaining(mistake)])
})

test.each<[TokenDefect, string]>([
  ['expired', 'The token expired 1 h ago, at 2026-03-01T11:00:00Z.'],
  ['not-yet-valid', 'The token is not valid for another 1 h, until 2026-03-01T13:00:00Z.'],
  ['wrong-audience', 'The token is meant for https://elsewhere.example'],
  ['wrong-issuer', "The token's issuer is https://issuer.example"],
  ['without-subject', 'The token names no subject (sub).'],
  ['alg-none', 'The token is signed by none'],
  ['alg-hs256', 'The token is signed by HS256'],
  ['wrong-type', 'The token calls itself logout+jwt'],
  ['wrong-signature', 'The token is not signed by the key of this server'],
])('a token that is %s: %s', async (defect, mistake) => {
  expect((await send(await bearer('owner', defect))).mistakes).toEqual([expect.stringContaining(mistake)])
})

test('a token of the identity provider is held against what that is trusted for', async () => {
  const provider = {
    issuer: 'https://tenant.example/',
    audience: 'https://api.example',
    jwks: new URL('http://127.0.0.1:9/jwks.json'),
  }
  const log = createLog('silent')
  const trusting = await createApp({ signingKey, log, clock: () => now, provider })
  const sign = async (claims: object) => {
    const { privateKey } = await generateKeyPair('ES256')
    const right = {
      iss: provider.issuer,
      aud: provider.audience,
      sub: 'auth0|me',
      exp: now.getTime() / 1000 + 60,
    }
    return new SignJWT({ ...right, ...claims }).setProtectedHeader({ alg: 'ES256' }).sign(privateKey)
  }
  const judge = async (claims: object) => {
    await request(trusting.app)
      .get(path)
      .set('Authorization', `Bearer ${await sign(claims)}`)
    return trusting.requests().at(-1)?.verdict
  }
  const { issuer } = provider
  expect((await judge({ iss: 'https://other.example' }))?.mistakes).toEqual([
    `The token's issuer is https://other.example; this server trusts urn:altostrat-contract:mock and ${issuer}.`,
  ])
  // Where its keys cannot be had, the client has done nothing wrong.
  expect(await judge({})).toEqual({
    right: true,
    mistakes: [],
    remarks: ["The identity provider's keys cannot be read from http://127.0.0.1:9/jwks.json."],
  })
})

test('a caller who is no persona is told who the token says they are', async () => {
  const token = await createTokenIssuer(signingKey, () => now)('auth0|stranger')
  expect(await send({ Authorization: `Bearer ${token}` })).toEqual({
    right: true,
    mistakes: [],
    remarks: [
      'You are not a member of this workspace.',
      'The token is of auth0|stranger, who is no persona.',
    ],
  })
})

test('a token in the query is named, and not kept', async () => {
  const { mistakes } = await send({}, `${path}?access_token=hush`)
  expect(mistakes[0]).toContain('A token in the query is not looked at.')
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

test('what is near nothing is given no advice', async () => {
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
    'PUT is not documented for /workspaces/{workspaceId}/organizations/usage.pdf, but GET.',
  ])
  expect((await send(await bearer(), '/workspaces/undefined/organizations')).mistakes).toEqual([
    'The path has "undefined" where {workspaceId} belongs.',
  ])
})

test('a body that breaks its schema, and an Accept that rules the answer out', async () => {
  await request(app.app)
    .post('/workspaces')
    .set(await bearer())
    .send({ name: 'x'.repeat(51), billing_mode: 'pooled' })
  expect((await verdict()).mistakes).toEqual([
    expect.stringMatching(/name must NOT have more than 50 characters/),
  ])
  expect((await send({ ...(await bearer()), Accept: 'image/png' })).mistakes).toHaveLength(1)
})

test('a refusal that the client must live with is no mistake, and says why', async () => {
  const { right, remarks } = await send(await bearer('outsider'))
  expect(right).toBe(true)
  expect(remarks).toEqual([
    'You are not a member of this workspace.',
    'outsider is owner of ws_zzzzzzzzzzzzzzzz.',
  ])
})

test('what the mock was asked for is told apart', async () => {
  expect(await send({ ...(await bearer()), Prefer: 'code=401' })).toEqual({
    right: true,
    mistakes: [],
    remarks: ['Answered 401 because the request prefers it.'],
  })
  app.setScenario({ name: 'expired-session' })
  expect(await send(await bearer())).toEqual({
    right: true,
    mistakes: [],
    remarks: ['The scenario expired-session had its way with the answer.', 'The access token has expired.'],
  })
})

test('a page that may not read the answer is told how it may', async () => {
  const { remarks } = await send({ ...(await bearer()), Origin: 'https://other.example' })
  expect(remarks).toEqual([expect.stringContaining('start with --cors https://other.example')])
})
