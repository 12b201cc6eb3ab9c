import request from 'supertest'
import { beforeAll, expect, test } from 'vitest'
import { type App, createApp } from '../app.ts'
import { generateSigningKey } from '../authentication/signing-key.ts'
import { createLog } from '../log.ts'

const exportOf = (workspace: string) => `/workspaces/${workspace}/organizations/usage.pdf`
const acme = exportOf('ws_a1b2c3d4e5f6g7h8')
const unknown = exportOf('ws_0000000000000000')

let app: App
const bearer = async (persona: string) => `Bearer ${await app.tokenFor(persona)}`

beforeAll(async () => {
  app = await createApp({ signingKey: await generateSigningKey(), log: createLog('silent') })
})

test.each(['owner', 'admin', 'viewer'])('the %s of a workspace gets its report', async (persona) => {
  const { status, body } = await request(app.app)
    .get(acme)
    .set('Authorization', await bearer(persona))
  expect(status).toBe(200)
  expect(body.toString('latin1')).toMatch(/^%PDF-[\s\S]*%%EOF\s*$/)
})

test('a member of an archived workspace gets its report', async () => {
  const path = exportOf('ws_archivedretail01')
  expect(
    (
      await request(app.app)
        .get(path)
        .set('Authorization', await bearer('viewer'))
    ).status,
  ).toBe(200)
})

test.each(['outsider', 'nobody'])('the %s is refused what others own', async (persona) => {
  const { status, body, type } = await request(app.app)
    .get(acme)
    .set('Authorization', await bearer(persona))
  expect({ status, type, code: body.code }).toEqual({
    status: 403,
    type: 'application/problem+json',
    code: 'forbidden',
  })
})

test.each([
  unknown,
  exportOf('x'),
  exportOf('%zz'),
  exportOf('%00'),
  exportOf('ws_a1b2c3d4e5f6g7h8%2F..'),
  exportOf('__proto__'),
  exportOf('W'.repeat(300)),
  exportOf('ws_A1B2C3D4E5F6G7H8'),
  `${acme}/`,
  acme.replace('usage.pdf', 'usage.PDF'),
  acme.replace('/workspaces', '//workspaces'),
  acme.replace('/workspaces', '/Workspaces'),
  `${acme};x`,
  '/elsewhere',
])('%s is answered 404, and 401 like everything else without a token', async (path) => {
  const { status, body } = await request(app.app)
    .get(path)
    .set('Authorization', await bearer('owner'))
  expect({ status, code: body.code }).toEqual({ status: 404, code: 'not_found' })

  const refused = await request(app.app).get(path)
  const known = await request(app.app).get(acme)
  expect(refused.status).toBe(401)
  expect(refused.body).toEqual(known.body)
})
