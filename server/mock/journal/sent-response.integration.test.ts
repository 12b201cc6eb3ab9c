import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { createMock, type Mock } from '../create-mock.ts'
import type { DetailedJournalEntry } from './entry.ts'

const workspace = '/workspaces/ws_a1b2c3d4e5f6g7h8'
const report = `${workspace}/organizations/usage.pdf`
let mock: Mock
beforeAll(async () => {
  mock = await createMock()
})
beforeEach(() => mock.reset())
afterAll(() => mock.close())

async function ask(path: string, { headers, ...init }: RequestInit = {}): Promise<Response> {
  const authorization = `Bearer ${await mock.tokenFor('viewer')}`
  return fetch(mock.url + path, { ...init, headers: { authorization, ...headers } })
}

/** The journal's last entry, with its response. */
async function detail(): Promise<DetailedJournalEntry> {
  await vi.waitFor(() => expect(mock.requests()).not.toEqual([]))
  const response = await fetch(`${mock.url}/_mock/requests/${mock.requests().at(-1)!.id}`)
  return (await response.json()) as DetailedJournalEntry
}

test('a response in JSON is shown as its value, with the headers', async () => {
  const received = await ask(workspace)
  const body = await received.json()
  const { response, responseBytes } = await detail()
  expect(response).toMatchObject({ body, bytes: responseBytes })
  expect(response?.headers).toMatchObject({
    'content-type': 'application/json',
    'content-length': String(responseBytes),
  })
})

test('of a file only the size is kept', async () => {
  const { byteLength } = await (await ask(report)).arrayBuffer()
  expect((await detail()).response).toEqual({ headers: expect.anything(), bytes: byteLength })
})

test.each([
  ['HEAD', {}, 200],
  ['GET', { 'if-none-match': '*' }, 304],
])('%s %o has headers and no body', async (method, headers, status) => {
  await ask(report, { method, headers })
  const { response, ...entry } = await detail()
  expect({ status: entry.status, response }).toEqual({
    status,
    response: { headers: expect.objectContaining({ etag: expect.any(String) }), bytes: 0 },
  })
})

test('a part is counted as it was sent', async () => {
  await (await ask(report, { headers: { range: 'bytes=0-99' } })).arrayBuffer()
  expect(await detail()).toMatchObject({ status: 206, responseBytes: 100, response: { bytes: 100 } })
})

test('a body that stalls counts what was sent of it', async () => {
  mock.scenario({ name: 'stalled-body', fraction: 0.5 })
  const controller = new AbortController()
  const { headers, body } = await ask(report, { signal: controller.signal })
  await body!.getReader().read()
  controller.abort()
  expect(await detail()).toMatchObject({
    cancelled: true,
    responseBytes: Math.floor(Number(headers.get('content-length')) / 2),
  })
})

test('no response at all is absent', async () => {
  mock.scenario({ name: 'connection-reset' })
  await ask(workspace).catch(() => {})
  const entry = await detail()
  expect(entry).toMatchObject({ status: null, responseBytes: 0 })
  expect(entry).not.toHaveProperty('response')
})

test('of a long text only the beginning is kept, up to a whole character', async () => {
  mock.respond({ status: 200, headers: { 'Content-Type': 'text/plain' }, body: `a${'é'.repeat(20_000)}` })
  await ask(workspace)
  const { response } = await detail()
  expect(response).toMatchObject({ bytes: 40_001, truncated: true, body: `a${'é'.repeat(8191)}` })
})

test.each(['application/problem+json', 'text/html; charset=utf-8', 'application/xml'])(
  '%s is text',
  async (type) => {
    mock.respond({ status: 502, headers: { 'Content-Type': type }, body: '<h1>502 Bad Gateway</h1>' })
    await ask(workspace)
    expect((await detail()).response?.body).toBe('<h1>502 Bad Gateway</h1>')
  },
)

test('no secret of a response is shown', async () => {
  const token = await mock.tokenFor('owner')
  const body = { access_token: 'hush-property', next: `/page?token=hush-query`, note: token }
  mock.respond({
    status: 200,
    headers: { 'Set-Cookie': 'session=hush-cookie', 'X-Api-Key': 'hush-key' },
    body,
  })
  await ask(workspace)
  const text = JSON.stringify(await detail())
  expect(text).toContain('set-cookie')
  expect(text).not.toContain('hush')
  expect(text).not.toContain(token)
})

test('a request that the journal does not have is not found', async () => {
  for (const id of ['0', '999999', 'last']) {
    expect((await fetch(`${mock.url}/_mock/requests/${id}`)).status).toBe(404)
  }
})
