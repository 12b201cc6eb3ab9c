import express from 'express'
import request from 'supertest'
import { beforeAll, describe, expect, test } from 'vitest'
import { singleFile } from '../../spec/bundle/contract-files.ts'
import { documentFrom, loadDocument } from '../../spec/contract-document.ts'
import { type Api, openApi } from '../vitest.api.ts'
import { createRequestMatcher } from './request-matcher.ts'

const list = '/workspaces/ws_a1b2c3d4e5f6g7h8/organizations'
const workspace = '/workspaces/ws_guideexample0001'
const { operations } = await loadDocument()

let api: Api
let authorization: string
beforeAll(async () => {
  api = await openApi()
  authorization = `Bearer ${await api.tokenFor('owner')}`
})
const post = (body: string | Buffer, type: string, path = list) =>
  request(api.app).post(path).set({ Authorization: authorization, 'Content-Type': type }).send(body)

describe('a body', () => {
  test.each([
    ['that is no JSON', '{"name":', 'application/json', 400, 'bad_request'],
    ['that is no object', '"name"', 'application/json', 400, 'bad_request'],
    ['that is an array', '[]', 'application/json', 400, 'bad_request'],
    ['that is null', 'null', 'application/json', 400, 'bad_request'],
    ['that is empty', '', 'application/json', 400, 'bad_request'],
    ['of another type', 'name=x', 'application/x-www-form-urlencoded', 415, 'unsupported_media_type'],
    ['of 3 MB and more', `"${'x'.repeat(3 * 1024 * 1024)}"`, 'application/json', 413, 'content_too_large'],
    ['with a prototype in it', '{"name":"x","__proto__":{"a":1}}', 'application/json', 400, 'bad_request'],
  ])('%s is refused with %i', async (_, body, type, status, code) => {
    const response = await post(body, type)
    expect([response.status, response.type, response.body.code]).toEqual([
      status,
      'application/problem+json',
      code,
    ])
  })

  test.each([
    ['that is no JSON', '{"name":', 400, 'The body cannot be read as JSON: '],
    ['that is no object', '1.5', 400, 'The body must be an object.'],
    ['that is null', 'null', 400, 'The body must be an object.'],
    ['that is no UTF-8', Buffer.from('{"name":"caf\u00e9"}', 'latin1'), 400, 'not valid for encoding utf-8'],
    ['nested too deep', `{"name":${'['.repeat(100_000)}${']'.repeat(100_000)}}`, 400, 'more than 100 levels'],
    ['that is empty', '', 400, 'The operation needs a JSON body.'],
  ])('%s is refused too where no property is required', async (_, body, status, reason) => {
    const response = await request(api.app)
      .patch(workspace)
      .set({ Authorization: authorization, 'Content-Type': 'application/json' })
      .serialize((bytes) => bytes)
      .send(body)
    expect(response.status).toBe(status)
    expect(response.body.detail).toContain(reason)
    expect((await api.call('owner', `GET ${workspace}`)).body.name).toBe('Guide Example')
  })

  test('in a coding that nobody knows is refused', async () => {
    const response = await post('{"name":"x"}', 'application/json').set('Content-Encoding', 'rot13')
    expect([response.status, response.body.code]).toEqual([415, 'unsupported_media_type'])
  })

  test('that is refused is told where and why', async () => {
    const { body } = await post(JSON.stringify({ name: 'n'.repeat(51), seats: 1 }), 'application/json')
    expect(body.message).toContain('name must have at most 50 characters')
    expect(body.message).toContain('seats is no property here')
  })

  test('with a character set is read', async () => {
    const response = await post('{"name":"Käserei"}', 'application/json; charset=utf-8')
    expect([response.status, response.body.name]).toEqual([201, 'Käserei'])
  })

  test('that nobody asked for is not even read', async () => {
    const response = await request(api.app)
      .get(list)
      .set({ Authorization: authorization, 'Content-Type': 'application/json' })
      .send('{"broken":')
    expect(response.status).toBe(200)
  })

  test('is not read before the token', async () => {
    const response = await request(api.app).post(list).set('Content-Type', 'application/json').send('{')
    expect(response.status).toBe(401)
  })
})

test('every operation asks for a token, but for the public one', async () => {
  for (const { method, path, isPublic } of operations) {
    const { status } = await request(api.app)[method](path.replaceAll(/\{[^}]+\}/g, 'x'))
    expect({ path, status }).toEqual({ path, status: isPublic ? 404 : 401 })
  }
})

test('a method that the path does not have is answered 405, and the report has GET alone', async () => {
  for (const method of ['post', 'put', 'patch', 'delete'] as const) {
    const { status, headers } = await request(api.app)
      [method](`${list}/usage.pdf`)
      .set('Authorization', authorization)
    expect([status, headers.allow]).toEqual([405, 'GET, HEAD, OPTIONS'])
  }
  const { headers } = await request(api.app).put(list).set('Authorization', authorization)
  expect(headers.allow!.split(', ').sort()).toEqual(['GET', 'HEAD', 'OPTIONS', 'POST'])
})

test('what cannot be accepted is refused before anything is changed', async () => {
  const create = { name: 'Unacceptable', billing_mode: 'pooled' }
  const { status } = await api.call('nobody', 'POST /workspaces', create, { Accept: 'text/html' })
  expect(status).toBe(406)
  expect((await api.call('nobody', 'GET /workspaces')).body.data).toEqual([])
})

test('a list is fetched on conditions, and a change is not undone by them', async () => {
  const first = await api.call('owner', `GET ${list}`)
  const again = await api.call('owner', `GET ${list}`, undefined, { 'If-None-Match': first.headers.etag! })
  expect(again.status).toBe(304)
  const rename = await api.call(
    'owner',
    `PATCH ${list}/org_ZyrlBlcSZrlNabgW`,
    { name: 'E' },
    { 'If-None-Match': '*' },
  )
  expect([rename.status, rename.body.name]).toEqual([200, 'E'])
})

test('what a request has beside its address is looked at each time', async () => {
  const operation = (parameters: string) => `
    get:
      operationId: listOrganizations
      parameters: [${parameters}]
      responses: { '200': { description: Fine. } }`
  const contract = await documentFrom(
    singleFile(
      'contract.yaml',
      `openapi: 3.0.3
info: { title: Two lists, version: '1' }
paths:
  /bounded:${operation('{ name: limit, in: query, schema: { type: integer, maximum: 5 } }')}
  /tenants:${operation('{ name: X-Tenant, in: header, required: true, schema: { type: string } }')}
`,
    ),
  )
  const match = createRequestMatcher(contract)
  const app = express().use(async (request, response) => {
    const outcome = await match(request, response).catch(({ code }) => code)
    response.json(outcome.query ?? outcome)
  })
  const ask = async (path: string, headers = {}) => (await request(app).get(path).set(headers)).body
  for (let times = 0; times < 2; times++) {
    expect(await ask('/bounded?limit=5')).toEqual({ limit: 5 })
    expect(await ask('/bounded?limit=6')).toBe('bad_request')
    expect(await ask('/tenants', { 'X-Tenant': 'a' })).toEqual({})
    expect(await ask('/tenants')).toBe('bad_request')
    expect(await ask('/bounded/')).toBe('not_found')
  }
})
