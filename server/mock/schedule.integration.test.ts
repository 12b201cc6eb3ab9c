import { expect, test } from 'vitest'
import { openApi } from '../vitest.api.ts'

const acme = '/workspaces/ws_a1b2c3d4e5f6g7h8'
const usage = `GET ${acme}/organizations/usage.pdf`
const createOrganization = `POST ${acme}/organizations`

test('what cannot be played for an operation does not hide what can', async () => {
  const api = await openApi()
  api.setScenario({ name: 'rate-limited', operation: 'exportOrganizationUsage', calls: 1 })
  api.setScenario({ name: 'error', status: 422 })
  expect((await api.call('owner', usage)).status).toBe(429)
  expect((await api.call('owner', createOrganization, { name: 'Night Shift' })).status).toBe(422)
  expect((await api.call('owner', usage)).status).toBe(200)
})

test('what has nothing to change in a response leaves it to the scenario set before', async () => {
  const api = await openApi()
  const earlier = api.setScenario({ name: 'rate-limited', calls: 1 })
  const later = api.setScenario({ name: 'truncated-body', calls: 1 })
  expect((await api.call('nobody', usage)).status).toBe(429)
  const { body } = await api.call('owner', 'GET /_mock/scenarios')
  const played = Object.fromEntries(
    body.scenarios.map(({ id, played }: { id: string; played: number }) => [id, played]),
  )
  expect(played).toEqual({ [earlier.id]: 1, [later.id]: 0 })
})

test('calls that a scenario cannot be played for do not use it up', async () => {
  const api = await openApi()
  api.setScenario({ name: 'error', status: 422, after: 1, calls: 1 })
  for (let call = 0; call < 3; call += 1) expect((await api.call('owner', usage)).status).toBe(200)
  const create = async (name: string) => (await api.call('owner', createOrganization, { name })).status
  expect([await create('One'), await create('Two'), await create('Three')]).toEqual([201, 422, 201])
})

test('what can never be played is refused, with the operations for which it could', async () => {
  const api = await openApi()
  expect(() => api.setScenario({ name: 'error', status: 422, operation: 'exportOrganizationUsage' })).toThrow(
    /exportOrganizationUsage documents 401, 403, 404, not 422; it can be played for .*createOrganization/,
  )
  expect(() => api.setScenario({ name: 'truncated-body', operation: 'deleteOrganization' })).toThrow(
    /deleteOrganization documents no 200 with a body; it can be played for exportOrganizationUsage/,
  )
  expect(() => api.setScenario({ name: 'error', status: 418 })).toThrow(
    'documents 401, 403, 404, not 418; it can be played for no operation. POST /_mock/responses sends any status and body.',
  )
})
