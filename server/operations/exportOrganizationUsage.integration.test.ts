import request from 'supertest'
import { afterEach, expect, test } from 'vitest'
import { createApp } from '../app.ts'
import { generateSigningKey } from '../authentication/signing-key.ts'
import { createLog } from '../log.ts'
import { type RunningServer, startServer } from '../main.ts'
import { RendererBusyError } from '../report/renderer-busy-error.ts'
import type { Renderer } from './handler.ts'

const path = '/workspaces/ws_guideexample0001/organizations/usage.pdf'
const signingKey = await generateSigningKey()
const log = createLog('silent')
const servers: RunningServer[] = []
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.stop(0)))
})

test('while too many reports are being rendered the client is asked to come back', async () => {
  const render: Renderer = async () => {
    throw new RendererBusyError()
  }
  const { app, tokenFor } = await createApp({ signingKey, log, render })
  const response = await request(app)
    .get(path)
    .set('Authorization', `Bearer ${await tokenFor('viewer')}`)
  expect(response.status).toBe(503)
  expect(response.type).toBe('application/problem+json')
  expect(Number(response.headers['retry-after'])).toBeGreaterThan(0)
})

test('a client that leaves takes its place in the queue with it', async () => {
  const leave = new AbortController()
  const left = Promise.withResolvers<unknown>()
  const render: Renderer = (_data, signal) =>
    new Promise((_resolve, reject) => {
      signal?.addEventListener('abort', () => {
        left.resolve(signal.reason.name)
        reject(signal.reason)
      })
      leave.abort()
    })
  const server = await startServer({ signingKey, log, render })
  servers.push(server)
  const headers = { authorization: `Bearer ${await server.tokenFor('viewer')}` }
  await expect(fetch(server.url + path, { headers, signal: leave.signal })).rejects.toThrow()
  expect(await left.promise).toBe('AbortError')
})

test('a server rendering in threads gives the same bytes to each of several requests at once', async () => {
  const server = await startServer({ signingKey, log, renderThreads: 1 })
  servers.push(server)
  const headers = { authorization: `Bearer ${await server.tokenFor('viewer')}` }
  const bodies = await Promise.all(
    [1, 2, 3].map(async () => (await fetch(server.url + path, { headers })).arrayBuffer()),
  )
  const [first, ...others] = bodies.map((body) => Buffer.from(body))
  expect(first?.toString('latin1', 0, 5)).toBe('%PDF-')
  expect(others.every((other) => other.equals(first as Buffer))).toBe(true)
})
