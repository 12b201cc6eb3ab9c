import { once } from 'node:events'
import { type ServerResponse, STATUS_CODES } from 'node:http'
import type { Answer } from './answer.ts'
import type { Behaviour } from './behaviour.ts'
import type { Exchange } from './exchange.ts'

const bodiless = (status: number): boolean => status < 200 || status === 204 || status === 304

/** Fields as they go out: with Date, and with Content-Length unless the answer frames itself. */
export function framed(answer: Answer): [string, string][] {
  const has = (name: string) => answer.fields.some(([other]) => other.toLowerCase() === name)
  const fields = [...answer.fields]
  if (!has('date')) fields.unshift(['Date', new Date().toUTCString()])
  if (!bodiless(answer.status) && !has('content-length') && !has('transfer-encoding')) {
    fields.push(['Content-Length', String(answer.body.length)])
  }
  return fields
}

/** The head of an answer as bytes, for deployments that write to the socket themselves. */
export function headOf(answer: Answer): string {
  const lines = framed(answer).map(([name, value]) => `${name}: ${value}\r\n`)
  return `HTTP/1.1 ${answer.status} ${STATUS_CODES[answer.status] ?? ''}\r\n${lines.join('')}Connection: close\r\n\r\n`
}

/** What may follow the head: nothing where the method or the status forbids content. */
export function contentOf(answer: Answer, { method }: Exchange): Buffer {
  return method === 'HEAD' || bodiless(answer.status) ? Buffer.alloc(0) : answer.body
}

/** Sends an answer through node, or through the behaviour's own hand on the socket. */
export async function transmit(
  answer: Answer,
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
