import { IncomingMessage, ServerResponse } from 'node:http'
import { Socket } from 'node:net'
import request from 'supertest'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type App, createApp } from '../../app.ts'
import { generateSigningKey } from '../../authentication/signing-key.ts'
import { createLog } from '../../log.ts'
import { createJournal } from './journal.ts'
import { journalInMemory } from './journal-store.ts'
import type { Verification } from './verification.ts'

const workspace = '/workspaces/ws_a1b2c3d4e5f6g7h8'
let app: App
let token: string
beforeAll(async () => {
  app = await createApp({ signingKey: await generateSigningKey(), log: createLog('silent') })
  token = await app.tokenFor('owner')
})
beforeEach(() => app.reset())

const get = (path: string, headers: Record<string, string> = {}) =>
  request(app.app)
    .get(path)
    .set({ Authorization: `Bearer ${token}`, ...headers })
const list = async (query = '') => (await request(app.app).get(`/_mock/requests${query}`)).body.requests

test('an entry has the request, the status and the verdict', async () => {
  await get(`${workspace}/organizations?expand=all`, { 'User-Agent': 'page/1.0' })
  expect(await list()).toEqual([
    {
      id: expect.any(Number),
      at: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
      method: 'GET',
      path: `${workspace}/organizations`,
      query: { expand: 'all' },
      headers: expect.objectContaining({ authorization: 'Bearer [removed]', 'user-agent': 'page/1.0' }),
      operation: 'listOrganizations',
      persona: 'owner',
      status: 200,
      responseBytes: expect.any(Number),
      durationMs: expect.any(Number),
      verdict: {
        right: false,
        mistakes: ['listOrganizations has no query parameter expand, which is ignored: it has none.'],
        remarks: [],
      },
    },
  ])
})

test('no secret of a request is kept', async () => {
  await get(`${workspace}?access_token=hush-query&next=${token}`, {
    Cookie: 'session=hush-cookie',
    'X-Api-Key': 'hush-key',
    Referer: `https://page.example/?id_token=hush-referer`,
  })
  await request(app.app)
    .post('/workspaces')
    .set('Authorization', 'Bearer hush-token')
    .send({ name: 'A', billing_mode: 'pooled' })
  await request(app.app)
    .post('/workspaces')
    .set('Authorization', `Bearer ${token}`)
    .send({ name: 'A', billing_mode: 'pooled', description: token, password: 'hush-body' })
  const text = JSON.stringify(await list())
  expect(text).not.toContain('hush')
  expect(text).not.toContain(token)
})

test('requests to the control plane are not recorded', async () => {
  await request(app.app).get('/_mock/personas')
  await request(app.app).get('/.well-known/jwks.json')
  expect(await list()).toEqual([])
})

test('requests are filtered by operation, persona, status and scenario', async () => {
  await get(workspace)
  await get(`${workspace}/organizations`)
  await get(workspace, { Authorization: `Bearer ${await app.tokenFor('outsider')}` })
  app.setScenario({ name: 'unavailable' })
  await get(workspace)
  const statuses = async (query: string) =>
    (await list(query)).map(({ status }: { status: number }) => status)
  expect(await statuses('?operation=retrieveWorkspace')).toEqual([200, 403, 503])
  expect(await statuses('?persona=owner&operation=retrieveWorkspace')).toEqual([200, 503])
  expect(await statuses('?status=403')).toEqual([403])
  expect(await statuses('?scenario=unavailable')).toEqual([503])
  const [, second] = await list()
  expect(await statuses(`?after=${second.id}`)).toEqual([403, 503])
  expect((await request(app.app).get('/_mock/requests?colour=red')).status).toBe(400)
  expect((await request(app.app).get('/_mock/requests?status=ok')).status).toBe(400)
})

test('it can be cleared, and goes on counting', async () => {
  await get(workspace)
  const { requests, journal } = (await request(app.app).get('/_mock/requests')).body
  expect((await request(app.app).delete('/_mock/requests')).status).toBe(204)
  const { body } = await request(app.app).get('/_mock/requests')
  expect(body).toEqual({ requests: [], journal, last: requests.at(-1).id })
})

describe('a journal', () => {
  const { observe, exchanges, clear } = createJournal({
    store: journalInMemory(3),
    isShared: false,
    clock: () => new Date(),
    log: createLog('silent'),
    provider: undefined,
  })
  beforeEach(() => clear())
  const begin = (originalUrl: string) => {
    const incoming = Object.assign(new IncomingMessage(new Socket()), { method: 'GET', originalUrl })
    const response = Object.assign(new ServerResponse(incoming), { locals: {} })
    observe(incoming as never, response as never, () => {})
    return () => response.emit('close')
  }

  test('keeps the most recent requests when it is full', () => {
    for (let call = 0; call < 5; call += 1) begin(`/${call}`)()
    expect(exchanges().map(({ url }) => url)).toEqual(['/2', '/3', '/4'])
  })

  test('numbers requests as they end, so that polling with the last id misses none', () => {
    const [endSlow, endFast] = [begin('/slow'), begin('/fast')]
    endFast()
    endSlow()
    const [fast, slow] = exchanges()
    expect([fast!.url, slow!.url]).toEqual(['/fast', '/slow'])
    expect(slow!.id).toBe(fast!.id + 1)
  })
})

test('a long text in a body is shortened, the rest of the body is kept', async () => {
  const picture = `data:image/png;base64,${'iVBORw0KGgo'.repeat(100_000)}`
  const { status } = await request(app.app)
    .post(`${workspace}/organizations`)
    .set('Authorization', `Bearer ${token}`)
    .send({ name: 'Logo', picture })
  expect(status).toBe(201)
  const [{ body }] = await list()
  expect(body).toEqual({ name: 'Logo', picture: `${picture.slice(0, 100)}… [${picture.length} characters]` })
  expect(app.verifyRequests({ body: { name: 'Logo' } }).verified).toBe(true)
})

describe('was called with', () => {
  beforeEach(async () => {
    await get(`${workspace}/organizations`)
    await request(app.app)
      .post(`${workspace}/organizations`)
      .set('Authorization', `Bearer ${token}`)
      .send({ name: 'Night Shift', limits: { users: 3, sso: null } })
  })
  const verify = async (verification: object) =>
    (await request(app.app).post('/_mock/requests/verify').send(verification)).body

  test.each<[Verification, number]>([
    [{ method: 'get', path: `${workspace}/organizations` }, 1],
    [{ operation: 'createOrganization', body: { limits: { users: 3 } } }, 1],
    [{ path: { contains: '/organizations' }, exactly: 2 }, 2],
    [{ headers: { 'Content-Type': { contains: 'json' }, Authorization: { contains: 'Bearer' } } }, 1],
    [{ headers: { 'X-Request-Id': { absent: true } }, atLeast: 2, atMost: 2 }, 2],
    [{ method: 'DELETE', exactly: 0 }, 0],
    [{ persona: 'owner', status: 201 }, 1],
  ])('%j is verified', async (verification, count) => {
    expect(await verify(verification)).toMatchObject({ verified: true, count, nearMisses: [] })
  })

  test('near misses say how they differ', async () => {
    const { verified, expected, count, nearMisses } = await verify({
      operation: 'createOrganization',
      body: { name: 'Day Shift', limits: { users: 4 } },
    })
    expect({ verified, expected, count }).toEqual({ verified: false, expected: 'at least 1', count: 0 })
    expect(nearMisses[0]).toMatchObject({
      request: `POST ${workspace}/organizations`,
      differences: ['body.name is "Night Shift", not "Day Shift"', 'body.limits.users is 3, not 4'],
    })
    expect(nearMisses[1].differences).toEqual([
      'operation is listOrganizations, not createOrganization',
      expect.stringContaining('body is absent'),
    ])
  })

  test('too many matches fail as too few do', async () => {
    expect(await verify({ path: { contains: 'organizations' }, atMost: 1, atLeast: 0 })).toMatchObject({
      verified: false,
      expected: '0 to 1',
      count: 2,
    })
  })

  test.each([
    [{ methd: 'GET' }, 'methd is no property here'],
    [{ exactly: -1 }, 'exactly must be at least 0'],
    [{ path: 7 }, 'path must be'],
    [[], 'the whole must be an object'],
    [{ operation: 'listWorkspace', exactly: 0 }, 'operation is one of exportOrganizationUsage,'],
    [{ persona: 'viewre', exactly: 0 }, 'persona is one of owner,'],
    [{ scenario: 'rate-limit', exactly: 0 }, 'scenario is one of error,'],
    [{ exactly: 1, atLeast: 2 }, 'exactly stands beside atLeast or atMost'],
    [{ atLeast: 2, atMost: 1 }, 'atLeast is 2, more than atMost, 1'],
  ])('%j is refused: %s', async (verification, reason) => {
    const response = await request(app.app).post('/_mock/requests/verify').send(verification)
    expect(response.status).toBe(400)
    expect(response.body.detail).toContain(reason)
  })
})
