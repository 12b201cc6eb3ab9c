import { connect } from 'node:net'
import { connect as connectTls } from 'node:tls'
import { GrowingBuffer } from './growing-buffer.ts'
import { hasFinalHead, maxHeadBytes } from './message-head.ts'
import {
  NoResponseError,
  type PreparedRequest,
  type RawExchange,
  type TransportOptions,
} from './transport.ts'

/** How long a connection may stay open after a complete response, although `Connection: close` was sent. */
const lingerMs = 250
const tooLargeHead = `no final head within ${maxHeadBytes} bytes`

/**
 * Sends a request over a socket of its own and reads until the deployment closes, `isComplete` has
 * held for a moment, or a limit is reached. Throws {@link NoResponseError} where not a byte arrived.
 */
export function requestRaw(
  { method, path, headers, version, limits }: PreparedRequest,
  transport: TransportOptions,
  isComplete: (bytes: Buffer) => boolean,
): Promise<RawExchange> {
  const url = new URL(transport.base)
  const { timeoutMs, maxBytes } = limits ?? transport
  const lines = Object.entries({ Host: url.host, Connection: 'close', ...headers }).flatMap(([name, value]) =>
    [value].flat().map((one) => `${name}: ${one}\r\n`),
  )
  const start = performance.now()
  return new Promise((resolve, reject) => {
    const received = new GrowingBuffer()
    let hasHead = false
    let headAt = 0
    let linger: NodeJS.Timeout | undefined
    const host = url.hostname.replace(/^\[|\]$/g, '')
    const port = Number(url.port) || (url.protocol === 'https:' ? 443 : 80)
    const socket =
      url.protocol === 'https:'
        ? connectTls({
            host,
            port,
            servername: host,
            rejectUnauthorized: !transport.isInsecure,
            ALPNProtocols: ['http/1.1'],
            ...(transport.ca && { ca: transport.ca }),
          })
        : connect({ host, port })
    const finish = (end?: RawExchange['end'], error?: NodeJS.ErrnoException) => {
      clearTimeout(linger)
      clearTimeout(deadline)
      socket.destroy()
      if (received.length === 0 || error?.code === 'HPE_HEADER_OVERFLOW') {
        const code = error?.code ?? (end === 'timeout' ? 'ETIMEDOUT' : 'ECONNRESET')
        return reject(new NoResponseError(code, error?.message ?? 'the connection ended without a response'))
      }
      resolve({
        bytes: received.bytes(),
        timing: { head: headAt, total: Math.round(performance.now() - start) },
        ...(end && { end }),
      })
    }
    const deadline = setTimeout(() => finish('timeout'), timeoutMs)
    socket.on(url.protocol === 'https:' ? 'secureConnect' : 'connect', () => {
      socket.write(`${method} ${path} HTTP/${version ?? '1.1'}\r\n${lines.join('')}\r\n`, 'latin1')
    })
    socket.on('data', (chunk: Buffer) => {
      headAt ||= Math.round(performance.now() - start)
      received.add(chunk)
      hasHead ||= hasFinalHead(received.bytes())
      if (!hasHead && received.length > maxHeadBytes)
        return finish('too large', Object.assign(new Error(tooLargeHead), { code: 'HPE_HEADER_OVERFLOW' }))
      if (received.length > maxBytes + maxHeadBytes) return finish('too large')
      clearTimeout(linger)
      linger = setTimeout(() => isComplete(received.bytes()) && finish('idle'), lingerMs)
    })
    socket.on('end', () => finish())
    socket.on('close', () => finish())
    socket.on('error', (error) => finish(undefined, error))
  })
}
