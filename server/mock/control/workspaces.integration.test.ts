import request from 'supertest'
import { beforeAll, beforeEach, expect, test } from 'vitest'
import { type App, createApp } from '../../app.ts'
import { generateSigningKey } from '../../authentication/signing-key.ts'
import { createLog } from '../../log.ts'

const guide = 'ws_guideexample0001'
let app: App
beforeAll(async () => {
  app = await createApp({ signingKey: await generateSigningKey(), log: createLog('silent') })
})
beforeEach(() => app.reset())

const figures = async () => {
  const { body } = await request(app.app).get(`/_mock/workspaces/${guide}`)
  return body.organizations as { id: string; name: string; usage: { subtree_usage: { users?: number } } }[]
}
const set = (id: string, body: object) =>
  request(app.app).patch(`/_mock/workspaces/${guide}/organizations/${id}`).send(body)

test('every workspace is listed, whatever its members', async () => {
  const { body } = await request(app.app).get('/_mock/workspaces')
  expect(body.workspaces.map(({ name }: { name: string }) => name)).toContain('Quarrystone Collective')
  expect((await request(app.app).get('/_mock/workspaces/ws_none')).status).toBe(404)
})

test('usage that is set shows in all ancestors, in the list and in the PDF', async () => {
  const before = await figures()
  const deepest = before.at(-1)!
  const total = (list: typeof before) => list[0]?.usage.subtree_usage.users ?? 0
  const url = `/workspaces/${guide}/organizations/usage.pdf`
  const token = `Bearer ${await app.tokenFor('viewer')}`
  const pdf = await request(app.app).get(url).set('Authorization', token)
  const used = deepest.usage.subtree_usage.users ?? 0
  expect((await set(deepest.id, { usage: { users: used + 1000 } })).status).toBe(200)
  expect(total(await figures())).toBe(total(before) + 1000)
  const list = await request(app.app).get(`/workspaces/${guide}/organizations`).set('Authorization', token)
  const listed = list.body.data.find(({ id }: { id: string }) => id === deepest.id)
  expect(listed.usage.usage.users).toBe(used + 1000)
  const changed = await request(app.app).get(url).set('Authorization', token)
  expect(changed.headers.etag).not.toBe(pdf.headers.etag)
})

test('a limit may be set below the usage, as occurs in real workspaces', async () => {
  const [top] = await figures()
  const { status, body } = await set(top!.id, { limits: { users: 1 } })
  expect({ status, limit: body.limits.users }).toEqual({ status: 200, limit: 1 })
  expect((await set(top!.id, { limits: { users: null } })).body.limits).not.toHaveProperty('users')
})

test.each([
  [{ usage: { users: -1 } }, 'usage.users must be at least 0'],
  [{ usage: { users: null } }, 'usage.users must be a whole number'],
  [{ limits: { users: 1.5 } }, 'limits.users must be a whole number'],
  [{ usage: { constructor: 1 } }, 'usage.constructor'],
  [{ name: 'other' }, 'name is no property here'],
])('%j is refused: %s', async (body, reason) => {
  const [top] = await figures()
  const response = await set(top!.id, body)
  expect(response.status).toBe(400)
  expect(response.body.detail).toContain(reason)
})

test('the preview of a report plays no scenario, consumes none and stands in no journal', async () => {
  const scenario = app.setScenario({ name: 'unavailable', calls: 1 })
  app.setResponse({ status: 418 })
  const before = app.requests().length
  const preview = (workspace: string, query: object) =>
    request(app.app).get(`/_mock/workspaces/${workspace}/usage.pdf`).query(query)
  const { status, type, headers, body } = await preview(guide, { persona: 'viewer' })
  expect({ status, type, start: body.subarray(0, 5).toString() }).toEqual({
    status: 200,
    type: 'application/pdf',
    start: '%PDF-',
  })
  expect(headers['cache-control']).toBe('no-store')
  expect((await preview(guide, { persona: 'nobody' })).status).toBe(403)
  expect((await preview('ws_none', { persona: 'viewer' })).status).toBe(404)
  expect((await preview(guide, { persona: 'unknown' })).body.detail).toContain('no persona unknown')
  expect((await preview(guide, {})).status).toBe(400)
  expect(app.requests()).toHaveLength(before)
  expect(app.clear(scenario.id)).toBe(true)
  app.clear()
})
