import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { setTimeout } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createMock, type SharedMock, type SharedState } from '../../mock/create-mock.ts'
import { startRedis, type TestRedis } from './vitest.redis.ts'

const workspace = '/workspaces/ws_a1b2c3d4e5f6g7h8'
const organizations = `${workspace}/organizations`
let redis: TestRedis
let url: SharedState
let one: SharedMock
let other: SharedMock

beforeAll(async () => {
  redis = await startRedis()
  url = redis.url as SharedState
  one = await createMock({ state: url })
  other = await createMock({ state: url })
})
afterAll(async () => {
  await one?.close()
  await other?.close()
  await redis?.[Symbol.asyncDispose]()
})
beforeEach(() => one.reset())

/** Calls a mock with a token that the other one has issued. */
async function call(mock: Pick<SharedMock, 'url'>, target: string, body?: unknown): Promise<Response> {
  const [method = '', path = ''] = target.split(' ')
  const authorization = `Bearer ${await (mock === one ? other : one).tokenFor('owner')}`
  return fetch(mock.url + path, {
    method,
    headers: { authorization, ...(body !== undefined && { 'Content-Type': 'application/json' }) },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
}
const namesAt = async (mock: Pick<SharedMock, 'url'>) => {
  const { data } = await (await call(mock, `GET ${organizations}`)).json()
  return data.map(({ name }: { name: string }) => name)
}
const settings = (mock: SharedMock, path: string) =>
  fetch(`${mock.url}/_mock/${path}`).then((got) => got.json())

test('what is created on one is read, exported and verified on the other', async () => {
  const before = await (await call(other, `GET ${organizations}/usage.pdf`)).bytes()
  const created = await call(one, `POST ${organizations}`, { name: 'Shared' })
  const { id } = await created.json()
  expect(created.status).toBe(201)
  expect((await call(other, `GET ${organizations}/${id}`)).status).toBe(200)
  const report = await call(other, `GET ${organizations}/usage.pdf`)
  expect([report.status, report.headers.get('content-type')]).toEqual([200, 'application/pdf'])
  expect(Buffer.from(await report.bytes()).equals(Buffer.from(before))).toBe(false)
  expect((await other.state()).workspaces.flatMap((of) => of.organizations).map((of) => of.id)).toContain(id)
  const verification = { operation: 'createOrganization', body: { name: 'Shared' }, exactly: 1 }
  expect(await other.verify(verification)).toMatchObject({ verified: true, count: 1 })
  expect((await one.requests()).map(({ operation }) => operation)).toEqual([
    'exportOrganizationUsage',
    'createOrganization',
    'retrieveOrganization',
    'exportOrganizationUsage',
  ])
})

test('members, figures and a reset reach the other', async () => {
  await call(one, `POST ${workspace}/members`, { user_id: 'auth0|new', role: 'viewer' })
  const { data } = await (await call(other, `GET ${workspace}/members`)).json()
  expect(data.map((member: { user_id: string }) => member.user_id)).toContain('auth0|new')
  await other.setFigures('org_A3tTwypPBhq4Y9mB', { usage: { users: 7 } })
  const organization = await (await call(one, `GET ${organizations}/org_A3tTwypPBhq4Y9mB`)).json()
  expect(organization.usage.usage.users).toBe(7)
  await other.scenario({ name: 'unavailable' })
  await other.reset()
  expect((await call(one, `GET ${workspace}/members`)).status).toBe(200)
  expect((await one.state()).personas).toHaveLength((await other.state()).personas.length)
  expect((await settings(one, 'scenarios')).scenarios).toEqual([])
  expect(await one.requests()).toHaveLength(1)
})

test('a scenario is played as often as it says, over both', async () => {
  await one.scenario({ name: 'rate-limited', after: 10, calls: 25 })
  const calls = Array.from({ length: 100 }, (_, at) => call(at % 2 ? one : other, `GET ${workspace}`))
  const statuses = (await Promise.all(calls)).map(({ status }) => status)
  expect(statuses.filter((status) => status === 429)).toHaveLength(25)
  expect(statuses.filter((status) => status === 200)).toHaveLength(75)
  expect((await settings(other, 'scenarios')).scenarios).toMatchObject([{ played: 25 }])
  expect(await other.verify({ scenario: 'rate-limited', exactly: 25 })).toMatchObject({ verified: true })
})

test('responses of one’s own are sent by the other, bytes too, and removed there', async () => {
  const { id } = await one.respond({ status: 502, body: Buffer.from([0, 255, 128]) })
  const response = await call(other, `GET ${workspace}`)
  expect([response.status, [...(await response.bytes())]]).toEqual([502, [0, 255, 128]])
  expect(await other.clear(id)).toBe(true)
  expect((await call(one, `GET ${workspace}`)).status).toBe(200)
})

test('a handler responds where it was set', async () => {
  await one.respond({ times: 1 }, () => ({ status: 418 }))
  expect((await call(other, `GET ${workspace}`)).status).toBe(200)
  expect((await call(one, `GET ${workspace}`)).status).toBe(418)
  expect((await call(one, `GET ${workspace}`)).status).toBe(200)
})

test('a setting that is refused, and one beside it, are told apart', async () => {
  await expect(one.scenario({ name: 'error', status: 418 })).rejects.toThrow('418')
  const ids = await Promise.all(
    [one, other, one, other].map((mock) => mock.scenario({ name: 'latency', ms: 1 })),
  )
  expect(new Set(ids.map(({ id }) => id)).size).toBe(4)
})

test('of 1,000 concurrent changes over both none is lost', async () => {
  const create = (at: number) =>
    call(at % 2 ? one : other, 'POST /workspaces', { name: `Workspace ${at}`, billing_mode: 'single' })
  const ids: string[] = []
  const rename = (at: number) =>
    call(at % 3 ? one : other, `PATCH /workspaces/${ids[at]}`, { name: `Renamed ${at}` })
  for (const [kind, change] of [
    ['created', create],
    ['renamed', rename],
  ] as const) {
    for (let from = 0; from < 500; from += 100) {
      const responses = await Promise.all(Array.from({ length: 100 }, (_, at) => change(from + at)))
      for (const response of responses) {
        expect(response.status).toBe(kind === 'created' ? 201 : 200)
        if (kind === 'created') ids.push((await response.json()).id)
      }
    }
  }
  expect(new Set(ids).size).toBe(500)
  for (const mock of [one, other]) {
    const { workspaces } = await mock.state()
    const names = new Map(workspaces.map(({ workspace: { id, name } }) => [id, name]))
    expect(ids.map((id) => names.get(id))).toEqual(ids.map((_, at) => `Renamed ${at}`))
  }
  expect(await one.verify({ method: 'PATCH', exactly: 500 })).toMatchObject({ verified: true })
}, 240_000)

describe('without Redis', () => {
  test('changes are refused with 503 until it is back, and nothing that was acknowledged is lost', async () => {
    expect((await call(one, `POST ${organizations}`, { name: 'Before' })).status).toBe(201)
    const authorization = `Bearer ${await one.tokenFor('owner')}`
    const create = (name: string) =>
      fetch(one.url + organizations, {
        method: 'POST',
        headers: { authorization, 'Content-Type': 'application/json' },
        body: JSON.stringify({ name }),
      })
    await redis.stop()
    await expect.poll(async () => (await fetch(`${one.url}/_mock/health`)).status).toBe(503)
    const refused = await create('Meanwhile')
    expect([refused.status, refused.headers.get('content-type')]).toEqual([503, 'application/problem+json'])
    expect(await refused.json()).toMatchObject({ code: 'unavailable' })
    expect(refused.headers.get('retry-after')).toBe('1')
    await redis.start()
    for (const mock of [one, other]) {
      await expect.poll(async () => (await fetch(`${mock.url}/_mock/health`)).status).toBe(200)
    }
    expect((await create('Afterwards')).status).toBe(201)
    const names = await namesAt(other)
    expect(names).toEqual(expect.arrayContaining(['Before', 'Afterwards']))
    expect(names).not.toContain('Meanwhile')
    expect(await other.verify({ body: { name: 'Before' }, exactly: 1 })).toMatchObject({ verified: true })
  })

  test('requests that it did not take are told as missing, by both, until the journal is cleared', async () => {
    expect(await one.verify({ atLeast: 0 })).not.toHaveProperty('missing')
    await redis.stop()
    const refused = await Promise.all([1, 2, 3].map(() => fetch(`${one.url}${workspace}`)))
    expect(refused.map(({ status }) => status)).toEqual([503, 503, 503])
    await redis.start()
    await expect.poll(async () => (await fetch(`${one.url}/_mock/health`)).status).toBe(200)
    await expect.poll(async () => (await fetch(`${other.url}/_mock/health`)).status).toBe(200)
    expect(await one.verify({ status: 503 })).toMatchObject({ verified: false, count: 0, missing: 3 })
    expect(await other.verify({ status: 503 })).toMatchObject({ missing: 3 })
    expect(await settings(other, 'requests')).toMatchObject({ requests: [], missing: 3 })
    await other.reset()
    expect(await one.verify({ status: 503 })).not.toHaveProperty('missing')
  })

  test('one that no longer replies is waited for no longer than five seconds', async () => {
    const authorization = `Bearer ${await one.tokenFor('owner')}`
    redis.pause()
    const response = await fetch(one.url + organizations, { headers: { authorization } }).finally(
      redis.resume,
    )
    expect(response.status).toBe(503)
    await expect.poll(async () => (await call(other, `GET ${organizations}`)).status).toBe(200)
  })

  test('a mock does not start, and says why', async () => {
    const start = createMock({ state: 'redis://someone:secret@127.0.0.1:1/0' })
    await expect(start).rejects.toThrow(/^redis:\/\/127\.0\.0\.1:1\/0: .*ECONNREFUSED/)
  })
})

test('a process that is killed in the middle loses nothing that it has acknowledged', async () => {
  const mock = spawn(
    process.execPath,
    [
      fileURLToPath(new URL('../../../bin/altostrat-contract.js', import.meta.url)),
      'mock',
      '--port',
      '0',
      '--state',
      url,
    ],
    { stdio: ['ignore', 'pipe', 'ignore'] },
  )
  const killed = { url: await addressOf(mock) }
  const acknowledged: string[] = []
  const create = async (name: string) => {
    const response = await call(killed, `POST ${organizations}`, { name }).catch(() => undefined)
    if (response?.status === 201) acknowledged.push(name)
  }
  const changes = Array.from({ length: 80 }, (_, at) => create(`Organization ${at}`))
  while (acknowledged.length < 10) await setTimeout(5)
  mock.kill('SIGKILL')
  await Promise.all(changes)
  expect(await namesAt(other)).toEqual(expect.arrayContaining(acknowledged))
  for (const name of acknowledged) {
    expect(await other.verify({ body: { name }, exactly: 1 })).toMatchObject({ verified: true })
  }
  expect((await call(other, `POST ${organizations}`, { name: 'Goes on' })).status).toBe(201)
})

async function addressOf({ stdout }: ChildProcess): Promise<string> {
  for await (const line of createInterface({ input: stdout! })) {
    const address = /^listening on (\S+)$/.exec(line)?.[1]
    if (address) return address
  }
  throw new Error('it did not start')
}

test('a database that was emptied begins with the fixtures', async () => {
  await call(one, `POST ${organizations}`, { name: 'Forgotten' })
  const { createClient } = await import('./redis-client.ts')
  const client = await createClient({ url }).connect()
  await client.flushAll()
  expect(await namesAt(other)).not.toContain('Forgotten')
  expect((await call(one, `POST ${organizations}`, { name: 'Again' })).status).toBe(201)
  expect(await namesAt(other)).toContain('Again')
  await client.close()
})

test('the key of the tokens is the same, and lists are in the same order', async () => {
  const keys = await Promise.all(
    [one, other].map((mock) => fetch(`${mock.url}/.well-known/jwks.json`).then((got) => got.text())),
  )
  expect(keys[0]).toBe(keys[1])
  const lists = await Promise.all(
    [one, other].map(async (mock) => (await call(mock, 'GET /workspaces')).text()),
  )
  expect(lists[0]).toBe(lists[1])
})
