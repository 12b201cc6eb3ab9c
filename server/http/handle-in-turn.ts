import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
// Not the global ones, which a test suite may have replaced in the process that it shares with a mock.
import { setImmediate } from 'node:timers'

export interface ConnectionLimits {
  /** Requests that may wait on a connection for the response before theirs. */
  waiting: number
  /** Milliseconds after which a connection is closed whose client reads nothing of what is due to it. */
  unreadMs: number
}

type Exchange = [request: IncomingMessage, response: ServerResponse]

/**
 * Handles the requests that a client pipelines on one connection (RFC 9112 §9.3.2) one after the other: Node would handle
 * all at once and keep every response in memory until the client reads the first. A client that has too many requests
 * waiting, or does not read, loses its connection.
 */
export function handleInTurn(handle: RequestListener, limits: ConnectionLimits): RequestListener {
  const waitingOf = new WeakMap<Socket, Exchange[]>()

  const start = ([request, response]: Exchange, waiting: Exchange[]) => {
    const { socket } = request
    // Called where nothing moves on the connection. A response that the server itself holds back has nothing left to write.
    response.setTimeout(limits.unreadMs, () => {
      if (socket.writableLength > 0) socket.destroy()
    })
    response.once('close', () => {
      const next = waiting.shift()
      if (!next || socket.destroyed) waitingOf.delete(socket)
      // Lets the requests of other connections in between.
      else setImmediate(start, next, waiting)
    })
    handle(request, response)
  }

  return (request, response) => {
    const { socket } = request
    const waiting = waitingOf.get(socket)
    if (!waiting) {
      const none: Exchange[] = []
      waitingOf.set(socket, none)
      start([request, response], none)
    } else if (waiting.length < limits.waiting) waiting.push([request, response])
    else socket.destroy()
  }
}
