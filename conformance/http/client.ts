import { Agent, type ClientRequest, type IncomingMessage } from 'node:http'
import { Agent as SecureAgent } from 'node:https'
import request, { type Test } from 'supertest'
import { GrowingBuffer } from './growing-buffer.ts'
import type { HeaderField, ReceivedResponse } from './response.ts'
import { NoResponseError, type PreparedRequest, type TransportOptions, type Truncation } from './transport.ts'

/** How many interim responses are recorded. */
const maxInterim = 100

/** Holds one connection to the deployment for the requests that share it. */
export function createAgent(base: string): Agent {
  return new (base.startsWith('https:') ? SecureAgent : Agent)({ keepAlive: true, maxSockets: 1 })
}

/**
 * Sends a request with supertest: follows no redirect, decodes nothing, adds no `Accept`, and opens a connection of its
 * own unless the request shares one. Throws {@link NoResponseError} where no head arrived; a body that breaks off is
 * returned as `truncated`.
 */
export async function requestWithClient(
  prepared: PreparedRequest,
  transport: TransportOptions,
): Promise<ReceivedResponse> {
  const start = performance.now()
  const elapsed = () => Math.round(performance.now() - start)
  const { origin } = new URL(transport.base)
  const { timeoutMs, maxBytes } = prepared.limits ?? transport
  const method = prepared.method.toLowerCase() as 'get' | 'head' | 'options'
  const test = request(origin)
    [method](prepared.path)
    .redirects(0)
    .ok(() => true)
  test.timeout({ deadline: timeoutMs }).buffer(true)
  if (prepared.onSharedConnection) test.agent(transport.agent)
  if (transport.ca) test.ca(transport.ca)
  if (transport.isInsecure) test.disableTLSCerts()
  for (const [name, value] of Object.entries({ 'Accept-Encoding': 'identity', ...prepared.headers }))
    test.set(name, value as string)

  settleOnce(test)
  let head: IncomingMessage | undefined
  let headAt = 0
  let truncated: Truncation | undefined
  let failure: NodeJS.ErrnoException | undefined
  const received = new GrowingBuffer()
  const informational: ReceivedResponse['informational'] = []

  test.parse((response, done) => {
    const message = response as unknown as IncomingMessage
    message.on('data', (chunk: Buffer) => {
      if (truncated) return
      if (received.length + chunk.length <= maxBytes) received.add(chunk)
      else {
        truncated = 'too large'
        message.destroy()
        done(null, undefined)
      }
    })
    message.on('end', () => done(null, undefined))
  })
  // superagent decodes the codings that it knows, but the body must be the bytes as transferred.
  const raw = (test as Test & { request(): ClientRequest }).request()
  raw.on('information', (info: { statusCode: number; rawHeaders: string[] }) => {
    if (informational.length < maxInterim)
      informational.push({ status: info.statusCode, headers: pairs(info.rawHeaders) })
  })
  raw.prependListener('error', (error: NodeJS.ErrnoException) => {
    failure ??= error
  })
  raw.prependListener('response', (message: IncomingMessage) => {
    head = message
    headAt = elapsed()
    delete message.headers['content-encoding']
  })

  try {
    await test
  } catch (error) {
    const { code = 'UNKNOWN', message } = failure ?? (error as NodeJS.ErrnoException)
    const isTimeout = (error as NodeJS.ErrnoException).code === 'ECONNABORTED'
    const interim = informational.at(-1)
    if (!head && interim && !isTimeout) return interimOnly(interim, elapsed())
    if (!head) throw new NoResponseError(isTimeout ? 'ETIMEDOUT' : code, message)
    truncated ??= isTimeout ? 'timeout' : 'closed'
  }
  if (!head) throw new NoResponseError('UNKNOWN', 'the request ended without a response')
  return {
    status: head.statusCode ?? 0,
    headers: pairs(head.rawHeaders),
    body: received.bytes(),
    informational,
    timing: { head: headAt, total: elapsed() },
    ...(truncated && { truncated }),
  }
}

/** A connection that is reset fails twice, and superagent would say so on the console. */
function settleOnce(test: Test): void {
  const settling = test as unknown as { called?: boolean; callback(error: unknown, response: unknown): void }
  const settle = settling.callback.bind(test)
  settling.callback = (error, response) => {
    if (!settling.called) settle(error, response)
  }
}

/** A connection that is closed after an interim response: the deployment's fault, so it counts as a response. */
function interimOnly(
  { status, headers }: ReceivedResponse['informational'][number],
  at: number,
): ReceivedResponse {
  return {
    status,
    headers,
    body: Buffer.alloc(0),
    informational: [],
    timing: { head: at, total: at },
    truncated: 'closed',
  }
}

function pairs(raw: string[]): HeaderField[] {
  return Array.from({ length: raw.length / 2 }, (_, i) => [raw[2 * i] ?? '', raw[2 * i + 1] ?? ''])
}
