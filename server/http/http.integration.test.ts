import request from 'supertest'
import { beforeAll, describe, expect, test } from 'vitest'
import { type App, createApp } from '../app.ts'
import { generateSigningKey } from '../authentication/signing-key.ts'
import { createLog } from '../log.ts'

const path = '/workspaces/ws_a1b2c3d4e5f6g7h8/organizations/usage.pdf'

let app: App
let authorization: string
let whole: request.Response

const get = (headers: Record<string, string> = {}) =>
  request(app.app)
    .get(path)
    .set({ Authorization: authorization, ...headers })

beforeAll(async () => {
  app = await createApp({ signingKey: await generateSigningKey(), log: createLog('silent') })
  authorization = `Bearer ${await app.tokenFor('viewer')}`
  whole = await get()
})

describe('the 200 answer', () => {
  test('has the headers that it promises', () => {
    expect(whole.headers).toMatchObject({
      'content-type': 'application/pdf',
      'content-disposition': 'attachment; filename="ACME Corporation-usage-2026-03-31.pdf"',
      'content-length': String(whole.body.length),
      'cache-control': 'private, no-cache',
      vary: 'Authorization, Origin',
      'x-content-type-options': 'nosniff',
      'accept-ranges': 'bytes',
    })
    expect(whole.headers.etag).toMatch(/^"[\w-]{43}"$/)
    expect(whole.headers).not.toHaveProperty('x-powered-by')
    expect(whole.headers).not.toHaveProperty('last-modified')
    expect(whole.headers).not.toHaveProperty('set-cookie')
  })

  test('has the same bytes and entity tag for the same data', async () => {
    const again = await get()
    expect(again.body.equals(whole.body)).toBe(true)
    expect(again.headers.etag).toBe(whole.headers.etag)
  })

  test('is the same whatever the query says', async () => {
    const { status, headers } = await get().query({ workspaceId: 'ws_zzzzzzzzzzzzzzzz', x: ['1', '2'] })
    expect({ status, etag: headers.etag }).toEqual({ status: 200, etag: whole.headers.etag })
  })

  test('keeps names in other scripts in filename*', async () => {
    const { headers } = await request(app.app)
      .get('/workspaces/ws_manyscripts00001/organizations/usage.pdf')
      .set('Authorization', authorization)
    expect(headers['content-disposition']).toMatch(
      /^attachment; filename=[\x20-\x7e]+; filename\*=UTF-8''[\x21-\x7e]+$/,
    )
  })
})

test('HEAD answers as GET does, without the content', async () => {
  const { status, headers, body } = await request(app.app).head(path).set('Authorization', authorization)
  const { date: _then, ...expected } = whole.headers
  expect(status).toBe(200)
  expect(headers).toMatchObject(expected)
  expect(body).toEqual({})
  const ranged = await request(app.app).head(path).set({ Authorization: authorization, Range: 'bytes=0-9' })
  expect(ranged.status).toBe(200)
})

describe('conditions and ranges', () => {
  test('a known entity tag gives 304 with what a cache needs', async () => {
    const { status, headers, text } = await get({
      'If-None-Match': whole.headers.etag!,
      Range: 'bytes=0-9',
    })
    expect({ status, text }).toEqual({ status: 304, text: '' })
    expect(headers).toMatchObject({
      etag: whole.headers.etag,
      'cache-control': 'private, no-cache',
      vary: 'Authorization, Origin',
    })
    expect(headers).not.toHaveProperty('content-type')
    expect(headers).not.toHaveProperty('content-length')
  })

  test('a range gives these bytes and no others', async () => {
    const { status, headers, body } = await get({
      Range: 'bytes=5-14',
      'If-Range': whole.headers.etag!,
    })
    expect(status).toBe(206)
    expect(headers['content-range']).toBe(`bytes 5-14/${whole.body.length}`)
    expect(headers['content-length']).toBe('10')
    expect(headers.etag).toBe(whole.headers.etag)
    expect(body.equals(whole.body.subarray(5, 15))).toBe(true)
  })

  test('several ranges, and a range of something else, give the whole', async () => {
    expect((await get({ Range: 'bytes=0-1,5-6' })).status).toBe(200)
    expect((await get({ Range: 'bytes=0-1', 'If-Range': '"other"' })).status).toBe(200)
  })

  test('what cannot be had is refused with 416 and 412', async () => {
    const beyond = await get({ Range: 'bytes=99999999-' })
    expect(beyond.status).toBe(416)
    expect(beyond.headers['content-range']).toBe(`bytes */${whole.body.length}`)
    expect((await get({ 'If-Match': '"other"' })).status).toBe(412)
  })

  test('they mean nothing where the answer is a refusal', async () => {
    const { status } = await request(app.app)
      .get(path)
      .set({
        Authorization: `Bearer ${await app.tokenFor('outsider')}`,
        'If-None-Match': '*',
        Range: 'bytes=0-9',
      })
    expect(status).toBe(403)
  })
})

describe('negotiation', () => {
  test.each([
    'application/pdf',
    'Application/PDF',
    'application/*',
    '*/*',
    '',
    'text/html, */*;q=0.1',
    'application/json;q=0.9, application/pdf;q=0.001',
  ])('Accept: %j gets the PDF', async (accept) => {
    const { status, type } = await get({ Accept: accept })
    expect({ status, type }).toEqual({ status: 200, type: 'application/pdf' })
  })

  test.each(['application/json', 'text/*', 'application/pdf;q=0', 'application/pdf;q=0, */*', '*/*;q=0'])(
    'Accept: %j gets 406',
    async (accept) => expect((await get({ Accept: accept })).status).toBe(406),
  )
})

describe('methods', () => {
  test.each(['post', 'put', 'patch', 'delete', 'trace', 'propfind'] as const)(
    '%s is refused with Allow',
    async (method) => {
      const { status, headers } = await request(app.app)[method](path).set('Authorization', authorization)
      expect({ status, allow: headers.allow }).toEqual({ status: 405, allow: 'GET, HEAD, OPTIONS' })
    },
  )

  test('OPTIONS says which there are', async () => {
    const { status, headers, text } = await request(app.app).options(path).set('Authorization', authorization)
    expect({ status, allow: headers.allow, text }).toEqual({
      status: 204,
      allow: 'GET, HEAD, OPTIONS',
      text: '',
    })
    expect(headers).not.toHaveProperty('content-length')
    const elsewhere = await request(app.app).options('/elsewhere').set('Authorization', authorization)
    expect(elsewhere.status).toBe(404)
  })
})

test('a refusal is a problem and the API error body at once, is not cached, and has no internals', async () => {
  const { status, headers, body } = await request(app.app)
    .get('/workspaces/ws_0000000000000000/organizations/usage.pdf')
    .set('Authorization', authorization)
  expect(headers['content-type']).toBe('application/problem+json')
  expect(headers['cache-control']).toBe('no-store')
  expect(body).toEqual({
    type: 'not_found_error',
    title: 'Not Found',
    status,
    detail: body.message,
    code: 'not_found',
    message: 'There is no such workspace.',
    doc_url: 'https://docs.altostrat.io/errors/not_found',
  })
})
