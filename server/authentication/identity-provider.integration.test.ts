import { once } from 'node:events'
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import {
  exportJWK,
  generateKeyPair,
  type JWK,
  type JWTHeaderParameters,
  type JWTPayload,
  SignJWT,
} from 'jose'
import request from 'supertest'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { type App, createApp } from '../app.ts'
import { createLog } from '../log.ts'
import { generateSigningKey } from './signing-key.ts'

const path = '/workspaces/ws_a1b2c3d4e5f6g7h8/organizations/usage.pdf'
const issuer = 'https://tenant.example/'
const audience = 'https://api.example'

let keys: Server
let available = true
/** What the provider does instead of sending its keys. */
let reply: RequestListener | undefined
let elsewhereAsked = 0
let privateJwk: JWK
let app: App

beforeAll(async () => {
  const pair = await generateKeyPair('RS256', { extractable: true })
  privateJwk = { ...(await exportJWK(pair.privateKey)), kid: 'rsa-1', alg: 'RS256' }
  const publicJwk = { ...(await exportJWK(pair.publicKey)), kid: 'rsa-1', alg: 'RS256' }
  keys = createServer((request, response) => {
    if (request.url === '/elsewhere') elsewhereAsked += 1
    else if (reply) return reply(request, response)
    response.statusCode = available ? 200 : 500
    response.end(JSON.stringify({ keys: [publicJwk] }))
  }).listen(0, '127.0.0.1')
  await once(keys, 'listening')
  app = await providerApp()
})
afterAll(() => keys.close())
afterEach(() => {
  reply = undefined
})

async function providerApp(): Promise<App> {
  const jwks = new URL(`http://127.0.0.1:${(keys.address() as AddressInfo).port}/jwks.json`)
  return createApp({
    signingKey: await generateSigningKey(),
    log: createLog('silent'),
    provider: { issuer, audience, jwks },
  })
}

function sign(claims: JWTPayload = {}, header: Partial<JWTHeaderParameters> = {}) {
  const exp = Math.floor(Date.now() / 1000) + 60
  return new SignJWT({ iss: issuer, aud: audience, sub: app.personas()[0]?.sub ?? '', exp, ...claims })
    .setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid: 'rsa-1', ...header })
    .sign(privateJwk)
}

async function call(token: string, to = app) {
  const { status, headers } = await request(to.app).get(path).set('Authorization', `Bearer ${token}`)
  return { status, challenge: headers['www-authenticate'], retryAfter: headers['retry-after'] }
}

test("a provider's token is accepted beside our own", async () => {
  expect(await call(await sign())).toMatchObject({ status: 200 })
  expect(await call(await sign({}, { typ: 'at+jwt' }))).toMatchObject({ status: 200 })
  expect(await call(await app.tokenFor('owner'))).toMatchObject({ status: 200 })
})

test("whoever the provider's token names must be a member", async () => {
  expect(await call(await sign({ sub: 'auth0|stranger' }))).toMatchObject({ status: 403 })
})

test.each<[string, JWTPayload, Partial<JWTHeaderParameters>]>([
  ['another audience', { aud: 'https://elsewhere.example' }, {}],
  ['another issuer', { iss: 'https://elsewhere.example/' }, {}],
  ['our issuer', { iss: 'urn:altostrat-contract:mock' }, {}],
  ['expired', { exp: 1 }, {}],
  ['no subject', { sub: '' }, {}],
  ['another kind of token', {}, { typ: 'logout+jwt' }],
  ['a key that the provider does not have', {}, { kid: 'rsa-2' }],
])("a provider's token is refused: %s", async (_title, claims, header) => {
  const { status, challenge } = await call(await sign(claims, header))
  expect(status).toBe(401)
  expect(challenge).toContain('error="invalid_token"')
})

test("while the provider's keys cannot be read, its tokens are neither accepted nor blamed", async () => {
  available = false
  const fresh = await providerApp()
  expect(await call(await sign(), fresh)).toEqual({ status: 503, challenge: undefined, retryAfter: '5' })
  expect(await call(await fresh.tokenFor('owner'), fresh)).toMatchObject({ status: 200 })
  available = true
})

test.each<[string, RequestListener]>([
  ['redirect', (_, response) => response.writeHead(302, { location: '/elsewhere' }).end()],
  [
    'decompress to gigabytes',
    (_, response) => {
      const piece = gzipSync(Buffer.alloc(2 ** 24, ' '))
      response.writeHead(200, { 'content-encoding': 'gzip' })
      for (let count = 0; count < 64; count++) response.write(piece)
      response.end()
    },
  ],
  ['are nested a million levels', (_, response) => response.end(`{"keys":${'['.repeat(500_000)}`)],
  ['are reset', (request) => request.socket.resetAndDestroy()],
])('keys that %s are as good as none, and only the address that was given is asked', async (_, listener) => {
  reply = listener
  const fresh = await providerApp()
  expect(await call(await sign(), fresh)).toMatchObject({ status: 503, retryAfter: '5' })
  expect(elsewhereAsked).toBe(0)
})
