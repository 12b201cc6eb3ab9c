import { beforeAll, describe, expect, test } from 'vitest'
import { loadDocument } from '../../spec/contract-document.ts'
import { findMisfit } from '../../spec/schema.ts'
import { type Api, openApi } from '../vitest.api.ts'
import { handlers } from './index.ts'
import { respondFromExamples } from './respondFromExamples.ts'

const { operations } = await loadDocument()
const unhandled = operations.filter(({ operationId }) => handlers[operationId] === respondFromExamples)
const accounts = '/workspaces/ws_a1b2c3d4e5f6g7h8/billing-accounts'
const bodies: Record<string, object> = {
  createWorkspace: { name: 'x', billing_mode: 'pooled' },
  updateWorkspace: {},
  addWorkspaceMember: { user_id: 'x', role: 'viewer' },
  updateWorkspaceMemberRole: { role: 'viewer' },
  createOrganization: { name: 'x' },
  createChildOrganization: { name: 'x' },
  updateOrganization: {},
  createBillingAccount: { name: 'ACME', email: 'billing@acme.example' },
  updateBillingAccount: { phone: null },
  createSubscription: { product_quantities: { users: 1 } },
  updateSubscription: { action: 'pause' },
  previewInvoice: { cancel_subscription: true },
}

let api: Api
beforeAll(async () => {
  api = await openApi()
})
const call = (
  persona: string,
  { operationId, method, path }: (typeof unhandled)[number],
  headers: Record<string, string> = {},
) => {
  const target = path.replace('{workspaceId}', 'ws_a1b2c3d4e5f6g7h8').replaceAll(/\{[^}]+\}/g, 'x')
  return api.call(persona, `${method.toUpperCase()} ${target}`, bodies[operationId], headers)
}

test('what has no handler is what Stripe does: 17 operations', () => {
  expect(unhandled).toHaveLength(17)
})

describe.each(unhandled)('$operationId', (operation) => {
  const success = operation.responses.find(({ status }) => status < 300)!

  test('answers an owner as the contract says, and says that Prism does it', async () => {
    const { status, type, headers, body } = await call('owner', operation)
    expect({ status, engine: headers['x-mock-engine'] }).toEqual({ status: success.status, engine: 'prism' })
    expect(type).toBe(success.mediaTypes[0] ?? '')
    const schema = success.schemas['application/json']
    if (schema) expect(findMisfit(schema, body)).toBeUndefined()
  })

  test('is refused to who may not, like everything else', async () => {
    const mayRead = operation.method === 'get' ? success.status : 403
    expect((await call('viewer', operation)).status).toBe(mayRead)
    expect((await call('outsider', operation)).body.code).toBe('forbidden')
  })

  test('gives each of its examples on demand', async () => {
    for (const { status, examples } of operation.responses) {
      for (const example of examples) {
        const response = await call('owner', operation, { Prefer: `example=${example}` })
        expect({ example, status: response.status }).toEqual({ example, status })
        expect(response.headers['preference-applied']).toBe(`example=${example}`)
        if (status === 401) expect(response.headers['www-authenticate']).toMatch(/^Bearer /)
      }
    }
  })
})

test.each(operations.filter(({ isPublic }) => !isPublic))(
  '$operationId gives each of its refusals on demand, with the code that the contract names',
  async (operation) => {
    for (const { status, examples } of operation.responses.filter((response) => response.status >= 400)) {
      const response = await call('owner', operation, { Prefer: `code=${status}` })
      expect(response.status).toBe(status)
      if (operation.provenance !== 'user') expect(response.body.code).toBe(examples[0])
      expect(response.headers['x-mock-engine']).toBeUndefined()
    }
  },
)

test('an operation with a handler gives its examples as well', async () => {
  const target = 'DELETE /workspaces/ws_a1b2c3d4e5f6g7h8/organizations/org_gy7QP8ESPa4CchOL'
  const response = await api.call('owner', target, undefined, { Prefer: 'example=organization_has_usage' })
  expect([response.status, response.headers['x-mock-engine']]).toEqual([409, 'prism'])
  const unknown = await api.call('owner', target, undefined, { Prefer: 'example=nonesuch' })
  expect([unknown.status, unknown.headers['preference-applied']]).toEqual([409, undefined])
  expect(unknown.headers['x-mock-engine']).toBeUndefined()
})

test.each([
  ['GET', '/cus_x/invoices?limit=200', undefined, 200],
  ['GET', '/cus_x/invoices?limit=201', undefined, 400],
  ['GET', '/cus_x/invoices?limit=many', undefined, 400],
  ['POST', '', { name: 'ACME', email: 'nobody' }, 400],
  ['POST', '', { name: 'ACME', email: 'a@b.example', currency: 'chf' }, 400],
  ['POST', '/cus_x/subscriptions', { product_quantities: {} }, 400],
  ['POST', '/cus_x/subscriptions', { product_quantities: { seats: 1 } }, 400],
])('%s %s %j is answered %i', async (method, path, body, status) => {
  expect((await api.call('owner', `${method} ${accounts}${path}`, body)).status).toBe(status)
})
