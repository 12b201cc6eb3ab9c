import request from 'supertest'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { createMock, type Mock, type ResponseSetting } from '../create-mock.ts'

const workspace = '/workspaces/ws_a1b2c3d4e5f6g7h8'
const usage = `${workspace}/organizations/usage.pdf`

let mock: Mock
beforeAll(async () => {
  mock = await createMock()
})
beforeEach(() => mock.reset())
afterAll(() => mock.close())

const as = async (persona: string) => ({ Authorization: `Bearer ${await mock.tokenFor(persona)}` })
const get = async (path: string, persona = 'owner') =>
  request(mock.url)
    .get(path)
    .set(await as(persona))
const statuses = async (path: string, ...personas: string[]) => {
  const found = []
  for (const persona of personas) found.push((await get(path, persona)).status)
  return found
}

test('a response of any status and body is sent in the place of the export, so often', async () => {
  const page = '<h1>502 Bad Gateway</h1>'
  const active = mock.respond({
    operation: 'exportOrganizationUsage',
    status: 502,
    headers: { 'content-type': 'text/html', Server: 'nginx' },
    body: page,
    times: 1,
  })
  expect(active).toMatchObject({ id: 'response-1', times: 1, played: 0 })
  const response = await get(usage)
  expect(response.status).toBe(502)
  expect(response.text).toBe(page)
  expect(response.headers).toMatchObject({
    'content-type': 'text/html',
    'cache-control': 'no-store',
    server: 'nginx',
  })
  expect((await get(usage)).status).toBe(200)
  expect(mock.requests({ status: 502 })).toMatchObject([
    {
      ownResponse: active.id,
      undocumented: 'status 502 is not documented',
      verdict: {
        right: true,
        remarks: expect.arrayContaining([expect.stringContaining('does not document')]),
      },
    },
  ])
})

test.each<[string, ResponseSetting, number, string]>([
  ['JSON', { status: 418, body: { teapot: true } }, 418, 'application/json'],
  [
    'a problem',
    { status: 422, operation: 'createOrganization', body: { code: 'x' } },
    422,
    'application/problem+json',
  ],
  [
    'a PDF by its documentation',
    { operation: 'exportOrganizationUsage', body: '%PDF-' },
    200,
    'application/pdf',
  ],
  ['bytes', { status: 413, body: new Uint8Array([1, 2, 3]) }, 413, 'application/octet-stream'],
  [
    'an ArrayBuffer',
    { status: 413, body: new Uint8Array([1, 2, 3]).buffer },
    413,
    'application/octet-stream',
  ],
  ['text', { status: 504, body: 'upstream timed out' }, 504, 'text/plain; charset=utf-8'],
])('%s has the media type of its kind', async (_what, setting, status, type) => {
  mock.respond(setting)
  const call =
    setting.operation === 'createOrganization'
      ? request(mock.url)
          .post(`${workspace}/organizations`)
          .set(await as('owner'))
          .send({ name: 'Night Shift' })
      : get(usage)
  const response = await call
  expect([response.status, response.headers['content-type']]).toEqual([status, type])
})

test('a response without a body has none, and no media type', async () => {
  mock.respond({ status: 504 })
  const { status, headers, text } = await get(usage)
  expect({ status, text, type: headers['content-type'] }).toEqual({ status: 504, text: '', type: undefined })
  mock.respond({ status: 204, body: 'ignored' })
  expect((await get(usage)).text).toBe('')
})

test('it is for a persona, after some calls, and what the contract documents is not marked', async () => {
  const problem = { type: 't', code: 'forbidden', message: 'No.', doc_url: 'https://docs.example/' }
  mock.respond({
    operation: 'retrieveWorkspace',
    persona: 'viewer',
    after: 1,
    times: 1,
    status: 403,
    body: problem,
  })
  expect(await statuses(workspace, 'viewer', 'owner', 'viewer', 'viewer')).toEqual([200, 200, 403, 200])
  expect(mock.requests({ status: 403 })[0]).not.toHaveProperty('undocumented')
})

test('scenarios are marked where the contract does not document their response', async () => {
  mock.scenario({ name: 'rate-limited', calls: 1 })
  mock.scenario({ name: 'truncated-body', after: 1, calls: 1 })
  mock.scenario({ name: 'latency', ms: 0, after: 2 })
  await get(usage)
  await get(usage)
  await request(mock.url)
    .get(usage)
    .set({ ...(await as('owner')), Range: 'bytes=0-9' })
  expect(mock.requests().map(({ undocumented }) => undocumented)).toEqual([
    'status 429 is not documented',
    'the PDF does not end with %%EOF',
    undefined,
  ])
})

test('a handler sees the request and may change the response of the operation', async () => {
  const seen: unknown[] = []
  mock.respond({ operation: 'createOrganization' }, async (request, respond) => {
    seen.push(request.method, new URL(request.url).pathname, await request.json())
    const response = await respond()
    seen.push(response.status)
    response.headers.set('Retry-After', '3')
    return new Response(await response.text(), { status: 202, headers: response.headers })
  })
  const response = await request(mock.url)
    .post(`${workspace}/organizations`)
    .set(await as('owner'))
    .send({ name: 'Night Shift' })
  expect(seen).toEqual(['POST', `${workspace}/organizations`, { name: 'Night Shift' }, 201])
  expect(response.status).toBe(202)
  expect(response.headers['retry-after']).toBe('3')
  expect(response.body.name).toBe('Night Shift')
  const { workspaces } = mock.state()
  const created = workspaces.flatMap(({ organizations }) =>
    organizations.filter(({ id }) => id === response.body.id),
  )
  expect(created).toHaveLength(1)
})

test('a handler may describe a response, or leave it to the operation, which then does not count', async () => {
  mock.respond({ times: 1 }, (request) =>
    request.headers.get('x-fail') ? { status: 507, body: { full: true } } : undefined,
  )
  expect((await get(workspace)).status).toBe(200)
  const failing = await request(mock.url)
    .get(workspace)
    .set({ ...(await as('owner')), 'X-Fail': 'yes' })
  expect([failing.status, failing.body]).toEqual([507, { full: true }])
  expect((await get(workspace)).status).toBe(200)
})

test('an operation that two rules ask for is carried out once', async () => {
  mock.respond({}, async (_request, respond) => void (await respond()))
  mock.respond({}, async (_request, respond) => void (await respond()))
  const before = mock.state().workspaces[0]!.organizations.length
  const { id } = mock.state().workspaces[0]!.workspace
  const { status } = await request(mock.url)
    .post(`/workspaces/${id}/organizations`)
    .set(await as('owner'))
    .send({ name: 'Once' })
  expect(status).toBe(201)
  expect(mock.state().workspaces[0]!.organizations).toHaveLength(before + 1)
})

test('a handler that throws is an error of the server, and the next call is served', async () => {
  mock.respond({ times: 1 }, () => {
    throw new Error('mine')
  })
  expect(await statuses(workspace, 'owner', 'owner')).toEqual([500, 200])
  const reason = 'The handler of this response failed: mine'
  expect(mock.requests({ status: 500 })).toMatchObject([{ verdict: { right: true, remarks: [reason] } }])
})

test('a handler that describes no response is no mistake of the client', async () => {
  mock.respond({ times: 1 }, () => ({ status: 42 }))
  const { status, body } = await get(workspace)
  expect([status, body.detail]).toEqual([500, expect.stringContaining('status must be at least 200')])
  expect(mock.requests({ status: 500 })).toMatchObject([{ verdict: { right: true } }])
})

test('a handler for a request without a valid token passes the refusal on', async () => {
  mock.respond({ times: 1 }, (_request, respond) => respond())
  expect((await request(mock.url).get(workspace)).status).toBe(401)
})

test('what is set over HTTP is listed and ended by its id', async () => {
  const responses = () => request(mock.url).get('/_mock/responses')
  const set = await request(mock.url)
    .post('/_mock/responses')
    .send({ operation: 'listWorkspaces', status: 418, bodyBase64: Buffer.from([0, 255]).toString('base64') })
  expect(set.status).toBe(201)
  expect(set.headers.location).toBe(`/_mock/responses/${set.body.id}`)
  const { status, body } = await get('/workspaces')
  expect([status, [...body]]).toEqual([418, [0, 255]])
  expect((await responses()).body.responses).toMatchObject([{ id: set.body.id, status: 418, played: 1 }])
  expect((await request(mock.url).delete(`/_mock/scenarios/${set.body.id}`)).status).toBe(404)
  expect((await request(mock.url).delete(set.headers.location!)).status).toBe(204)
  expect((await request(mock.url).delete(set.headers.location!)).status).toBe(404)
  await request(mock.url).post('/_mock/responses').send({ status: 418 })
  expect((await request(mock.url).delete('/_mock/responses')).status).toBe(204)
  expect((await responses()).body.responses).toEqual([])
  expect((await get('/workspaces')).status).toBe(200)
})

test.each([
  [{ status: 99 }, 'status'],
  [{ status: '500' }, 'status'],
  [{ operation: 'exportUsage' }, 'operation is one of exportOrganizationUsage'],
  [{ persona: 'unknown' }, 'persona is one of'],
  [{ times: 0 }, 'times'],
  [{ headers: { 'Content-Length': '5' } }, 'the mock itself sets Content-Length'],
  [{ headers: { 'X-Name': 'a\nb' } }, 'headers'],
  [{ body: 'x', bodyBase64: 'eA==' }, 'both body and bodyBase64'],
  [{ calls: 1 }, 'calls'],
])('%j is refused: %s', async (setting, reason) => {
  const { status, body } = await request(mock.url).post('/_mock/responses').send(setting)
  expect(status).toBe(400)
  expect(body.detail).toContain(reason)
  expect(body.detail).toMatch(/^The response cannot be set: .*\.$/s)
})

test('clear ends one rule or all; the state stays', async () => {
  const busy = mock.scenario({ name: 'unavailable' })
  mock.respond({ status: 418 })
  await mock.setFigures('org_A3tTwypPBhq4Y9mB', { usage: { users: 77 } })
  expect(mock.clear('scenario-99')).toBe(false)
  expect(mock.clear(busy.id)).toBe(true)
  expect(await statuses(workspace, 'owner')).toEqual([418])
  expect(mock.clear()).toBe(true)
  expect(mock.clear()).toBe(false)
  expect(await statuses(workspace, 'owner')).toEqual([200])
  const organization = mock
    .state()
    .workspaces.flatMap(({ organizations }) => organizations)
    .find(({ id }) => id === 'org_A3tTwypPBhq4Y9mB')
  expect(organization?.usage.usage.users).toBe(77)
})

test('figures of an organization that does not exist, or that cannot be, are refused', async () => {
  await expect(mock.setFigures('org_none', {})).rejects.toThrow('There is no organization org_none')
  await expect(mock.setFigures('org_A3tTwypPBhq4Y9mB', { usage: { users: -1 } })).rejects.toThrow(/users/)
})

test('the state of one mock is the fixtures of another', async () => {
  await mock.setFigures('org_A3tTwypPBhq4Y9mB', { usage: { users: 5 } })
  const state = mock.state()
  await using copy = await createMock({ fixtures: state })
  expect(copy.state().workspaces.map(({ workspace }) => workspace.id)).toEqual(
    state.workspaces.map(({ workspace }) => workspace.id),
  )
  state.workspaces[0]!.workspace.name = 'Changed by the test'
  expect(mock.state().workspaces[0]!.workspace.name).not.toBe('Changed by the test')
})

test('a header with several values is sent as several lines, described or by a handler', async () => {
  const cookies = ['session=1; Path=/', 'theme=dark']
  mock.respond({
    status: 200,
    headers: { 'Set-Cookie': cookies, Link: ['<a>; rel="next"'] },
    body: {},
    times: 1,
  })
  const described = await get(workspace)
  expect(described.headers).toMatchObject({ 'set-cookie': cookies, link: '<a>; rel="next"' })
  mock.respond({ times: 1 }, () => {
    const headers = new Headers()
    for (const cookie of cookies) headers.append('Set-Cookie', cookie)
    return new Response('{}', { headers })
  })
  expect((await get(workspace)).headers['set-cookie']).toEqual(cookies)
  expect(() => mock.respond({ headers: { 'Set-Cookie': ['a\nb'] } })).toThrow('headers')
})

test('a response for any caller comes before authentication, one for a persona after it', async () => {
  const anonymous = (headers: Record<string, string> = {}) => request(mock.url).get(usage).set(headers)
  mock.scenario({ name: 'unavailable' })
  mock.respond({ operation: 'exportOrganizationUsage', persona: 'viewer', status: 418 })
  expect((await anonymous()).status).toBe(401)
  mock.respond({ operation: 'exportOrganizationUsage', status: 502, times: 1 })
  expect((await request(mock.url).get('/workspaces')).status).toBe(401)
  expect((await request(mock.url).get('/nowhere')).status).toBe(401)
  expect((await anonymous({ Authorization: 'Bearer undefined' })).status).toBe(502)
  const last = await anonymous()
  expect([last.status, last.headers['www-authenticate']]).toEqual([401, expect.stringMatching(/^Bearer /)])
  mock.respond({}, async (_request, respond) => void (await respond()))
  expect((await anonymous()).status).toBe(401)
  expect(mock.requests({ status: 502 })[0]).toMatchObject({
    operation: 'exportOrganizationUsage',
    verdict: { mistakes: [expect.stringContaining('undefined')] },
  })
})

test('bytes are sent as they are, whatever holds them', async () => {
  const bytes = new Uint8Array([0, 255, 128, 10])
  for (const body of [bytes, bytes.buffer, new DataView(bytes.buffer), Buffer.from(bytes)]) {
    mock.respond({ operation: 'exportOrganizationUsage', body, times: 1 })
    expect([...(await get(usage)).body]).toEqual([...bytes])
  }
})

test.each([
  ['a Blob', new Blob(['text'])],
  ['a ReadableStream', new ReadableStream()],
  ['a Map', new Map([['a', 1]])],
  ['a Promise', Promise.resolve('text')],
])('%s is refused as a body, with what to give instead', (kind, body) => {
  expect(() => mock.respond({ body })).toThrow(`body is ${kind}: give text, JSON, or bytes`)
})

test('a body that cannot be written as JSON is refused with the reason', () => {
  const round: { self?: object } = {}
  round.self = round
  expect(() => mock.respond({ body: round })).toThrow('body cannot be written as JSON: Converting circular')
})
