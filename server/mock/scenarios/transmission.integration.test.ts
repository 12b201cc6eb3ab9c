import { type IncomingMessage, request } from 'node:http'
import { setTimeout } from 'node:timers/promises'
import { afterEach, expect, test } from 'vitest'
import { sample } from '../../../vitest.sampling.ts'
import type { AppOptions } from '../../app.ts'
import { generateSigningKey } from '../../authentication/signing-key.ts'
import { createLog } from '../../log.ts'
import { type RunningServer, startServer } from '../../main.ts'
import type { ScenarioSetting } from './catalogue.ts'

const path = '/workspaces/ws_guideexample0001/organizations/usage.pdf'
const signingKey = await generateSigningKey()
const servers: RunningServer[] = []
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.stop(0)))
})

/** A server with one scenario set; `sleep` replaces its waiting. */
async function serverWith(setting: ScenarioSetting, sleep?: AppOptions['sleep']) {
  const log = createLog('silent')
  const server = await startServer({ signingKey, log, renderThreads: 0, ...(sleep && { sleep }) })
  servers.push(server)
  server.setScenario(setting)
  return server
}

interface Received {
  status?: number
  by?: string
  declared?: number
  chunks: Buffer[]
  /** Error code of a connection that ended before the body did. */
  broken?: string
}

/** Status and chunks as they arrive; `onChunk` may end the connection. */
async function fetchRaw(
  server: RunningServer,
  onChunk?: (message: IncomingMessage) => void,
): Promise<Received> {
  const headers = { authorization: `Bearer ${await server.tokenFor('owner')}` }
  const received: Received = { chunks: [] }
  return new Promise((resolve) => {
    const fail = (error: NodeJS.ErrnoException) => resolve({ ...received, broken: error.code ?? '' })
    request(server.url + path, { headers, agent: false }, (message) => {
      received.status = message.statusCode ?? 0
      received.by = String(message.headers['x-mock-scenario'])
      received.declared = Number(message.headers['content-length'])
      message.on('data', (chunk: Buffer) => {
        received.chunks.push(chunk)
        onChunk?.(message)
      })
      message.on('error', fail)
      message.on('end', () => resolve(received))
      // Ending it ourselves raises no error event.
      message.on('close', () => fail({ code: 'LEFT' } as NodeJS.ErrnoException))
    })
      .on('error', fail)
      .end()
  })
}

/** Bytes received, as a fraction of Content-Length. */
const share = ({ chunks, declared = 0 }: Received) => Buffer.concat(chunks).length / declared

test('latency is fixed, or random within bounds and repeatable by seed', async () => {
  const waits: number[][] = [[], [], []]
  const settings: ScenarioSetting[] = [
    { name: 'latency', ms: 1500 },
    { name: 'latency', ms: 100, upTo: 900, seed: 7 },
    { name: 'latency', ms: 100, upTo: 900, seed: 7 },
  ]
  for (const [index, setting] of settings.entries()) {
    const server = await serverWith(setting, async (ms) => waits[index]?.push(ms))
    for (let call = 0; call < 5; call += 1) {
      expect(await fetchRaw(server)).toMatchObject({ status: 200, by: 'latency' })
    }
  }
  const [fixed, random, again] = waits as [number[], number[], number[]]
  expect(fixed).toEqual([1500, 1500, 1500, 1500, 1500])
  expect(random.every((ms) => ms >= 100 && ms <= 900)).toBe(true)
  expect(new Set(random).size).toBeGreaterThan(1)
  expect(again).toEqual(random)
})

test('a slow first byte comes after the headers', async () => {
  let release = () => {}
  const released = new Promise<void>((resolve) => (release = resolve))
  const server = await serverWith({ name: 'slow-first-byte' }, () => released)
  const headers = { authorization: `Bearer ${await server.tokenFor('owner')}` }
  // Resolves on the headers; the body cannot have begun.
  const response = await fetch(server.url + path, { headers })
  expect(response.status).toBe(200)
  expect(response.headers.get('x-mock-scenario')).toBe('slow-first-byte')
  release()
  expect(Buffer.from(await response.arrayBuffer()).toString('latin1')).toMatch(/^%PDF-[\s\S]*%%EOF\s*$/)
})

test('a dribbled body arrives complete, in the given number of chunks', async () => {
  const waits: number[] = []
  const server = await serverWith({ name: 'dribbled-body', ms: 800, chunks: 8 }, async (ms) => waits.push(ms))
  const received = await fetchRaw(server)
  expect(share(received)).toBe(1)
  expect(waits).toEqual(Array(8).fill(100))
})

test('a client that disconnects ends a dribbled body', async () => {
  const waits: Promise<string>[] = []
  const server = await serverWith({ name: 'dribbled-body', ms: 600_000, chunks: 10 }, (ms, signal) => {
    const wait = setTimeout(ms, undefined, { ...(signal && { signal }) })
    waits.push(wait.catch(({ name }) => name))
    return wait
  })
  expect(await fetchRaw(server, (message) => message.destroy())).toMatchObject({ broken: 'LEFT' })
  expect(await Promise.all(waits)).toEqual(['AbortError'])
})

test('a stalled body stops in the middle and the connection stays open', async () => {
  const server = await serverWith({ name: 'stalled-body', fraction: 0.25 })
  const received = await fetchRaw(server, (message) => {
    // The server sends nothing more, so the test ends the connection.
    expect(message.complete).toBe(false)
    setImmediate(() => message.destroy())
  })
  expect(received).toMatchObject({ status: 200, by: 'stalled-body', broken: 'LEFT' })
  expect(share(received)).toBeCloseTo(0.25, 2)
})

test('a server that stops gracefully does not wait for a stalled body', async () => {
  const server = await serverWith({ name: 'stalled-body' })
  const stopped: Promise<void>[] = []
  const received = await fetchRaw(server, () => stopped.push(server.stop(600_000)))
  expect(received.broken).toBe('ECONNRESET')
  await Promise.all(stopped)
})

test('a connection is reset before any response, or in the middle of the body', async () => {
  const before = await fetchRaw(await serverWith({ name: 'connection-reset' }))
  expect(before).toEqual({ chunks: [], broken: 'ECONNRESET' })
  const middle = await fetchRaw(await serverWith({ name: 'connection-reset', fraction: 0.5 }))
  expect(middle.broken).toBe('ECONNRESET')
  expect(Buffer.concat(middle.chunks).length).toBeLessThan(middle.declared ?? Number.POSITIVE_INFINITY)
})

test('a truncated document looks complete to HTTP', async () => {
  const received = await fetchRaw(await serverWith({ name: 'truncated-body' }))
  expect(received).toMatchObject({ status: 200, by: 'truncated-body' })
  expect(share(received)).toBe(1)
  const text = Buffer.concat(received.chunks).toString('latin1')
  expect(text).toMatch(/^%PDF-/)
  expect(text).not.toContain('%%EOF')
})

test.each<[ScenarioSetting['name'], RegExp]>([
  ['html-body', /^<!doctype html>/],
  ['empty-body', /^$/],
])('%s has the media type of a PDF', async (name, content) => {
  const server = await serverWith({ name } as ScenarioSetting)
  const response = await fetch(server.url + path, {
    headers: { authorization: `Bearer ${await server.tokenFor('owner')}` },
  })
  expect(response.status).toBe(200)
  expect(response.headers.get('content-type')).toBe('application/pdf')
  expect(await response.text()).toMatch(content)
})

test('a response without a document to truncate is sent as it is, unmarked and not counted', async () => {
  const server = await serverWith({ name: 'truncated-body', calls: 1 })
  const ask = async (persona: string) => {
    const headers = { authorization: `Bearer ${await server.tokenFor(persona)}` }
    const response = await fetch(server.url + path, { headers })
    return [response.status, response.headers.get('x-mock-scenario')]
  }
  expect(await ask('nobody')).toEqual([403, null])
  expect(await ask('owner')).toEqual([200, 'truncated-body'])
  expect(await ask('owner')).toEqual([200, null])
})

test.each(
  sample<ScenarioSetting>(2, [
    { name: 'truncated-body' },
    { name: 'slow-first-byte', ms: 0 },
    { name: 'dribbled-body', ms: 0 },
    { name: 'connection-reset', fraction: 0.5 },
  ]),
)('$name also applies to conditional and range requests', async (setting) => {
  const server = await serverWith(setting)
  const authorization = `Bearer ${await server.tokenFor('owner')}`
  for (const condition of [{ 'If-None-Match': '*' }, { Range: 'bytes=0-9' }]) {
    const response = await fetch(server.url + path, { headers: { authorization, ...(condition as object) } })
    expect([response.status, response.headers.get('x-mock-scenario')]).toEqual([200, setting.name])
    await response.arrayBuffer().catch(() => {})
  }
})
