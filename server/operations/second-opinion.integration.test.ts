import { getHttpOperationsFromSpec } from '@stoplight/prism-http'
import { validateOutput } from '@stoplight/prism-http/dist/validator/index.js'
import { expect, test } from 'vitest'
import { contractFile } from '../../spec/contract-document.ts'
import { openApi } from '../vitest.api.ts'

const acme = '/workspaces/ws_a1b2c3d4e5f6g7h8'
const europe = `${acme}/organizations/org_ZyrlBlcSZrlNabgW`
const viewer = encodeURIComponent('auth0|64f5a6b7c8d9e0f1a2b3c4d7')
const create = { name: 'New', limits: { users: 1 }, branding: { colors: { primary: '#123456' } } }

const calls: [persona: string, operation: string, target: string, status: number, body?: object][] = [
  ['owner', '/workspaces', 'GET /workspaces', 200],
  ['owner', '/workspaces', 'POST /workspaces', 201, { name: 'New', billing_mode: 'single' }],
  ['owner', '/workspaces', 'POST /workspaces', 400, {}],
  ['viewer', '/workspaces/{workspaceId}', `GET ${acme}`, 200],
  ['nobody', '/workspaces/{workspaceId}', `GET ${acme}`, 403],
  ['nobody', '/workspaces/{workspaceId}', 'GET /workspaces/ws_0000000000000000', 404],
  ['owner', '/workspaces/{workspaceId}', `PATCH ${acme}`, 200, { description: 'New' }],
  ['owner', '/workspaces/{workspaceId}', `DELETE ${acme}`, 409],
  ['owner', '/workspaces/{workspaceId}/members', `GET ${acme}/members`, 200],
  [
    'owner',
    '/workspaces/{workspaceId}/members',
    `POST ${acme}/members`,
    201,
    { user_id: 'x', role: 'viewer' },
  ],
  [
    'owner',
    '/workspaces/{workspaceId}/members',
    `POST ${acme}/members`,
    409,
    { user_id: 'x', role: 'viewer' },
  ],
  [
    'owner',
    '/workspaces/{workspaceId}/members/{memberId}',
    `PATCH ${acme}/members/${viewer}`,
    200,
    { role: 'admin' },
  ],
  ['owner', '/workspaces/{workspaceId}/members/{memberId}', `DELETE ${acme}/members/${viewer}`, 204],
  ['owner', '/workspaces/{workspaceId}/organizations', `GET ${acme}/organizations`, 200],
  [
    'owner',
    '/workspaces/{workspaceId}/organizations',
    'GET /workspaces/ws_largestlegal0001/organizations',
    200,
  ],
  ['owner', '/workspaces/{workspaceId}/organizations', `POST ${acme}/organizations`, 201, create],
  ['owner', '/workspaces/{workspaceId}/organizations/{organizationId}', `GET ${europe}`, 200],
  [
    'owner',
    '/workspaces/{workspaceId}/organizations/{organizationId}',
    `PATCH ${europe}`,
    200,
    { picture: null },
  ],
  [
    'owner',
    '/workspaces/{workspaceId}/organizations/{organizationId}',
    `PATCH ${europe}`,
    422,
    { limits: { sso: 0 } },
  ],
  ['owner', '/workspaces/{workspaceId}/organizations/{organizationId}', `DELETE ${europe}`, 409],
  ['owner', '/workspaces/{workspaceId}/organizations/{organizationId}/limits', `GET ${europe}/limits`, 200],
  ['owner', '/workspaces/{workspaceId}/organizations/{organizationId}/parent', `GET ${europe}/parent`, 204],
  [
    'owner',
    '/workspaces/{workspaceId}/organizations/{organizationId}/children',
    `POST ${europe}/children`,
    201,
    create,
  ],
  [
    'owner',
    '/workspaces/{workspaceId}/organizations/{organizationId}/descendants',
    `GET ${europe}/descendants`,
    200,
  ],
  ['owner', '/organizations/{id}/branding', 'GET /organizations/org_ZyrlBlcSZrlNabgW/branding', 200],
]

const api = await openApi()
const operations = await getHttpOperationsFromSpec(contractFile)

test.each(calls)('Prism, too, finds nothing wrong as %s with %s, %s: %i', async (...call) => {
  const [persona, path, target, expected, requestBody] = call
  const { status, headers, body } = await api.call(persona, target, requestBody)
  expect(status).toBe(expected)
  const method = target.split(' ')[0]!.toLowerCase()
  const resource = operations.find((one) => one.path === path && one.method === method)!
  const element = { statusCode: status, headers, body: status === 204 ? undefined : body }
  expect(validateOutput({ resource, element })).toMatchObject({ _tag: 'Right' })
})

test('Prism finds what is wrong', async () => {
  const resource = operations.find(({ path, method }) => path === '/workspaces' && method === 'get')!
  const element = { statusCode: 200, headers: { 'content-type': 'application/json' }, body: { data: [{}] } }
  expect(validateOutput({ resource, element })).toMatchObject({ _tag: 'Left' })
})
