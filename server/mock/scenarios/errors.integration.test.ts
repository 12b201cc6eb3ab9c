import request from 'supertest'
import { beforeAll, beforeEach, expect, test } from 'vitest'
import { type App, createApp } from '../../app.ts'
import { generateSigningKey } from '../../authentication/signing-key.ts'
import { createLog } from '../../log.ts'
import type { ScenarioSetting } from './catalogue.ts'

const path = '/workspaces/ws_a1b2c3d4e5f6g7h8/organizations/usage.pdf'
const signingKey = await generateSigningKey()

let app: App
beforeAll(async () => {
  app = await createApp({ signingKey, log: createLog('silent') })
})
beforeEach(() => app.reset())

const set = (setting: ScenarioSetting) => request(app.app).post('/_mock/scenarios').send(setting)

async function get(persona = 'owner') {
  const response = await request(app.app)
    .get(path)
    .set('Authorization', `Bearer ${await app.tokenFor(persona)}`)
  return { status: response.status, by: response.get('X-Mock-Scenario'), headers: response.headers, response }
}

const normal = { status: 200, by: undefined }

test.each<[ScenarioSetting, number, string]>([
  [{ name: 'error', status: 403 }, 403, 'forbidden'],
  [{ name: 'error', status: 404 }, 404, 'not_found'],
  [{ name: 'expired-session' }, 401, 'unauthorized'],
  [{ name: 'rate-limited', retryAfter: 7 }, 429, 'rate_limited'],
  [{ name: 'unavailable' }, 503, 'unavailable'],
  [{ name: 'server-error' }, 500, 'internal_error'],
])('%j is answered %i %s and marked with the scenario', async (setting, status, code) => {
  expect((await set(setting)).status).toBe(201)
  const { response, ...received } = await get()
  expect(received).toMatchObject({ status, by: setting.name })
  expect(response.type).toBe('application/problem+json')
  expect(response.body).toMatchObject({ code, status })
})

test('429 and 503 say when to try again, 401 says why', async () => {
  await set({ name: 'rate-limited', retryAfter: 7 })
  expect((await get()).headers['retry-after']).toBe('7')
  await set({ name: 'unavailable' })
  expect((await get()).headers['retry-after']).toBe('5')
  await set({ name: 'expired-session' })
  expect((await get()).headers['www-authenticate']).toContain('error="invalid_token"')
})

test('after the given number of calls a session expires, for the given number of calls', async () => {
  await set({ name: 'expired-session', after: 2, calls: 2 })
  const statuses = []
  for (let call = 0; call < 6; call += 1) statuses.push((await get()).status)
  expect(statuses).toEqual([200, 200, 401, 401, 200, 200])
})

test('a scenario applies to the persona and the operation that it names', async () => {
  await set({ name: 'unavailable', persona: 'viewer', operation: 'exportOrganizationUsage' })
  expect(await get('viewer')).toMatchObject({ status: 503, by: 'unavailable' })
  expect(await get('owner')).toMatchObject(normal)
})

test('of several scenarios the one set last is played, and when it is over the one before it', async () => {
  await set({ name: 'unavailable' })
  await set({ name: 'rate-limited', calls: 1 })
  expect([(await get()).status, (await get()).status]).toEqual([429, 503])
})

test('a request without a valid token is answered 401, whatever the scenario', async () => {
  await set({ name: 'unavailable' })
  const response = await request(app.app).get(path)
  expect(response.status).toBe(401)
  expect(response.headers).not.toHaveProperty('x-mock-scenario')
})

test('scenarios are listed with the calls they were played in, and removed one by one or all at once', async () => {
  const { body: first, headers } = await set({ name: 'unavailable', calls: 3 })
  const location = `/_mock/scenarios/${first.id}`
  await set({ name: 'server-error', persona: 'nobody' })
  await get()
  const list = async () => (await request(app.app).get('/_mock/scenarios')).body.scenarios
  expect(await list()).toEqual([
    expect.objectContaining({ name: 'server-error', persona: 'nobody', played: 0 }),
    expect.objectContaining({ name: 'unavailable', calls: 3, played: 1, retryAfter: 5 }),
  ])
  expect(headers.location).toBe(location)
  expect((await request(app.app).delete(location)).status).toBe(204)
  expect((await request(app.app).delete(location)).status).toBe(404)
  expect((await get()).status).toBe(200)
  expect(await list()).toHaveLength(1)
  expect((await request(app.app).delete('/_mock/scenarios')).status).toBe(204)
  expect(await list()).toEqual([])
})

test('a reset ends every scenario', async () => {
  await set({ name: 'unavailable' })
  await request(app.app).post('/_mock/reset')
  expect(await get()).toMatchObject(normal)
})

test.each<[object, string]>([
  [{}, 'name is one of error, expired-session'],
  [{ name: 'earthquake' }, 'name is one of error'],
  [{ name: 'error' }, 'status is missing'],
  [{ name: 'error', status: 418 }, 'exportOrganizationUsage documents 401, 403, 404'],
  [{ name: 'error', status: 409, operation: 'exportOrganizationUsage' }, 'documents 401, 403, 404, not 409'],
  [{ name: 'error', status: '403' }, 'status must be a whole number'],
  [{ name: 'latency', ms: -1 }, 'ms must be at least 0'],
  [{ name: 'latency', speed: 3 }, 'speed is no property here'],
  [{ name: 'unavailable', calls: 0 }, 'calls must be at least 1'],
  [{ name: 'unavailable', persona: 'stranger' }, 'persona is one of owner, admin'],
  [{ name: 'unavailable', operation: 'export' }, 'operation is one of exportOrganizationUsage'],
])('%j is refused: %s', async (setting, reason) => {
  const { status, type, body } = await request(app.app).post('/_mock/scenarios').send(setting)
  expect({ status, type }).toEqual({ status: 400, type: 'application/problem+json' })
  expect(body.detail).toContain(reason)
})

test.each([
  ['text/plain', '{"name":"unavailable"}', 'Content-Type: application/json'],
  ['application/json', '{', 'cannot be read as JSON'],
])('a body of %s that is %s is refused', async (type, text, reason) => {
  const { status, body } = await request(app.app).post('/_mock/scenarios').type(type).send(text)
  expect(status).toBe(400)
  expect(body.detail).toContain(reason)
})
