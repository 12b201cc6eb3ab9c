import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A server on loopback that a conforming deployment never calls. */
export interface Listener {
  url: string
  /** The paths of the requests that it received. */
  calls: string[]
}

/** Listens while `use` runs, and responds to every request with this JSON. */
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
