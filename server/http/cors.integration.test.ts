import request from 'supertest'
import { beforeAll, expect, test } from 'vitest'
import { type App, type AppOptions, createApp } from '../app.ts'
import { generateSigningKey, type SigningKey } from '../authentication/signing-key.ts'
import { loadContract } from '../contract.ts'
import { createLog } from '../log.ts'

const path = '/workspaces/ws_a1b2c3d4e5f6g7h8/organizations/usage.pdf'
let signingKey: SigningKey
let local: App

const withOptions = (options: AppOptions) => createApp({ signingKey, log: createLog('silent'), ...options })

beforeAll(async () => {
  signingKey = await generateSigningKey()
  local = await withOptions({})
})

function preflight({ app }: App, origin: string) {
  return request(app).options(path).set({
    Origin: origin,
    'Access-Control-Request-Method': 'GET',
    'Access-Control-Request-Headers': 'authorization',
  })
}

test.each([
  'http://localhost:5173',
  'https://localhost',
  'http://127.0.0.1:3000',
  'http://[::1]:8080',
  'http://app.localhost',
])('a page of %s may send a token, without one in the preflight', async (origin) => {
  const { status, headers } = await preflight(local, origin)
  expect(status).toBe(204)
  expect(headers).toMatchObject({
    'access-control-allow-origin': origin,
    'access-control-allow-headers': 'authorization',
  })
  expect(headers['access-control-allow-methods']).toContain('GET')
  expect(headers.vary).toContain('Origin')
  expect(headers).not.toHaveProperty('content-length')
})

test.each(['http://evil.example', 'http://localhost.evil.example', 'null', 'http://127.0.0.1.evil.example'])(
  'a page of %s may not',
  async (origin) => {
    const { status, headers } = await preflight(local, origin)
    expect(status).toBe(401)
    expect(headers).not.toHaveProperty('access-control-allow-origin')
  },
)

test('a page reads the answer, its file name and its entity tag, and refusals too', async () => {
  const origin = 'http://localhost:5173'
  const response = await request(local.app)
    .get(path)
    .set({ Origin: origin, Authorization: `Bearer ${await local.tokenFor('owner')}` })
  expect(response.headers['access-control-allow-origin']).toBe(origin)
  expect(response.headers['access-control-expose-headers']).toMatch(/Content-Disposition.*ETag/)
  expect(response.headers['access-control-expose-headers']).toContain('WWW-Authenticate')
  expect(response.headers.vary).toBe('Authorization, Origin')
  const refusal = await request(local.app).get(path).set('Origin', origin)
  expect(refusal.headers['access-control-allow-origin']).toBe(origin)
})

test('a page may send credentials, which fetch and axios do on request', async () => {
  const origin = 'http://localhost:5173'
  expect((await preflight(local, origin)).headers['access-control-allow-credentials']).toBe('true')
  const { headers } = await request(local.app).get(path).set('Origin', origin)
  expect(headers).toMatchObject({
    'access-control-allow-origin': origin,
    'access-control-allow-credentials': 'true',
  })
  const foreign = await request(local.app).get(path).set('Origin', 'http://evil.example')
  expect(foreign.headers).not.toHaveProperty('access-control-allow-credentials')
})

test('every header that a contract declares may be read', async () => {
  const contract = await loadContract()
  const [first, ...others] = contract.operations
  const headersDeclared = ['X-Quota-Left', 'etag'].map((name) => ({ name, required: false }))
  const responses = first!.responses.map((response) => ({ ...response, headers: headersDeclared }))
  const declaring = await withOptions({
    contract: { ...contract, operations: [{ ...first!, responses }, ...others] },
  })
  const { headers } = await request(declaring.app).get(path).set('Origin', 'http://localhost:5173')
  const exposed = headers['access-control-expose-headers']!.split(',')
  expect(exposed).toContain('X-Quota-Left')
  expect(exposed.filter((name) => /^etag$/i.test(name))).toHaveLength(1)
})

test.each([
  'http://192.168.1.20:5173',
  'http://10.0.0.7:3000',
  'https://172.31.4.5',
  'http://169.254.9.9:8080',
  'http://[fd00::1]:5173',
  'http://macbook.local:5173',
  'http://devbox:3000',
])('a page of %s may where the server is on the network, and only there', async (origin) => {
  const onNetwork = await withOptions({ isOnNetwork: true })
  expect((await preflight(onNetwork, origin)).headers['access-control-allow-origin']).toBe(origin)
  expect((await preflight(local, origin)).status).toBe(401)
})

test.each([
  'http://172.32.0.1',
  'http://193.168.1.1',
  'http://10.0.0.1.evil.example',
  'http://evil.example',
  'http://macbook.local.evil.example',
])('a page of %s may not there either', async (origin) => {
  expect((await preflight(await withOptions({ isOnNetwork: true }), origin)).status).toBe(401)
})

test('origins that are given replace the local ones', async () => {
  const given = await withOptions({ corsOrigins: ['https://app.example'] })
  expect((await preflight(given, 'https://app.example')).status).toBe(204)
  expect((await preflight(given, 'http://localhost:5173')).status).toBe(401)
  const any = await withOptions({ corsOrigins: ['*'] })
  expect((await preflight(any, 'https://anywhere.example')).status).toBe(204)
})
