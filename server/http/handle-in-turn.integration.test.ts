import { once } from 'node:events'
import { createServer, type RequestListener, type ServerResponse } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { setTimeout } from 'node:timers/promises'
import { connect as connectTls } from 'node:tls'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { sample } from '../../vitest.sampling.ts'
import { generateCertificate } from '../tls/certificate.ts'
import { handleInTurn } from './handle-in-turn.ts'
import { writeBody } from './write-body.ts'

/** More than the operating system takes for a client that does not read. */
const large = Buffer.alloc(24 * 1024 * 1024, '.')
const pipelined = (count: number, path = '/large') => `GET ${path} HTTP/1.1\r\nHost: x\r\n\r\n`.repeat(count)
const certificate = await generateCertificate()

const ends: (() => unknown)[] = []
afterEach(async () => {
  for (const end of ends.splice(0)) await end()
})

/** A server that counts the requests that it handles; those of `/large` get as much, `/held` nothing before `release`. */
async function serve(unreadMs: number, isTls = false) {
  const responses: ServerResponse[] = []
  const held: ServerResponse[] = []
  const handle: RequestListener = (request, response) => {
    responses.push(response)
    if (request.url === '/held') held.push(response)
    else writeBody(response, request.url === '/large' ? large : Buffer.from(request.url!)).catch(() => {})
  }
  const inTurn = handleInTurn(handle, { waiting: 100, unreadMs })
  const server = isTls ? createTlsServer(certificate, inTurn) : createServer(inTurn)
  await once(server.listen(0, '127.0.0.1'), 'listening')
  ends.push(() => {
    server.closeAllConnections()
    server.close()
  })
  const { port } = server.address() as AddressInfo
  const open = async (text: string) => {
    const socket = isTls
      ? connectTls({ port, host: '127.0.0.1', ca: certificate.cert })
      : connect(port, '127.0.0.1')
    ends.push(() => socket.destroy())
    socket.on('error', () => {})
    await once(socket, isTls ? 'secureConnect' : 'connect')
    socket.write(text)
    return socket
  }
  const release = () => {
    for (const response of held) response.end('released')
  }
  return { open, responses, release }
}

async function readAll(socket: Socket, bytesPerMs = Number.POSITIVE_INFINITY): Promise<string> {
  const chunks: Buffer[] = []
  let due = 0
  for await (const chunk of socket) {
    chunks.push(chunk)
    due += chunk.length / bytesPerMs
    // TLS delivers records of 16 KiB: one timer for several of them.
    if (due < 10) continue
    await setTimeout(due)
    due = 0
  }
  return Buffer.concat(chunks).toString('latin1')
}

describe.each(
  sample(2, [
    ['HTTPS', true],
    ['HTTP', false],
  ] as const),
)('over %s', (_, isTls) => {
  test('a client that does not read has part of one response waiting, and loses its connection', async () => {
    const { open, responses } = await serve(1_000, isTls)
    const clients = await Promise.all(Array.from({ length: 5 }, () => open(pipelined(30))))
    await vi.waitFor(() => expect(responses).toHaveLength(clients.length))
    const reader = await open('GET /small HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n')
    expect(await readAll(reader)).toContain('/small')
    const sockets = responses.slice(0, clients.length).map(({ socket }) => socket!)
    const buffered = sockets.map(({ writableLength }) => writableLength)
    expect(Math.min(...buffered)).toBeGreaterThan(0)
    expect(Math.max(...buffered)).toBeLessThan(100_000)
    await vi.waitFor(() => expect(sockets.every(({ destroyed }) => destroyed)).toBe(true), 10_000)
    expect(responses).toHaveLength(clients.length + 1)
  })

  test('a client that reads slowly but steadily gets all of it', async () => {
    // Longer than TCP needs to make room in its buffers and tell the server of it.
    const { open } = await serve(1_000, isTls)
    const socket = await open('GET /large HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n')
    const start = performance.now()
    const text = await readAll(socket, 8_000)
    expect(performance.now() - start).toBeGreaterThan(2_000)
    expect(text.length).toBeGreaterThan(large.length)
  })
})

test('a response that the server holds back keeps its connection', async () => {
  const { open, release } = await serve(50)
  const socket = await open(
    `${pipelined(1, '/held')}GET /next HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`,
  )
  await setTimeout(500)
  release()
  expect(await readAll(socket)).toMatch(/released.*\/next/s)
})

test('responses come in the order of their requests, each handled after the one before', async () => {
  const { open, responses } = await serve(1_000)
  const requests = Array.from({ length: 50 }, (_, index) => pipelined(1, `/n${index}`)).join('')
  const socket = await open(`${requests}GET /last HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`)
  const bodies = (await readAll(socket)).match(/\/n\d+|\/last/g)
  expect(bodies).toEqual([...Array.from({ length: 50 }, (_, index) => `/n${index}`), '/last'])
  expect(responses).toHaveLength(51)
})

test('a client that sends on and on while its first request is handled loses its connection', async () => {
  const { open, responses } = await serve(60_000)
  const socket = await open(pipelined(1, '/held'))
  socket.write(pipelined(101, '/small'))
  await once(socket.resume(), 'close')
  expect(responses).toHaveLength(1)
})
