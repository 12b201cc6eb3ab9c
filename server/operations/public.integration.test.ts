import request from 'supertest'
import { beforeAll, expect, test } from 'vitest'
import { type Api, openApi } from '../vitest.api.ts'

let api: Api
beforeAll(async () => {
  api = await openApi()
})
const brandingOf = (id: string) => request(api.app).get(`/organizations/${id}/branding`)

test('branding is told to anybody, by either id', async () => {
  const { status, body } = await brandingOf('org_ZyrlBlcSZrlNabgW')
  expect(status).toBe(200)
  expect(body).toEqual({
    display_name: 'Europe',
    picture: null,
    colors: { primary: '#FF5733', page_background: '#FFFFFF' },
  })
  expect((await brandingOf('0a52f1de-a154-4a04-988d-d75f1fc337ab')).body).toEqual(body)
})

test('an organization without branding is told by its name, and nothing else of it', async () => {
  const { body } = await brandingOf('org_8GYYZmPSmBxOOUat')
  expect(body).toEqual({
    display_name: 'Engineering',
    picture: 'https://cdn.altostrat.io/logos/engineering.png',
  })
})

test('what is not there is answered 404, without asking for a token', async () => {
  const { status, type, body } = await brandingOf('org_0000000000000000')
  expect({ status, type, code: body.code }).toEqual({
    status: 404,
    type: 'application/problem+json',
    code: 'not_found',
  })
})

test.each([
  ['post', '/organizations/org_ZyrlBlcSZrlNabgW/branding'],
  ['get', '/organizations/org_ZyrlBlcSZrlNabgW/branding/'],
  ['get', '/organizations/a/b/branding'],
  ['get', '/organizations//branding'],
  ['get', '/workspaces'],
] as const)('%s %s asks for a token first', async (method, path) => {
  expect((await request(api.app)[method](path)).status).toBe(401)
})
