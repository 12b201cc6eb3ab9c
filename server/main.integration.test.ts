import { copyFile, cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { afterEach, expect, test, vi } from 'vitest'
import { contractFile } from '../spec/contract-document.ts'
import { generateSigningKey } from './authentication/signing-key.ts'
import { createLog } from './log.ts'
import { type RunningServer, type ServerOptions, startServer } from './main.ts'

const path = '/workspaces/ws_a1b2c3d4e5f6g7h8/organizations/usage.pdf'
const ends: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const end of ends.splice(0)) await end()
})

async function start(options: ServerOptions = {}): Promise<RunningServer> {
  const server = await startServer({
    signingKey: await generateSigningKey(),
    log: createLog('silent'),
    renderThreads: 0,
    ...options,
  })
  ends.push(() => server.stop(0))
  return server
}

async function get(server: RunningServer, of = path) {
  return fetch(server.url + of, { headers: { authorization: `Bearer ${await server.tokenFor('owner')}` } })
}

async function directory(): Promise<string> {
  const made = await mkdtemp(join(tmpdir(), 'server-'))
  ends.push(() => rm(made, { recursive: true }))
  return made
}

test('a port that is taken is named', async () => {
  const { url } = await start()
  const port = Number(new URL(url).port)
  await expect(start({ port })).rejects.toThrow(`127.0.0.1:${port}: something else listens there`)
})

test('a stopping server finishes what it has begun and takes nothing new', async () => {
  let arrive = () => {}
  let release = () => {}
  const arrived = new Promise<void>((resolve) => (arrive = resolve))
  const released = new Promise<void>((resolve) => (release = resolve))
  const server = await start({
    delayMs: 1,
    sleep: () => {
      arrive()
      return released
    },
  })
  const response = get(server)
  await arrived
  const stopped = server.stop(600_000)
  await expect(get(server)).rejects.toThrow()
  release()
  expect((await response).status).toBe(200)
  await stopped
})

test('idle connections stay open for longer than clients keep them', async () => {
  const { headers } = await fetch(`${(await start()).url}/_mock/health`)
  expect(headers.get('keep-alive')).toBe('timeout=75')
})

test('a stop does not wait for what a client prefers to wait for', async () => {
  const { promise: arrived, resolve: arrive } = Promise.withResolvers<void>()
  const server = await start({
    sleep: (ms, signal) => {
      arrive()
      return setTimeout(ms, undefined, { ...(signal && { signal }) })
    },
  })
  const authorization = `Bearer ${await server.tokenFor('owner')}`
  const waiting = fetch(server.url + path, { headers: { authorization, Prefer: 'wait=60' } })
  await arrived
  await Promise.all([expect(waiting).rejects.toThrow(), server.stop(600_000)])
})

test('requests that a client pipelines are answered one after the other', async () => {
  let running = 0
  let most = 0
  const server = await start({
    delayMs: 1,
    sleep: async () => {
      most = Math.max(most, ++running)
      await setTimeout(5)
      running -= 1
    },
  })
  const { hostname, port, host } = new URL(server.url)
  const request = `HEAD ${path} HTTP/1.1\r\nHost: ${host}\r\nAuthorization: Bearer ${await server.tokenFor('owner')}\r\n`
  const socket = connect(Number(port), hostname)
  socket.write(`${`${request}\r\n`.repeat(9)}${request}Connection: close\r\n\r\n`)
  let text = ''
  for await (const chunk of socket) text += chunk
  expect(text.match(/^HTTP\/1\.1 200 /gm)).toHaveLength(10)
  expect(most).toBe(1)
})

test('an absolute request target names the same resource', async () => {
  const server = await start()
  const { hostname, port, host } = new URL(server.url)
  const token = await server.tokenFor('owner')
  const socket = connect(Number(port), hostname)
  socket.write(
    `HEAD http://${host}${path} HTTP/1.1\r\nHost: ${host}\r\nAuthorization: Bearer ${token}\r\nConnection: close\r\n\r\n`,
  )
  let text = ''
  for await (const chunk of socket) text += chunk
  expect(text).toMatch(/^HTTP\/1\.1 200 /)
  expect(server.requests().map((entry) => entry.path)).toEqual([path])
})

test.each([
  ['of another host in an absolute request target', 'http://elsewhere.example', '', 403],
  ['with a second Host', '', 'Host: elsewhere.example\r\n', 400],
])('a request %s is not one of this machine', async (_, prefix, field, status) => {
  const server = await start()
  const { hostname, port, host } = new URL(server.url)
  const socket = connect(Number(port), hostname)
  socket.write(`GET ${prefix}/_mock/personas HTTP/1.1\r\nHost: ${host}\r\n${field}Connection: close\r\n\r\n`)
  let text = ''
  for await (const chunk of socket) text += chunk
  expect(text).toMatch(`HTTP/1.1 ${status} `)
})

test('fixtures are read again when they change, and broken ones are not taken', async () => {
  const fixtures = await directory()
  const file = join(fixtures, 'workspaces', 'ws_a1b2c3d4e5f6g7h8.json')
  const source = fileURLToPath(new URL('../fixtures/workspaces/ws_a1b2c3d4e5f6g7h8.json', import.meta.url))
  await cp(source, file)
  const log = createLog('silent')
  const complain = vi.spyOn(log, 'error')
  const server = await start({ fixtures, watch: true, log })
  const name = async () => (await get(server)).headers.get('content-disposition')
  expect(await name()).toContain('ACME Corporation-')

  const text = await readFile(file, 'utf8')
  await writeFile(file, text.replace('"name": "ACME Corporation"', '"name": "Renamed"'))
  await expect.poll(name, { timeout: 20_000 }).toContain('Renamed-')

  await writeFile(file, '{')
  await expect.poll(() => complain.mock.calls.flat().join(), { timeout: 20_000 }).toContain(file)
  expect(await name()).toContain('Renamed-')
})

test('fixtures are read again after their directory was replaced by another', async () => {
  const fixtures = await directory()
  const workspaces = join(fixtures, 'workspaces')
  const file = join(workspaces, 'ws_a1b2c3d4e5f6g7h8.json')
  const source = fileURLToPath(new URL('../fixtures/workspaces/ws_a1b2c3d4e5f6g7h8.json', import.meta.url))
  const text = await readFile(source, 'utf8')
  const named = (name: string) => text.replace('"name": "ACME Corporation"', `"name": "${name}"`)
  await cp(source, file)
  const server = await start({ fixtures, watch: true })
  const name = async () => (await get(server)).headers.get('content-disposition')
  for (const replaced of ['Once', 'Twice']) {
    await rm(workspaces, { recursive: true })
    await mkdir(workspaces)
    await writeFile(file, named(replaced))
    await expect.poll(name, { timeout: 20_000 }).toContain(`${replaced}-`)
    await writeFile(file, named(`${replaced} edited`))
    await expect.poll(name, { timeout: 20_000 }).toContain(`${replaced} edited-`)
  }
})

test('fixtures that are read again beside a kept state are served after a reset, and the log says so', async () => {
  const fixtures = await directory()
  const file = join(fixtures, 'workspaces', 'ws_a1b2c3d4e5f6g7h8.json')
  const source = fileURLToPath(new URL('../fixtures/workspaces/ws_a1b2c3d4e5f6g7h8.json', import.meta.url))
  await cp(source, file)
  const log = createLog('silent')
  const tell = vi.spyOn(log, 'info')
  const server = await start({ fixtures, watch: true, log, stateFile: join(await directory(), 'state.json') })
  const name = async () => (await get(server)).headers.get('content-disposition')
  const text = await readFile(file, 'utf8')
  await writeFile(file, text.replace('"name": "ACME Corporation"', '"name": "Renamed"'))
  const told = () => tell.mock.calls.flat().join()
  await expect.poll(told, { timeout: 20_000 }).toContain('fixtures again: the state is kept')
  expect(await name()).toContain('ACME Corporation-')
  await server.reset()
  expect(await name()).toContain('Renamed-')
})

test('the contract is read again when it changes, and a broken one is not taken', async () => {
  const spec = join(await directory(), 'openapi.yaml')
  await copyFile(contractFile, spec)
  const log = createLog('silent')
  const complain = vi.spyOn(log, 'error')
  const server = await start({ spec, watch: true, log })
  const status = async (of: string) => (await get(server, of)).status
  const moved = path.replace('usage.pdf', 'export.pdf')
  expect([await status(path), await status(moved)]).toEqual([200, 404])

  const text = await readFile(spec, 'utf8')
  await writeFile(spec, text.replace('usage.pdf:', 'export.pdf:'))
  await expect.poll(() => status(path), { timeout: 20_000 }).toBe(404)
  expect(await status(moved)).toBe(200)

  await writeFile(spec, 'openapi: 3.0.3\n')
  await expect.poll(() => complain.mock.calls.flat().join(), { timeout: 20_000 }).toContain(`${spec}:`)
  expect(await status(moved)).toBe(200)
})

test('listening on every address, it names those that can be opened', async () => {
  const { url, networkUrls } = await start({ host: '0.0.0.0' })
  expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
  expect((await fetch(`${url}/_mock/health`)).status).toBe(200)
  for (const address of networkUrls) {
    expect(address).toMatch(/^http:\/\/\d+(\.\d+){3}:\d+$/)
    expect((await fetch(`${address}/_mock/health`)).status).toBe(200)
  }
  expect((await start()).networkUrls).toEqual([])
})
