import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { atFullSize } from '../../../vitest.sampling.ts'
import { createMock, type Mock } from '../create-mock.ts'

let staging: Server
let origin: string
let directory: string
let received: { method: string; url: string; headers: IncomingHttpHeaders; body: string }[]

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'recording-'))
  staging = createServer(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += chunk
    const { method = '', url = '', headers } = request
    received.push({ method, url, headers, body })
    if (url.includes('redirect')) response.writeHead(302, { location: 'http://elsewhere.example/' }).end()
    else if (url.includes('bomb')) {
      response.writeHead(200, { 'content-encoding': 'gzip' })
      const piece = gzipSync(Buffer.alloc(2 ** 24))
      for (let count = 0; count < 64; count++) response.write(piece)
      response.end()
    } else if (url.includes('binary'))
      response.writeHead(200, { 'x-kind': 'bytes' }).end(Buffer.from([0, 255]))
    else {
      response.writeHead(200, { 'content-type': 'application/json', 'set-cookie': 'session=secret' })
      response.end(JSON.stringify({ from: 'staging', url, body }))
    }
  })
  await new Promise<void>((resolve) => staging.listen(0, '127.0.0.1', resolve))
  origin = `http://127.0.0.1:${(staging.address() as AddressInfo).port}`
})
beforeEach(() => {
  received = []
})
afterAll(async () => {
  staging.close()
  await rm(directory, { recursive: true })
})

const call = async (mock: Mock, path: string, init: RequestInit = {}) => {
  const headers = { authorization: `Bearer ${await mock.tokenFor('owner')}`, ...init.headers }
  return fetch(mock.url + path, { redirect: 'manual', ...init, headers })
}

test('what neither contract nor state answers is asked there, credentials included', async () => {
  await using mock = await createMock({ proxy: `${origin}/api/` })
  const undocumented = await call(mock, '/devices?page=2', {
    method: 'POST',
    headers: {
      authorization: 'Bearer of-staging',
      'content-type': 'text/csv',
      origin: 'http://localhost:3000',
    },
    body: 'a,b',
  })
  expect(undocumented.headers.get('x-mock-engine')).toBe('proxy')
  expect(undocumented.headers.get('access-control-allow-origin')).toBe('http://localhost:3000')
  expect(await undocumented.json()).toEqual({ from: 'staging', url: '/api/devices?page=2', body: 'a,b' })
  expect(received[0]?.headers).toMatchObject({
    authorization: 'Bearer of-staging',
    'content-type': 'text/csv',
  })
  expect(received[0]?.headers.host).toBe(new URL(origin).host)

  const unknown = await call(mock, '/workspaces/ws_0000000000000000')
  expect(await unknown.json()).toMatchObject({ url: '/api/workspaces/ws_0000000000000000' })
  const change = await call(mock, '/workspaces/ws_0000000000000000', {
    method: 'PATCH',
    headers: { 'content-type': 'application/json' },
    body: '{"name":"New"}',
  })
  expect(await change.json()).toMatchObject({ body: '{"name":"New"}' })
  expect(mock.requests().map(({ passedOn, verdict }) => [passedOn, verdict.right])).toEqual([
    [true, true],
    [true, true],
    [true, true],
  ])
})

test('what the mock answers itself is not asked there', async () => {
  await using mock = await createMock({ proxy: origin })
  const statuses = []
  statuses.push((await call(mock, '/workspaces')).status)
  statuses.push((await call(mock, '/workspaces', { headers: { authorization: 'Bearer none' } })).status)
  statuses.push((await call(mock, '/workspaces/ws_zzzzzzzzzzzzzzzz')).status)
  const preferring = { headers: { prefer: 'code=404' } }
  statuses.push((await call(mock, '/workspaces/ws_a1b2c3d4e5f6g7h8', preferring)).status)
  mock.scenario({ name: 'error', status: 404, calls: 1 })
  statuses.push((await call(mock, '/workspaces/ws_a1b2c3d4e5f6g7h8')).status)
  expect(statuses).toEqual([200, 401, 403, 404, 404])
  expect(received).toEqual([])
})

test('a redirection is passed back, and not followed', async () => {
  await using mock = await createMock({ proxy: origin })
  const response = await call(mock, '/redirect')
  expect([response.status, response.headers.get('location')]).toEqual([302, 'http://elsewhere.example/'])
})

test('what was recorded is given without the network, and holds no credential', async () => {
  const file = join(directory, 'staging.json')
  const post = (name: string) => ({ method: 'POST', body: name })
  const recording = await createMock({ proxy: origin, record: file })
  await call(recording, '/devices?page=1')
  await call(recording, '/devices', post('one'))
  await call(recording, '/devices', post('two'))
  await call(recording, '/binary')
  await recording.close()
  const source = await readFile(file, 'utf8')
  expect(source).not.toMatch(/secret|Bearer|eyJ/)
  received = []
  await using mock = await createMock({ replay: file })
  expect(await (await call(mock, '/devices?page=1')).json()).toMatchObject({ url: '/devices?page=1' })
  expect(await (await call(mock, '/devices', post('two'))).json()).toMatchObject({ body: 'two' })
  expect(await (await call(mock, '/devices', post('one'))).json()).toMatchObject({ body: 'one' })
  const binary = await call(mock, '/binary')
  expect([...new Uint8Array(await binary.arrayBuffer()), binary.headers.get('x-kind')]).toEqual([
    0,
    255,
    'bytes',
  ])
  expect((await call(mock, '/devices?page=3')).status).toBe(404)
  expect(received).toEqual([])
})

test('a deployment that does not respond is a 502 that says so', async () => {
  await using mock = await createMock({ proxy: 'http://127.0.0.1:9' })
  const response = await call(mock, '/devices')
  expect(response.status).toBe(502)
  expect(await response.json()).toMatchObject({
    code: 'bad_gateway',
    detail: expect.stringContaining('http://127.0.0.1:9 did not respond'),
  })
})

atFullSize('a response that decompresses to a gigabyte is a 502 that says so', async () => {
  await using mock = await createMock({ proxy: origin })
  const response = await call(mock, '/bomb')
  expect(response.status).toBe(502)
  expect(await response.json()).toMatchObject({ detail: `${origin} responds with more than 50 MiB.` })
})

test('a file that is no recording stops the start', async () => {
  const file = join(directory, 'other.json')
  await writeFile(file, '{"data":[]}')
  await expect(createMock({ replay: file })).rejects.toThrow(`${file}: is no recording`)
  await expect(createMock({ replay: `${file}.missing` })).rejects.toThrow('cannot be read')
})
