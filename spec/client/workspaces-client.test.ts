import { expect, expectTypeOf, test } from 'vitest'
import { type ClientOptions, createWorkspacesClient, type Problem } from '../client.ts'

const usage = '/workspaces/{workspaceId}/organizations/usage.pdf'
const params = { path: { workspaceId: 'ws_a1b2c3d4e5f6g7h8' } }
const sent: Request[] = []

function clientReceiving(response: () => Response, token?: ClientOptions['token']) {
  return createWorkspacesClient({
    baseUrl: 'https://api.example/v1',
    token,
    fetch: async (request) => {
      sent.push(request)
      return response()
    },
  })
}

const responding = (status: number, body: string | null, type?: string) => () =>
  new Response(body, { status, headers: type ? { 'content-type': type } : {} })

test('a path of the contract is requested below the base URL, with the current token', async () => {
  let issued = 0
  const list = responding(200, '{"data":[],"has_more":false}', 'application/json')
  const client = clientReceiving(list, async () => `t${++issued}`)
  for (const expected of ['Bearer t1', 'Bearer t2']) {
    const { data } = await client.GET('/workspaces/{workspaceId}/organizations', {
      params: { path: { workspaceId: 'ws_a b' } },
    })
    expect(data).toEqual({ data: [], has_more: false })
    expect(sent.at(-1)?.url).toBe('https://api.example/v1/workspaces/ws_a%20b/organizations')
    expect(sent.at(-1)?.headers.get('authorization')).toBe(expected)
  }
})

test('without a token, requests have no Authorization', async () => {
  await clientReceiving(responding(200, '{"data":[]}', 'application/json')).GET('/workspaces')
  expect(sent.at(-1)?.headers.has('authorization')).toBe(false)
})

test('a file comes as Blob, in type and value, without parseAs', async () => {
  const { data, error } = await clientReceiving(responding(200, '%PDF-1.7', 'application/pdf')).GET(usage, {
    params,
  })
  expectTypeOf(data).toEqualTypeOf<Blob | undefined>()
  expectTypeOf(error).toEqualTypeOf<Problem | undefined>()
  expect(await data?.text()).toBe('%PDF-1.7')
})

test('a file comes as what parseAs asks for', async () => {
  const client = clientReceiving(responding(200, '%PDF-1.7', 'application/pdf'))
  const { data } = await client.GET(usage, { params, parseAs: 'arrayBuffer' })
  expectTypeOf(data).toEqualTypeOf<ArrayBuffer | undefined>()
  expect(data?.byteLength).toBe(8)
})

test('a problem comes as it is, completed by the status', async () => {
  const body = {
    type: 'permission_error',
    code: 'forbidden',
    message: 'No.',
    doc_url: 'https://docs.example/',
  }
  const client = clientReceiving(responding(403, JSON.stringify(body), 'application/problem+json'))
  const { data, error } = await client.GET('/workspaces/{workspaceId}', { params })
  expectTypeOf(error).toEqualTypeOf<Problem | undefined>()
  expect(data).toBeUndefined()
  expect(error).toEqual({ ...body, status: 403, title: 'Status 403', detail: 'No.' })
})

test.each([
  [502, '<h1>Bad Gateway</h1>', 'text/html'],
  [401, null, undefined],
  [500, '[1]', 'application/json'],
  [504, '"Timeout"', 'application/json'],
])('status %i with %j is a problem all the same', async (status, body, type) => {
  for (const path of [usage, '/workspaces/{workspaceId}'] as const) {
    const { error } = await clientReceiving(responding(status, body, type)).GET(path, { params })
    expect(error).toMatchObject({ type: 'about:blank', code: 'undescribed_error', status })
    expect(error?.detail).toContain(`status ${status} and ${body ? `a body of ${type}` : 'no body'}`)
  }
})

test('an error that has no body by its length is a problem', async () => {
  const empty = () => new Response(null, { status: 404, headers: { 'content-length': '0' } })
  expect((await clientReceiving(empty).GET(usage, { params })).error).toMatchObject({ status: 404 })
})

test('a page in the place of JSON is named in the error', async () => {
  const client = clientReceiving(responding(200, '<!doctype html>', 'text/html'))
  await expect(client.GET('/workspaces')).rejects.toThrow('responded 200 with text/html, which is not JSON')
})

test('no content is no data', async () => {
  const client = clientReceiving(responding(204, null))
  const { data, error } = await client.DELETE('/workspaces/{workspaceId}', { params })
  expect({ data, error }).toEqual({ data: undefined, error: undefined })
})

test('the global fetch is the one at the time of the request', async () => {
  const client = createWorkspacesClient({ baseUrl: 'https://api.example', token: 't' })
  const original = globalThis.fetch
  globalThis.fetch = async () => new Response('{"data":[]}')
  try {
    expect((await client.GET('/workspaces')).data).toEqual({ data: [] })
  } finally {
    globalThis.fetch = original
  }
})

test('what the contract does not have does not compile', () => {
  const client = clientReceiving(responding(200, '{}', 'application/json'))
  // @ts-expect-error: no such path
  expect(() => client.GET('/workspace')).not.toThrow()
  // @ts-expect-error: the path parameter is missing
  expect(() => client.GET(usage)).not.toThrow()
})
