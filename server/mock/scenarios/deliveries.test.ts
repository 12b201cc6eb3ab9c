import { type IncomingMessage, request } from 'node:http'
import { setTimeout } from 'node:timers/promises'
import { afterEach, expect, test } from 'vitest'
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

/** A server in one situation, whose clock goes as it is told. */
async function serverWith(setting: ScenarioSetting, sleep?: AppOptions['sleep']) {
  const log = createLog('silent')
  const server = await startServer({ signingKey, log, ...(sleep && { sleep }) })
  servers.push(server)
  server.setScenario(setting)
  return server
}

interface Delivery {
  status?: number
  by?: string
  declared?: number
  chunks: Buffer[]
  /** How the wire ended, where it did not end well. */
  broken?: string
}

/** What arrives on the wire; `onChunk` may end the connection. */
async function fetchRaw(
  server: RunningServer,
  onChunk?: (message: IncomingMessage) => void,
): Promise<Delivery> {
  const headers = { authorization: `Bearer ${await server.tokenFor('owner')}` }
  const delivery: Delivery = { chunks: [] }
  return new Promise((resolve) => {
    const fail = (error: NodeJS.ErrnoException) => resolve({ ...delivery, broken: error.code ?? '' })
    request(server.url + path, { headers, agent: false }, (message) => {
      delivery.status = message.statusCode ?? 0
      delivery.by = String(message.headers['x-mock-scenario'])
      delivery.declared = Number(message.headers['content-length'])
      message.on('data', (chunk: Buffer) => {
        delivery.chunks.push(chunk)
        onChunk?.(message)
      })
      message.on('error', fail)
      message.on('end', () => resolve(delivery))
      // What we end ourselves is no error.
      message.on('close', () => fail({ code: 'LEFT' } as NodeJS.ErrnoException))
    })
      .on('error', fail)
      .end()
  })
}

/** Bytes that arrived, as a share of those that were promised. */
const share = ({ chunks, declared = 0 }: Delivery) => Buffer.concat(chunks).length / declared

test('latency is fixed, or at random within bounds and the same for the same seed', async () => {
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

test('a slow first byte comes after the header fields', async () => {
  let release = () => {}
  const released = new Promise<void>((resolve) => (release = resolve))
  const server = await serverWith({ name: 'slow-first-byte' }, () => released)
  const headers = { authorization: `Bearer ${await server.tokenFor('owner')}` }
  // Resolves on the header fields; the body cannot have begun.
  const response = await fetch(server.url + path, { headers })
  expect(response.status).toBe(200)
  expect(response.headers.get('x-mock-scenario')).toBe('slow-first-byte')
  release()
  expect(Buffer.from(await response.arrayBuffer()).toString('latin1')).toMatch(/^%PDF-[\s\S]*%%EOF\s*$/)
})

test('a dribbled body comes whole, in as many pieces as asked for', async () => {
  const waits: number[] = []
  const server = await serverWith({ name: 'dribbled-body', ms: 800, chunks: 8 }, async (ms) => waits.push(ms))
  const delivery = await fetchRaw(server)
  expect(share(delivery)).toBe(1)
  expect(waits).toEqual(Array(8).fill(100))
})

test('a client that leaves a dribbled body ends it', async () => {
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
  const delivery = await fetchRaw(server, (message) => {
    // Nothing more comes of itself: the end is ours.
    expect(message.complete).toBe(false)
    setImmediate(() => message.destroy())
  })
  expect(delivery).toMatchObject({ status: 200, by: 'stalled-body', broken: 'LEFT' })
  expect(share(delivery)).toBeCloseTo(0.25, 2)
})

test('a server that stops gracefully does not wait for what a scenario has stalled', async () => {
  const server = await serverWith({ name: 'stalled-body' })
  const stopped: Promise<void>[] = []
  const delivery = await fetchRaw(server, () => stopped.push(server.stop(600_000)))
  expect(delivery.broken).toBe('ECONNRESET')
  await Promise.all(stopped)
})

test('a connection is reset before any answer, or in the middle of the body', async () => {
  const before = await fetchRaw(await serverWith({ name: 'connection-reset' }))
  expect(before).toEqual({ chunks: [], broken: 'ECONNRESET' })
  const middle = await fetchRaw(await serverWith({ name: 'connection-reset', fraction: 0.5 }))
  expect(middle.broken).toBe('ECONNRESET')
  expect(Buffer.concat(middle.chunks).length).toBeLessThan(middle.declared ?? Number.POSITIVE_INFINITY)
})

test('a truncated document looks complete to HTTP', async () => {
  const delivery = await fetchRaw(await serverWith({ name: 'truncated-body' }))
  expect(delivery).toMatchObject({ status: 200, by: 'truncated-body' })
  expect(share(delivery)).toBe(1)
  const text = Buffer.concat(delivery.chunks).toString('latin1')
  expect(text).toMatch(/^%PDF-/)
  expect(text).not.toContain('%%EOF')
})

test.each<[ScenarioSetting['name'], RegExp]>([
  ['html-body', /^<!doctype html>/],
  ['empty-body', /^$/],
])('%s claims to be a PDF', async (name, content) => {
  const server = await serverWith({ name } as ScenarioSetting)
  const response = await fetch(server.url + path, {
    headers: { authorization: `Bearer ${await server.tokenFor('owner')}` },
  })
  expect(response.status).toBe(200)
  expect(response.headers.get('content-type')).toBe('application/pdf')
  expect(await response.text()).toMatch(content)
})

test('where there is no document to spoil, the right answer goes out unmarked and is no call of the scenario', async () => {
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

test.each<ScenarioSetting>([
  { name: 'truncated-body' },
  { name: 'slow-first-byte', ms: 0 },
  { name: 'dribbled-body', ms: 0 },
  { name: 'connection-reset', fraction: 0.5 },
])('$name meets a browser too that has the document already, or a part of it', async (setting) => {
  const server = await serverWith(setting)
  const authorization = `Bearer ${await server.tokenFor('owner')}`
  for (const condition of [{ 'If-None-Match': '*' }, { Range: 'bytes=0-9' }]) {
    const response = await fetch(server.url + path, { headers: { authorization, ...(condition as object) } })
    expect([response.status, response.headers.get('x-mock-scenario')]).toEqual([200, setting.name])
    await response.arrayBuffer().catch(() => {})
  }
})
