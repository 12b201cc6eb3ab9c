import { once } from 'node:events'
import { type ServerResponse, STATUS_CODES } from 'node:http'
import type { Behaviour } from './behaviour.ts'
import type { Exchange } from './exchange.ts'
import type { ServedResponse } from './response.ts'

const bodiless = (status: number): boolean => status < 200 || status === 204 || status === 304

/** Fields as they go out: with Date, and with Content-Length unless the answer frames itself. */
export function framed(response: ServedResponse): [string, string][] {
  const has = (name: string) => response.headers.some(([other]) => other.toLowerCase() === name)
  const headers = [...response.headers]
  if (!has('date')) headers.unshift(['Date', new Date().toUTCString()])
  if (!bodiless(response.status) && !has('content-length') && !has('transfer-encoding')) {
    headers.push(['Content-Length', String(response.body.length)])
  }
  return headers
}

/** The head of an answer as bytes, for deployments that write to the socket themselves. */
export function headOf(response: ServedResponse): string {
  const lines = framed(response).map(([name, value]) => `${name}: ${value}\r\n`)
  return `HTTP/1.1 ${response.status} ${STATUS_CODES[response.status] ?? ''}\r\n${lines.join('')}Connection: close\r\n\r\n`
}

/** What may follow the head: nothing where the method or the status forbids content. */
export function contentOf(response: ServedResponse, { method }: Exchange): Buffer {
  return method === 'HEAD' || bodiless(response.status) ? Buffer.alloc(0) : response.body
}

/** Sends an answer through node, or through the behaviour's own hand on the socket. */
export async function transmit(
  answer: ServedResponse,
  { exchange, behaviour, response }: { exchange: Exchange; behaviour: Behaviour; response: ServerResponse },
): Promise<void> {
  const chunks = behaviour.wire(answer, exchange)
  if (!chunks) {
    response.sendDate = false
    response.writeHead(answer.status, framed(answer).flat())
    response.end(contentOf(answer, exchange))
    return
  }
  const { socket } = exchange.request
  for await (const chunk of chunks) {
    if (!socket.writable) return
    if (!socket.write(chunk)) await Promise.race([once(socket, 'drain'), once(socket, 'close')])
  }
  socket.end()
}
