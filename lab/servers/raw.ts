import { once } from 'node:events'
import { connect } from 'node:net'
import type { Running } from './deployment.ts'
import type { ProbeRequest } from './observe.ts'

export interface RawProbeRequest extends ProbeRequest {
  /** Of HTTP. Default: 1.1. */
  version?: '1.0' | '1.1'
}

/** Sends one request on a new connection and returns every byte of the response (ISO 8859-1), for the deployments' own tests. */
export async function observeBytes(
  { baseUrl, profile }: Running,
  request: RawProbeRequest = {},
): Promise<string> {
  const {
    method = 'GET',
    as = 'member',
    workspace = profile.workspace.id,
    suffix = '/organizations/usage.pdf',
    version = '1.1',
  } = request
  const { hostname, port, host } = new URL(baseUrl)
  const token = typeof as === 'string' ? profile.actors[as].token.value : as?.token
  const headers = {
    Host: host,
    Connection: 'close',
    ...(token && { Authorization: `Bearer ${token}` }),
    ...request.headers,
  }
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
  const socket = connect(Number(port), hostname)
  const chunks: Buffer[] = []
  socket.on('data', (chunk: Buffer) => chunks.push(chunk))
  socket.setTimeout(5000, () => socket.destroy())
  socket.write(`${method} /workspaces/${workspace}${suffix} HTTP/${version}\r\n${lines.join('')}\r\n`)
  await once(socket, 'close')
  return Buffer.concat(chunks).toString('latin1')
}
