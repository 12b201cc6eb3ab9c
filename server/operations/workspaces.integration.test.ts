import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Api, openApi } from '../vitest.api.ts'

const acme = '/workspaces/ws_a1b2c3d4e5f6g7h8'
const at = '2026-05-04T03:02:01.000000Z'

let api: Api
beforeAll(async () => {
  api = await openApi()
})
beforeEach(() => api.reset())
const refusal = async (persona: string, target: string, body?: unknown) => {
  const { status, type, body: problem } = await api.call(persona, target, body)
  expect(type).toBe('application/problem+json')
  expect(problem).toEqual({
    type: expect.stringMatching(/_error$|^unprocessable_entity$/),
    code: expect.any(String),
    message: problem.detail,
    doc_url: `https://docs.altostrat.io/errors/${problem.code}`,
    title: expect.any(String),
    status,
    detail: expect.any(String),
  })
  return [status, problem.code]
}

test('everybody lists the workspaces in which they are members', async () => {
  const idsOf = async (persona: string) =>
    (await api.call(persona, 'GET /workspaces')).body.data.map(({ id }: { id: string }) => id)
  expect(await idsOf('owner')).toHaveLength(7)
  expect(await idsOf('outsider')).toEqual(['ws_zzzzzzzzzzzzzzzz'])
  expect(await idsOf('nobody')).toEqual([])
})

describe('a new workspace', () => {
  test('belongs to who creates it, has no organization, and has a report', async () => {
    const body = { name: 'Newcomer', billing_mode: 'assigned' }
    const created = await api.call('nobody', 'POST /workspaces', body)
    expect(created.status).toBe(201)
    expect(created.body).toEqual({
      id: expect.stringMatching(/^ws_[a-z0-9]{16}$/),
      name: 'Newcomer',
      description: null,
      billing_mode: 'assigned',
      pooled_seat_limit: null,
      archived: false,
      created_at: at,
      updated_at: at,
      archived_at: null,
    })
    const path = `/workspaces/${created.body.id}`
    expect((await api.call('nobody', `GET ${path}`)).body).toEqual(created.body)
    expect((await api.call('nobody', `GET ${path}/organizations`)).body.data).toEqual([])
    expect((await api.call('nobody', `GET ${path}/members`)).body.data).toMatchObject([{ role: 'owner' }])
    expect((await api.call('nobody', `GET ${path}/organizations/usage.pdf`)).type).toBe('application/pdf')
    expect(await refusal('owner', `GET ${path}`)).toEqual([403, 'forbidden'])
  })

  test('gets an id of its own, though the random numbers repeat themselves', async () => {
    const create = async () => (await api.call('owner', 'POST /workspaces', newcomer)).body.id
    const newcomer = { name: 'Twin', billing_mode: 'pooled' }
    const ids = [await create(), await create()]
    expect(new Set(ids).size).toBe(2)
  })

  test('offers the billing account that the examples show', async () => {
    const { body } = await api.call('nobody', 'POST /workspaces', { name: 'N', billing_mode: 'single' })
    const path = `/workspaces/${body.id}`
    const accounts = await api.call('nobody', `GET ${path}/billing-accounts`)
    const organization = { name: 'First', billing_account_id: accounts.body.data[0].id }
    expect((await api.call('nobody', `POST ${path}/organizations`, organization)).status).toBe(201)
  })
})

describe('changing a workspace', () => {
  test('changes what is named and leaves the rest', async () => {
    const before = (await api.call('viewer', `GET ${acme}`)).body
    const changed = await api.call('admin', `PATCH ${acme}`, { description: null })
    expect(changed.status).toBe(200)
    expect(changed.body).toEqual({ ...before, description: null, updated_at: at })
    expect((await api.call('viewer', `GET ${acme}`)).body).toEqual(changed.body)
  })

  test('is for owners and admins', async () => {
    expect(await refusal('viewer', `PATCH ${acme}`, { name: 'x' })).toEqual([403, 'forbidden'])
    expect(await refusal('outsider', `PATCH ${acme}`, { name: 'x' })).toEqual([403, 'forbidden'])
    expect(await refusal('owner', 'PATCH /workspaces/ws_0000000000000000', { name: 'x' })).toEqual([
      404,
      'not_found',
    ])
  })

  test('never changes the billing mode', async () => {
    expect(await refusal('owner', `PATCH ${acme}`, { billing_mode: 'single' })).toEqual([400, 'bad_request'])
  })
})

describe('archiving a workspace', () => {
  const guide = '/workspaces/ws_guideexample0001'
  const empty = '/workspaces/ws_eeeeeeeeeeeeeeee'
  const archived = '/workspaces/ws_archivedretail01'

  test('is refused while its organizations use something or subscriptions are active', async () => {
    expect(await refusal('owner', `DELETE ${guide}`)).toEqual([409, 'workspace_not_empty'])
    expect(await refusal('owner', `DELETE ${empty}`)).toEqual([409, 'workspace_not_empty'])
  })

  test('is for owners', async () => {
    expect(await refusal('admin', `DELETE ${empty}`)).toEqual([403, 'forbidden'])
  })

  test('keeps it readable and closes it for changes', async () => {
    const { id } = (await api.call('nobody', 'POST /workspaces', { name: 'N', billing_mode: 'pooled' })).body
    expect((await api.call('nobody', `DELETE /workspaces/${id}`)).status).toBe(204)
    expect((await api.call('nobody', `DELETE /workspaces/${id}`)).status).toBe(204)
    const { body } = await api.call('nobody', `GET /workspaces/${id}`)
    expect(body).toMatchObject({ archived: true, archived_at: at })
    const create = `POST /workspaces/${id}/organizations`
    expect(await refusal('nobody', create, { name: 'Late' })).toEqual([409, 'workspace_archived'])
  })

  test.each([
    ['PATCH', '', { name: 'x' }],
    ['POST', '/members', { user_id: 'auth0|x', role: 'viewer' }],
    ['PATCH', '/members/auth0%7C64f5a6b7c8d9e0f1a2b3c4d7', { role: 'admin' }],
    ['DELETE', '/members/auth0%7C64f5a6b7c8d9e0f1a2b3c4d7', undefined],
    ['POST', '/organizations', { name: 'x' }],
  ])('refuses %s %s from then on', async (method, path, body) => {
    expect(await refusal('owner', `${method} ${archived}${path}`, body)).toEqual([409, 'workspace_archived'])
  })
})
