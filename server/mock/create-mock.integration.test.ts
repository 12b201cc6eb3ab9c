import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import request from 'supertest'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { aWorkspace } from '../../fixtures/a-workspace.ts'
import { createMock, type GivenFixtures, type Mock, type WorkspaceFixture } from './create-mock.ts'

const acme = '/workspaces/ws_a1b2c3d4e5f6g7h8'
let mock: Mock
beforeAll(async () => {
  mock = await createMock({ port: 0 })
})
beforeEach(() => mock.reset())
afterAll(() => mock.close())

const as = async (persona: string, of = mock) => `Bearer ${await of.tokenFor(persona)}`

test('it enforces the access of its personas', async () => {
  const response = await request(mock.url)
    .get(`${acme}/organizations/usage.pdf`)
    .set('Authorization', await as('viewer'))
  expect(response.status).toBe(200)
  expect(response.type).toBe('application/pdf')
  expect(
    (
      await request(mock.url)
        .get(acme)
        .set('Authorization', await as('nobody'))
    ).status,
  ).toBe(403)
})

test('it issues tokens with a defect, and none for unknown personas', async () => {
  const expired = await mock.tokenFor('owner', { defect: 'expired' })
  expect((await request(mock.url).get(acme).set('Authorization', `Bearer ${expired}`)).status).toBe(401)
  await expect(mock.tokenFor('stranger')).rejects.toThrow('There is no persona stranger')
})

test('a misspelt option or name is refused: a filter that finds nothing would pass for good', async () => {
  await expect(createMock({ fixture: './mine' } as object)).rejects.toThrow(
    'createMock has no option fixture; it has fixtures,',
  )
  expect(() => mock.requests({ operation: 'listWorkspace' })).toThrow(
    'The filter cannot be read: operation is one of',
  )
  expect(() => mock.verify({ scenario: 'latencies', exactly: 0 })).toThrow('scenario is one of error,')
})

test('a scenario applies until the reset, and the journal records it', async () => {
  expect(mock.scenario({ name: 'rate-limited', retryAfter: 1, persona: 'owner' })).toMatchObject({
    played: 0,
  })
  const get = async () =>
    (
      await request(mock.url)
        .get(acme)
        .set('Authorization', await as('owner'))
    ).status
  expect(await get()).toBe(429)
  expect(mock.requests({ status: 429 })).toMatchObject([{ scenario: 'rate-limited', persona: 'owner' }])
  expect(mock.verify({ operation: 'retrieveWorkspace', exactly: 1 }).verified).toBe(true)
  expect(() => mock.scenario({ name: 'error', status: 418 })).toThrow('documents')
  await mock.reset()
  expect(mock.requests()).toEqual([])
  expect(await get()).toBe(200)
})

test('mocks share nothing', async () => {
  await using other = await createMock()
  other.scenario({ name: 'unavailable' })
  await request(mock.url)
    .patch(acme)
    .set('Authorization', await as('owner'))
    .send({ name: 'Renamed here' })
  const response = await request(mock.url)
    .get(acme)
    .set('Authorization', await as('owner'))
  expect(response.body.name).toBe('Renamed here')
  expect(other.requests()).toEqual([])
  const foreign = await request(other.url)
    .get(acme)
    .set('Authorization', await as('owner'))
  expect(foreign.status).toBe(401)
})

describe('custom fixtures', () => {
  const given = {
    workspace: {
      id: 'ws_mine000000000001',
      name: 'Mine',
      description: null,
      billing_mode: 'pooled',
      pooled_seat_limit: null,
      archived: false,
      created_at: '2026-01-01T00:00:00.000000Z',
      updated_at: '2026-01-01T00:00:00.000000Z',
      archived_at: null,
    },
    asOf: '2026-01-02T00:00:00Z',
    billingAccounts: [],
    organizations: [],
  } satisfies GivenFixtures['workspaces'][number]

  const workspacesOf = async (mine: Mock) => {
    const { body } = await request(mine.url)
      .get('/workspaces')
      .set('Authorization', await as('admin', mine))
    return body.data.map(({ name }: { name: string }) => name)
  }

  test('replace the own ones, read from a directory', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'fixtures-'))
    const fixture: WorkspaceFixture = { why: 'mine', ...given, expect: { organizations: 0, figures: {} } }
    await mkdir(join(directory, 'workspaces'))
    await writeFile(join(directory, 'workspaces', 'ws_mine000000000001.json'), JSON.stringify(fixture))
    await using mine = await createMock({ fixtures: pathToFileURL(directory) })
    expect(await workspacesOf(mine)).toEqual(['Mine'])
    await rm(directory, { recursive: true })
  })

  test('replace the own ones, given as values, which the mock does not change', async () => {
    const fixtures = { workspaces: [structuredClone(given)] }
    await using mine = await createMock({ fixtures })
    expect(await workspacesOf(mine)).toEqual(['Mine'])
    await request(mine.url)
      .put('/workspaces/ws_mine000000000001')
      .set('Authorization', await as('owner', mine))
      .send({ name: 'Renamed' })
    await mine.reset()
    expect(await workspacesOf(mine)).toEqual(['Mine'])
    expect(fixtures).toEqual({ workspaces: [given] })
  })

  test('given as values that break a rule are refused with their place', async () => {
    const persona = { name: 'owner', sub: 'auth0|1', displayName: 'Olivia', memberships: [] }
    const misplaced = { ...persona, memberships: [{ workspace: 'ws_of_nobody', role: 'owner' as const }] }
    await expect(
      createMock({ fixtures: { workspaces: [given, given], personas: [misplaced] } }),
    ).rejects.toThrow(
      /fixtures\/workspaces\[1\]: \/workspace\/id: ws_mine000000000001 is given twice .*\nfixtures\/personas: \/0\/memberships\/0\/workspace/,
    )
    const unnamed = { ...given, workspace: { ...given.workspace, name: '' } }
    await expect(createMock({ fixtures: { workspaces: [unnamed] } })).rejects.toThrow(
      'fixtures/workspaces[0]: /workspace/name',
    )
  })
})

test('a fixtures directory that does not exist is named in the error', async () => {
  await expect(createMock({ fixtures: join(tmpdir(), 'no-such-fixtures') })).rejects.toThrow(
    'no-such-fixtures',
  )
})

test('workspaces that are made up are served, report included, by a mock that is warm', async () => {
  const crowded = aWorkspace({ organizations: 12, overLimit: 1 })
  await using mine = await createMock({ fixtures: { workspaces: [crowded] }, warm: true })
  const { body, status } = await request(mine.url)
    .get(`/workspaces/${crowded.workspace.id}/organizations`)
    .set('Authorization', await as('viewer', mine))
  expect([status, body.data.length]).toEqual([200, 12])
  const report = await request(mine.url)
    .get(`/workspaces/${crowded.workspace.id}/organizations/usage.pdf`)
    .set('Authorization', await as('viewer', mine))
  expect([report.status, report.type]).toEqual([200, 'application/pdf'])
})
