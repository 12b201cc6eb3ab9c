import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PDFParse } from 'pdf-parse'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { parse } from 'yaml'
import { contractFile } from '../spec/contract-document.ts'
import { createMock, type Mock } from './mock/create-mock.ts'

let directory: string
let mock: Mock | undefined
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'own-contract-'))
})
afterEach(() => mock?.close())
afterAll(() => rm(directory, { recursive: true }))

const json = (schema: object, rest: object = {}) => ({
  description: 'OK',
  content: { 'application/json': { schema, ...rest } },
})
const operation = (operationId: string, responses: object, rest: object = {}) => ({
  get: { operationId, responses, ...rest },
})

/** Starts a mock on a contract with these members beside the usual ones. */
async function serve(contract: { paths: object; [member: string]: unknown }): Promise<Mock> {
  const spec = join(directory, 'books.json')
  const info = { title: 'Books', version: '1' }
  await writeFile(spec, JSON.stringify({ openapi: '3.0.3', info, ...contract }))
  mock = await createMock({ spec })
  return mock
}

const get = async (path: string, headers: Record<string, string> = {}) => {
  const response = await fetch(mock!.url + path, { headers })
  return { status: response.status, headers: response.headers, body: await response.json() }
}
const book = { type: 'object', required: ['title'], properties: { title: { type: 'string' } } }
const books = { '/books': operation('listBooks', { 200: json(book, { example: { title: 'One' } }) }) }

test.each([
  ['a whole URL', [{ url: 'https://books.example/api/v1' }], '/api/v1'],
  [
    'one with a variable',
    [
      {
        url: 'https://{host}/{base}/',
        variables: { host: { default: 'b.example' }, base: { default: 'v2' } },
      },
    ],
    '/v2',
  ],
  ['a relative one', [{ url: './v3' }], '/v3'],
  ['the second', [{ url: 'https://books.example' }, { url: 'https://test.example/stage' }], '/stage'],
])('operations are served below the path of a server: %s', async (_which, servers, base) => {
  await serve({ paths: books, servers })
  expect((await get(`${base}/books?x`)).body).toEqual({ title: 'One' })
  expect((await get(`${base}/bookshelf`)).status).toBe(404)
  expect((await get(`${base}x/books`)).status).toBe(404)
  const [first, second] = mock!.requests()
  expect(first!.verdict.mistakes).toEqual([
    'listBooks has no query parameter x, which is ignored: it has none.',
  ])
  expect(second!.verdict.mistakes).toEqual(['The contract has no path /bookshelf. The nearest is /books.'])
})

test('a request that lacks the path of the server is served, and the journal says so', async () => {
  await serve({ paths: books, servers: [{ url: 'https://books.example/v1' }] })
  expect((await get('/books')).status).toBe(200)
  expect((await get('/v1/books')).status).toBe(200)
  expect(mock!.requests().map(({ verdict }) => verdict.remarks)).toEqual([
    ["The contract's servers have their operations below /v1, which the path lacks."],
    [],
  ])
})

test('declared response headers are sent, with their examples', async () => {
  const headers = {
    'X-Total': { schema: { type: 'integer', example: 42 } },
    'Cache-Control': { schema: { type: 'string' }, example: 'max-age=60' },
  }
  const response = { ...json(book), headers }
  await serve({ paths: { '/books': operation('listBooks', { 200: response }) } })
  const { headers: sent } = await get('/books')
  expect([sent.get('x-total'), sent.get('cache-control')]).toEqual(['42', 'max-age=60'])
  expect(sent.get('access-control-expose-headers') ?? 'X-Total').toContain('X-Total')
})

test('headers that a contract declares do not take the place of those of the connection and of CORS', async () => {
  const names = [
    'Access-Control-Allow-Origin',
    'Access-Control-Allow-Headers',
    'Date',
    'Content-Length',
    'Connection',
  ]
  const headers = Object.fromEntries(
    names.map((name) => [name, { required: true, schema: { type: 'string' } }]),
  )
  await serve({
    paths: {
      '/books': operation('listBooks', { 200: { ...json(book, { example: { title: 'One' } }), headers } }),
    },
  })
  const origin = 'http://localhost:5173'
  const { status, headers: sent, body } = await get('/books', { Origin: origin })
  expect([status, body, sent.get('access-control-allow-origin')]).toEqual([200, { title: 'One' }, origin])
  expect(Date.parse(sent.get('date')!)).toBeGreaterThan(0)
  expect((await get('/books')).status).toBe(200)
})

test('what no example gives is generated as its schema says, the same each time', async () => {
  const schema = {
    type: 'object',
    required: ['id', 'state', 'pages'],
    properties: {
      id: { type: 'string', pattern: '^bk_[a-z]{4}$' },
      state: { type: 'string', enum: ['lent', 'here'] },
      pages: { type: 'integer', minimum: 7, maximum: 9 },
    },
  }
  await serve({ paths: { '/books': operation('listBooks', { 200: json(schema) }) } })
  const { status, body } = await get('/books')
  expect(status).toBe(200)
  expect(body).toMatchObject({ id: expect.stringMatching(/^bk_[a-z]{4}$/) })
  expect((await get('/books')).body).toEqual(body)
})

test.each(['2XX', 'default'])('a response that is documented as %s is one', async (key) => {
  await serve({
    paths: { '/books': operation('listBooks', { [key]: json(book, { example: { title: 'One' } }) }) },
  })
  const { status, body } = await get('/books')
  expect([status, body]).toEqual([200, { title: 'One' }])
})

test('an operation with the id of one of ours, but not its path, is not ours', async () => {
  await serve({
    paths: { '/shops': operation('listWorkspaces', { 200: json(book, { example: { title: 'One' } }) }) },
  })
  expect((await get('/shops')).body).toEqual({ title: 'One' })
})

test('in a version of our contract, an operation of ours that has another path is still ours', async () => {
  const ours = parse(await readFile(contractFile, 'utf8')) as { paths: Record<string, unknown> }
  const path = '/workspaces/{workspaceId}/organizations/usage.pdf'
  const { [path]: moved, ...others } = ours.paths
  await serve({ ...ours, paths: { ...others, [path.replace('usage', 'export')]: moved } })
  const workspace = 'ws_a1b2c3d4e5f6g7h8'
  const headers = { authorization: `Bearer ${await mock!.tokenFor('owner')}` }
  const response = await fetch(`${mock!.url}/workspaces/${workspace}/organizations/export.pdf`, { headers })
  expect(response.headers.get('content-disposition')).toContain('.pdf')
  expect(await response.text()).toContain('/ObjStm')
})

test('a version of our contract may require headers that our handlers do not know', async () => {
  const ours = parse(await readFile(contractFile, 'utf8'))
  const schema = { type: 'integer' }
  ours.paths['/workspaces'].get.responses['200'].headers = {
    'X-Quota-Left': { required: true, schema: { ...schema, example: 12 } },
    'X-Quota-Limit': { required: true, schema, examples: { usual: { value: 50 } } },
    'X-Optional': { schema, example: 1 },
  }
  await serve(ours)
  const { status, headers } = await get('/workspaces', {
    authorization: `Bearer ${await mock!.tokenFor('owner')}`,
  })
  expect(status).toBe(200)
  expect(['X-Quota-Left', 'X-Quota-Limit', 'X-Optional'].map((name) => headers.get(name))).toEqual([
    '12',
    '50',
    null,
  ])
})

test('where the contract says no more than PDF, a PDF is sent', async () => {
  const pdf = {
    description: 'OK',
    content: { 'application/pdf': { schema: { type: 'string', format: 'binary' } } },
  }
  await serve({ paths: { '/invoice': operation('readInvoice', { 200: pdf }) } })
  const response = await fetch(`${mock!.url}/invoice`)
  expect([response.status, response.headers.get('content-type')]).toEqual([200, 'application/pdf'])
  const parser = new PDFParse({ data: new Uint8Array(await response.arrayBuffer()) })
  expect((await parser.getText()).text).toContain('Example of get /invoice')
  await parser.destroy()
})

test.each([
  ['in a header', { type: 'apiKey', in: 'header', name: 'X-Key' }, '/books', { 'X-Key': 'a' }],
  ['in the query', { type: 'apiKey', in: 'query', name: 'key' }, '/books?key=a', {}],
  ['in a cookie', { type: 'apiKey', in: 'cookie', name: 'key' }, '/books', { Cookie: 'a=b; key=c' }],
  ['a password', { type: 'http', scheme: 'basic' }, '/books', { Authorization: 'Basic YTpi' }],
])('an API key is taken, and its absence refused: %s', async (_where, scheme, path, headers) => {
  await serve({ paths: books, security: [{ key: [] }], components: { securitySchemes: { key: scheme } } })
  expect((await get('/books')).status).toBe(401)
  expect((await get(path, headers)).status).toBe(200)
})

test('without our operations the control plane has no workspaces, and no persona where no token is needed', async () => {
  await serve({ paths: books })
  expect((await get('/_mock/personas')).body.personas).toEqual([])
  for (const path of ['workspaces', 'fixtures', 'product-types']) {
    const { status, body } = await get(`/_mock/${path}`)
    expect([status, body.detail]).toEqual([404, 'The contract that is served, Books, has no workspaces.'])
  }
})

const refusal = json({ type: 'object', properties: { error: { type: 'string', example: 'no key' } } })
const key = { type: 'apiKey', in: 'header', name: 'X-Api-Key' }
const guarded = { components: { securitySchemes: { key } }, security: [{ key: [] }] }

test('operations are refused as their contract documents it, and else with a problem that has nothing of ours', async () => {
  const limit = { name: 'limit', in: 'query', schema: { type: 'integer', maximum: 10 } }
  const responses = { 200: json(book), 401: refusal }
  const paths = { '/books': operation('listBooks', responses, { parameters: [limit] }) }
  await serve({ paths, ...guarded })
  const unauthorized = await get('/books')
  expect([unauthorized.status, unauthorized.body]).toEqual([401, { error: 'no key' }])
  expect(unauthorized.headers.get('www-authenticate')).toContain('Bearer')
  expect((await get('/books?limit=11', { 'X-Api-Key': 'any' })).body).toEqual({
    type: 'about:blank',
    title: 'Bad Request',
    status: 400,
    detail: 'The query parameter limit must be at most 10.',
  })
  expect((await get('/none', { 'X-Api-Key': 'any' })).body).toMatchObject({ type: 'about:blank' })
  expect(mock!.requests().map(({ verdict }) => verdict.mistakes)).toEqual([
    ['Send the header X-Api-Key, or a bearer token in the Authorization header.'],
    ['The query parameter limit must be at most 10.'],
    [expect.stringContaining('no path /none')],
  ])
})

test.each([
  ['its status', '401'],
  ['its range', '4XX'],
  ['default', 'default'],
])('preference and scenario give an error that is documented by %s', async (_which, documented) => {
  const paths = { '/books': operation('listBooks', { 200: json(book), [documented]: refusal }) }
  await serve({ paths, ...guarded })
  const headers = { 'X-Api-Key': 'any' }
  const preferred = await get('/books', { ...headers, Prefer: 'code=401' })
  expect([preferred.status, preferred.body]).toEqual([401, { error: 'no key' }])
  mock!.scenario({ name: 'error', status: 401, calls: 1 })
  const { status, body, headers: sent } = await get('/books', headers)
  expect([status, body, sent.get('x-mock-scenario')]).toEqual([401, { error: 'no key' }, 'error'])
  expect(mock!.requests({ scenario: 'error' })[0]).not.toHaveProperty('undocumented')
})

test('a key of one operation opens no other, and no path of a template opens a literal one', async () => {
  const bearer = { type: 'http', scheme: 'bearer' }
  const responses = { 200: json(book, { example: { title: 'One' } }) }
  await serve({
    paths: {
      '/books/{id}': operation('readBook', responses, { security: [] }),
      '/books/mine': operation('readMine', responses, { security: [{ bearer: [] }] }),
      '/keys': operation('readKeys', responses, { security: [{ key: [] }] }),
    },
    components: { securitySchemes: { key, bearer } },
  })
  const headers = { 'X-Api-Key': 'any' }
  const statuses = []
  for (const path of ['/books/1', '/books/mine', '/keys', '/none'])
    statuses.push((await get(path, headers)).status)
  expect(statuses).toEqual([200, 401, 200, 404])
})

test('a path that looks like one of ours has none of our workspaces', async () => {
  await serve({ paths: { '/workspaces/{id}/books': books['/books'] } })
  const { status, body } = await get('/workspaces/any/books')
  expect([status, body]).toEqual([200, { title: 'One' }])
})
