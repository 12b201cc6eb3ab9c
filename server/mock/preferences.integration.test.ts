import request from 'supertest'
import { beforeEach, expect, test } from 'vitest'
import { type App, createApp } from '../app.ts'
import { generateSigningKey } from '../authentication/signing-key.ts'
import { createLog } from '../log.ts'
import { usageExample, usageExamples } from '../operations/usage-examples.ts'

let app: App
let pauses: number[]
beforeEach(async () => {
  pauses = []
  app = await createApp({
    signingKey: await generateSigningKey(),
    log: createLog('silent'),
    delayMs: 100,
    sleep: async (ms) => pauses.push(ms),
  })
})

async function prefer(preference: string, persona = 'owner') {
  const { status, headers } = await request(app.app)
    .get('/workspaces/ws_a1b2c3d4e5f6g7h8/organizations/usage.pdf')
    .set({ Authorization: `Bearer ${await app.tokenFor(persona)}`, Prefer: preference })
  return { status, applied: headers['preference-applied'], vary: headers.vary, headers }
}

test.each([401, 403, 404])('a documented status is given on demand: %i', async (code) => {
  const { status, applied, vary } = await prefer(`code=${code}`)
  expect({ status, applied }).toEqual({ status: code, applied: `code=${code}` })
  expect(vary).toBe('Authorization, Origin, Prefer')
})

test('a preferred 401 has the challenge of an invalid token', async () => {
  expect((await prefer('code=401')).headers['www-authenticate']).toMatch(/^Bearer .*error="invalid_token"$/)
})

test('a status that is not documented, or that does not fit, is not applied', async () => {
  expect(await prefer('code=418')).toMatchObject({ status: 200, applied: undefined })
  expect(await prefer('code=500')).toMatchObject({ status: 200, applied: undefined })
  expect(await prefer('code=200', 'nobody')).toMatchObject({ status: 403, applied: undefined })
  expect(await prefer('code=200')).toMatchObject({ status: 200, applied: 'code=200' })
})

test('an operation with two documented successes responds with the preferred one', async () => {
  const ask = async (organization: string, code: number, persona = 'owner') => {
    const { status, body, headers } = await request(app.app)
      .get(`/workspaces/ws_a1b2c3d4e5f6g7h8/organizations/${organization}/parent`)
      .set({ Authorization: `Bearer ${await app.tokenFor(persona)}`, Prefer: `code=${code}` })
    return [status, headers['preference-applied'], body.name]
  }
  const [top, child] = ['org_ZyrlBlcSZrlNabgW', 'org_UrNpukcFl9me0UPb']
  expect(await ask(top, 204)).toEqual([204, 'code=204', undefined])
  expect(await ask(top, 200)).toEqual([200, 'code=200', 'Engineering Department'])
  expect(await ask(child, 200)).toEqual([200, 'code=200', 'Europe'])
  expect(await ask(child, 204)).toEqual([204, 'code=204', undefined])
  expect(await ask(child, 204, 'outsider')).toEqual([403, undefined, undefined])
  expect(await ask('org_0000000000000000', 200)).toEqual([404, undefined, undefined])
})

test('the preferred delay is added to that of the whole server', async () => {
  expect(await prefer('wait=2')).toMatchObject({ status: 200, applied: 'wait=2' })
  expect(await prefer('')).toMatchObject({ status: 200, applied: undefined })
  expect(pauses).toEqual([2100, 100])
})

test.each(Object.keys(usageExamples))('the report has the example %s', async (name) => {
  const { status, applied, headers } = await prefer(`example=${name}`)
  expect({ status, applied }).toEqual({ status: 200, applied: `example=${name}` })
  expect(headers['content-disposition']).toContain(usageExample(name)!.asOf.slice(0, 10))
})

test('a report example needs access to the workspace, and is not an example of other operations', async () => {
  expect(await prefer('example=empty', 'nobody')).toMatchObject({ status: 403 })
  const { status, headers } = await request(app.app)
    .get('/workspaces')
    .set({ Authorization: `Bearer ${await app.tokenFor('owner')}`, Prefer: 'example=empty' })
  expect({ status, applied: headers['preference-applied'] }).toEqual({ status: 200, applied: undefined })
})
