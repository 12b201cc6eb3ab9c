import { describe, expect, test } from 'vitest'
import { useApi } from '../vitest.organizations.ts'

const members = '/workspaces/ws_a1b2c3d4e5f6g7h8/members'
const at = '2026-05-04T03:02:01.000000Z'
const [owner, admin, viewer, nobody] = [
  'auth0|64f5a6b7c8d9e0f1a2b3c4d5',
  'auth0|64f5a6b7c8d9e0f1a2b3c4d6',
  'auth0|64f5a6b7c8d9e0f1a2b3c4d7',
  'auth0|86b7c8d9e0f1a2b3c4d5e6f7',
]
const one = (userId: string) => `${members}/${encodeURIComponent(userId)}`

const api = useApi()
const { outcome } = api

test('members are listed with their roles', async () => {
  const { status, body } = await api.call('viewer', `GET ${members}`)
  expect(status).toBe(200)
  expect(body).toEqual({
    data: [
      [owner, 'owner'],
      [admin, 'admin'],
      [viewer, 'viewer'],
    ].map(([user_id, role]) => ({
      user_id,
      workspace_id: 'ws_a1b2c3d4e5f6g7h8',
      role,
      created_at: '2025-10-29T00:40:06.000000Z',
      updated_at: '2025-10-29T00:40:06.000000Z',
    })),
    has_more: false,
  })
})

describe('adding a member', () => {
  test('lets them in, and the control plane knows it', async () => {
    expect(await outcome('nobody', `GET ${members}`)).toEqual([403, 'forbidden'])
    const added = await api.call('admin', `POST ${members}`, { user_id: nobody, role: 'viewer' })
    expect(added.status).toBe(201)
    expect(added.body).toMatchObject({ user_id: nobody, role: 'viewer', created_at: at, updated_at: at })
    expect(await outcome('nobody', `GET ${members}`)).toEqual([200])
    expect(api.personas().find(({ name }) => name === 'nobody')?.memberships).toEqual([
      { workspace: 'ws_a1b2c3d4e5f6g7h8', role: 'viewer' },
    ])
  })

  test.each([
    ['viewer', nobody, 'viewer', 403, 'forbidden'],
    ['outsider', nobody, 'viewer', 403, 'forbidden'],
    ['admin', nobody, 'owner', 403, 'forbidden'],
    ['owner', admin, 'viewer', 409, 'member_exists'],
    ['owner', nobody, 'king', 400, 'bad_request'],
    ['owner', '', 'viewer', 400, 'bad_request'],
  ])('as %s: %s as %s is refused with %i %s', async (persona, user_id, role, status, code) => {
    expect(await outcome(persona, `POST ${members}`, { user_id, role })).toEqual([status, code])
  })

  test('ends at 100 members', async () => {
    const add = (number: number) =>
      outcome('owner', `POST ${members}`, { user_id: `auth0|${number}`, role: 'viewer' })
    for (let number = 3; number < 100; number++) expect(await add(number)).toEqual([201])
    expect(await add(100)).toEqual([422, 'member_limit_reached'])
  })
})

describe('changing a role', () => {
  test('counts from the next request on', async () => {
    const rename = () => outcome('viewer', 'PATCH /workspaces/ws_a1b2c3d4e5f6g7h8', { name: 'Renamed' })
    expect(await rename()).toEqual([403, 'forbidden'])
    const { status, body } = await api.call('admin', `PATCH ${one(viewer)}`, { role: 'admin' })
    expect(status).toBe(200)
    expect(body).toMatchObject({ role: 'admin', updated_at: at, created_at: '2025-10-29T00:40:06.000000Z' })
    expect(await rename()).toEqual([200])
  })

  test.each([
    ['an admin makes no owner', 'admin', viewer, 'owner', 403, 'forbidden'],
    ['an admin changes no owner', 'admin', owner, 'viewer', 403, 'forbidden'],
    ['a viewer changes nobody', 'viewer', viewer, 'admin', 403, 'forbidden'],
    ['a stranger has no role', 'owner', nobody, 'admin', 404, 'not_found'],
    ['the last owner stays owner', 'owner', owner, 'admin', 422, 'cannot_remove_last_owner'],
  ])('%s', async (_, persona, userId, role, status, code) => {
    expect(await outcome(persona, `PATCH ${one(userId)}`, { role })).toEqual([status, code])
  })

  test('one of two owners may step down, the other then not', async () => {
    expect(await outcome('owner', `PATCH ${one(admin)}`, { role: 'owner' })).toEqual([200])
    expect(await outcome('owner', `PATCH ${one(owner)}`, { role: 'viewer' })).toEqual([200])
    expect(await outcome('admin', `PATCH ${one(admin)}`, { role: 'viewer' })).toEqual([
      422,
      'cannot_remove_last_owner',
    ])
  })
})

describe('removing a member', () => {
  test('ends the access', async () => {
    expect(await outcome('admin', `DELETE ${one(viewer)}`)).toEqual([204])
    expect(await outcome('viewer', `GET ${members}`)).toEqual([403, 'forbidden'])
  })

  test('everybody may leave', async () => {
    expect(await outcome('viewer', `DELETE ${one(viewer)}`)).toEqual([204])
  })

  test.each([
    ['a viewer removes nobody else', 'viewer', admin, 403, 'forbidden'],
    ['an admin removes no owner', 'admin', owner, 403, 'forbidden'],
    ['a stranger cannot leave', 'nobody', nobody, 403, 'forbidden'],
    ['nobody is removed twice', 'owner', nobody, 404, 'not_found'],
    ['the last owner stays', 'owner', owner, 422, 'cannot_remove_last_owner'],
  ])('%s', async (_, persona, userId, status, code) => {
    expect(await outcome(persona, `DELETE ${one(userId)}`)).toEqual([status, code])
  })
})
