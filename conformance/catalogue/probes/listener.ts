import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A server of ours on loopback that nobody has a reason to call. */
export interface Listener {
  url: string
  /** The paths that were asked for. */
  calls: string[]
}

/** Listens while `use` runs, and answers every request with this JSON. */
export async function whileListening<T>(json: object, use: (listener: Listener) => Promise<T>): Promise<T> {
  const calls: string[] = []
  const server = createServer((request, response) => {
    calls.push(request.url ?? '')
    response.setHeader('Content-Type', 'application/json').end(JSON.stringify(json))
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(0, '127.0.0.1', resolve)
  })
  try {
    return await use({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, calls })
  } finally {
    server.closeAllConnections()
    server.close()
  }
}
