import { once } from 'node:events'
import { connect, type Socket } from 'node:net'

export interface LoadRequest {
  path: string
  headers: Record<string, string>
  /** The status that is expected. */
  status: number
}

/**
 * Sends requests on 20 persistent connections at a time; throws if a response has another status than expected. It
 * writes to the sockets itself: Node's client takes as long per request as our server, and would be measured with it.
 */
export async function sendRequests(
  url: string,
  count: number,
  requestAt: (index: number) => LoadRequest,
): Promise<void> {
  const { host, hostname, port } = new URL(url)
  let at = 0
  const sendOnOneConnection = async () => {
    const socket = connect(Number(port), hostname)
    await once(socket, 'connect')
    while (at < count) {
      const { path, headers, status } = requestAt(at++)
      const lines = Object.entries({ Host: host, ...headers }).map(([name, value]) => `${name}: ${value}\r\n`)
      socket.write(`GET ${path} HTTP/1.1\r\n${lines.join('')}\r\n`)
      const received = await readStatus(socket)
      if (received !== status) throw new Error(`${url}${path}: ${received}, expected ${status}`)
    }
    socket.destroy()
  }
  await Promise.all(Array.from({ length: 20 }, sendOnOneConnection))
}

/** The status of the next response, once it is complete: by Content-Length, or up to the last chunk. */
function readStatus(socket: Socket): Promise<number> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let missing = Number.NaN
    const read = (chunk: Buffer) => {
      chunks.push(chunk)
      if (Number.isNaN(missing)) {
        const text = Buffer.concat(chunks).toString('latin1')
        const head = text.indexOf('\r\n\r\n')
        const length = /^content-length: (\d+)/im.exec(text.slice(0, head))?.[1]
        if (head < 0 || (!length && !text.endsWith('\r\n0\r\n\r\n'))) return
        missing = length ? Number(length) - (text.length - head - 4) : 0
      } else missing -= chunk.length
      if (missing > 0) return
      socket.off('data', read).off('close', reject)
      resolve(Number(chunks[0]?.toString('latin1', 9, 12)))
    }
    socket.on('data', read).once('close', reject)
  })
}
