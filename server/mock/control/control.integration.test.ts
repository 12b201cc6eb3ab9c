import { once } from 'node:events'
import { createServer } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { text } from 'node:stream/consumers'
import request from 'supertest'
import { beforeAll, describe, expect, test } from 'vitest'
import { type App, type AppOptions, createApp } from '../../app.ts'
import { generateSigningKey } from '../../authentication/signing-key.ts'
import { createLog } from '../../log.ts'

const path = '/workspaces/ws_a1b2c3d4e5f6g7h8/organizations/usage.pdf'
const build = async (options: AppOptions = {}) =>
  createApp({ signingKey: await generateSigningKey(), log: createLog('silent'), ...options })

let local: App
beforeAll(async () => {
  local = await build()
})

test('health says that the server is ready', async () => {
  const { status, body } = await request(local.app).get('/_mock/health')
  expect({ status, body }).toEqual({ status: 200, body: { status: 'ready' } })
})

test('a path that cannot be decoded is the path of nothing', async () => {
  for (const undecodable of ['/_mock/workspaces/%E0%A4%A', '/_mock/requests/%', '/_mock/fixtures/%ff'])
    expect((await request(local.app).get(undecodable)).status).toBe(404)
})

test('personas are listed with their workspaces and roles', async () => {
  const { body } = await request(local.app).get('/_mock/personas')
  expect(body.personas.map(({ name }: { name: string }) => name)).toEqual([
    'owner',
    'admin',
    'viewer',
    'outsider',
    'nobody',
  ])
  expect(body.personas[0].memberships).toContainEqual({ workspace: 'ws_a1b2c3d4e5f6g7h8', role: 'owner' })
})

test('a token for a persona works, and has the lifetime asked for', async () => {
  const { body, headers } = await request(local.app)
    .get('/_mock/token')
    .query({ persona: 'viewer', expires_in: 90 })
  expect(body).toEqual({ access_token: expect.any(String), token_type: 'Bearer', expires_in: 90 })
  expect(headers['cache-control']).toBe('no-store')
  const { exp, iat } = JSON.parse(Buffer.from(body.access_token.split('.')[1], 'base64url').toString())
  expect(exp - iat).toBe(90)
  expect(
    (await request(local.app).get(path).set('Authorization', `Bearer ${body.access_token}`)).status,
  ).toBe(200)
})

test.each([
  ['', 400],
  ['persona=', 400],
  ['persona=owner&persona=admin', 400],
  ['persona=stranger', 404],
  ['persona=owner&expires_in=0', 400],
  ['persona=owner&expires_in=soon', 400],
  ['persona=owner&expires_in=1e12', 400],
])('/_mock/token?%s is refused with %i', async (query, expected) => {
  const { status, type } = await request(local.app).get(`/_mock/token?${query}`)
  expect({ status, type }).toEqual({ status: expected, type: 'application/problem+json' })
})

test('the published keys hold no private part', async () => {
  const { body } = await request(local.app).get('/.well-known/jwks.json')
  expect(body.keys).toEqual([
    expect.objectContaining({ kty: 'EC', alg: 'ES256', use: 'sig', kid: expect.any(String) }),
  ])
  expect(body.keys[0]).not.toHaveProperty('d')
})

test('reset answers 204, an unknown path 404', async () => {
  expect((await request(local.app).post('/_mock/reset')).status).toBe(204)
  expect((await request(local.app).get('/_mock/elsewhere')).status).toBe(404)
})

describe('access', () => {
  const tokenOf = ({ app }: App) => request(app).get('/_mock/token').query({ persona: 'owner' })

  /** The port is that of the listener unless the host names one. */
  async function statusOn(path: string, { host = 'localhost:PORT', version = '1.1', ...headers } = {}) {
    const listener = createServer(local.app).listen(0, '127.0.0.1')
    await once(listener, 'listening')
    const { port } = listener.address() as AddressInfo
    const lines = Object.entries({
      host: host.replace('PORT', String(port)),
      connection: 'close',
      ...headers,
    })
    const socket = connect(port, '127.0.0.1')
    socket.write(
      `GET ${path} HTTP/${version}\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`,
    )
    const response = await text(socket)
    listener.close()
    return Number(response.split(' ')[1])
  }

  const ofClients: Record<string, string>[] = [
    {},
    { host: 'LOCALHOST:PORT' },
    { host: 'mock.localhost:PORT' },
    { host: '[::1]:PORT' },
    { host: '127.0.0.9:PORT' },
    { Referer: 'http://localhost:5173/page', 'Sec-Fetch-Site': 'same-site', Cookie: 'a=b' },
    { Origin: 'http://localhost:5173', Referer: 'https://app.example/' },
    { 'HTTP2-Settings': 'AAMAAABkAAQCAAAAAAIAAAAA', Upgrade: 'h2c' },
  ]
  test.each(ofClients)('a request with %j counts as local', async (headers) => {
    expect(await statusOn('/_mock/token?persona=owner', headers)).toBe(200)
  })

  const ofOthers: Record<string, string>[] = [
    { host: 'rebound.example:PORT' },
    { host: 'notlocalhost:PORT' },
    { host: 'localhost.rebound.example:PORT' },
    { host: 'localhost' },
    { host: '127.0.0.1:1' },
    { host: 'backend' },
    { host: 'someone@localhost:PORT' },
    { host: 'localhost:PORT, rebound.example' },
    { version: '1.0' },
    { Referer: 'https://mock.example/_mock/' },
    ...[
      'Forwarded',
      ...['For', 'Host', 'Proto', 'Port', 'Server', 'Prefix'].map((name) => `X-Forwarded-${name}`),
      ...['X-Real-IP', 'Via', 'CF-Connecting-IP', 'CF-Ray', 'True-Client-IP', 'X-Client-IP', 'Max-Forwards'],
      ...['X-Original-Host', 'X-Envoy-External-Address', 'Fly-Client-IP', 'X-Cluster-Client-IP', 'CDN-Loop'],
      ...['X-Request-Id', 'X-Amzn-Trace-Id', 'Tailscale-User-Login', 'X-Azure-ClientIP', 'Proxy-Connection'],
      ...['X-ProxyUser-Ip', 'X-Nobody-Knows-This-One', 'Traceparent', 'Early-Data', '__proto__'],
    ].map((name) => ({ [name]: '203.0.113.9' })),
  ]
  test.each(ofOthers)('a request with %j does not count as local', async (headers) => {
    expect(await statusOn('/_mock/token?persona=owner', headers)).toBe(403)
    expect(await statusOn('/_mock/health', headers)).toBe(200)
  })

  test('a refusal says what makes it, and what to do', async () => {
    const { body } = await tokenOf(local).set('X-Real-IP', '127.0.0.1')
    expect(body.detail).toMatch(/header field x-real-ip.*--control-token/)
  })

  test('pages of the same origin and of allowed ones may call, others may not', async () => {
    const reset = (to: App, origin: string) => request(to.app).post('/_mock/reset').set('Origin', origin)
    expect((await reset(local, 'http://evil.example')).status).toBe(403)
    expect((await reset(local, 'null')).status).toBe(403)
    expect((await reset(local, 'http://localhost:5173')).status).toBe(204)
    const strict = await build({ corsOrigins: ['https://app.example'] })
    expect((await reset(strict, 'http://localhost:5173')).status).toBe(403)
    const own = createServer(strict.app).listen(0, '127.0.0.1')
    await once(own, 'listening')
    const { port } = own.address() as AddressInfo
    const host = `127.0.0.1:${port}`
    expect((await request(own).post('/_mock/reset').set('Origin', `http://${host}`)).status).toBe(204)
    own.close()
  })

  test('with a control token, only requests that send it are accepted, from any machine', async () => {
    const guarded = await build({ controlToken: 'let-me-in' })
    expect((await tokenOf(guarded)).status).toBe(401)
    expect((await tokenOf(guarded).set('Authorization', 'Bearer let-me-out')).status).toBe(401)
    const response = await tokenOf(guarded).set({
      Authorization: 'Bearer let-me-in',
      'X-Forwarded-For': '203.0.113.9',
    })
    expect(response.status).toBe(200)
  })

  test('the control token is not accepted by the API', async () => {
    const guarded = await build({ controlToken: 'let-me-in' })
    expect((await request(guarded.app).get(path).set('Authorization', 'Bearer let-me-in')).status).toBe(401)
  })
})
