import { once } from 'node:events'
import { type ServerResponse, STATUS_CODES } from 'node:http'
import type { Behaviour } from './behaviour.ts'
import type { Exchange } from './exchange.ts'
import type { ServedResponse } from './response.ts'

const hasNoBody = (status: number): boolean => status < 200 || status === 204 || status === 304

/** The headers to send: with Date, and with Content-Length unless the response has its own framing. */
export function headersToSend(response: ServedResponse): [string, string][] {
  const has = (name: string) => response.headers.some(([other]) => other.toLowerCase() === name)
  const headers = [...response.headers]
  if (!has('date')) headers.unshift(['Date', new Date().toUTCString()])
  if (!hasNoBody(response.status) && !has('content-length') && !has('transfer-encoding')) {
    headers.push(['Content-Length', String(response.body.length)])
  }
  return headers
}

/** Status line and headers as bytes, for deployments that write to the socket themselves. */
export function headOf(response: ServedResponse): string {
  const lines = headersToSend(response).map(([name, value]) => `${name}: ${value}\r\n`)
  return `HTTP/1.1 ${response.status} ${STATUS_CODES[response.status] ?? ''}\r\n${lines.join('')}Connection: close\r\n\r\n`
}

/** The body to send: empty if the method or the status forbids one (RFC 9110 §6.4.1). */
export function contentOf(response: ServedResponse, { method }: Exchange): Buffer {
  return method === 'HEAD' || hasNoBody(response.status) ? Buffer.alloc(0) : response.body
}

/** Sends a response through Node, or writes the behaviour's own chunks to the socket. */
export async function transmit(
  served: ServedResponse,
  { exchange, behaviour, response }: { exchange: Exchange; behaviour: Behaviour; response: ServerResponse },
): Promise<void> {
  const chunks = behaviour.wire(served, exchange)
  if (!chunks) {
    response.sendDate = false
    response.writeHead(served.status, headersToSend(served).flat())
    response.end(contentOf(served, exchange))
    return
  }
  const { socket } = exchange.request
  for await (const chunk of chunks) {
    if (!socket.writable) return
    if (!socket.write(chunk)) await Promise.race([once(socket, 'drain'), once(socket, 'close')])
  }
  socket.end()
}
