import { once } from 'node:events'
import { connect } from 'node:net'
import type { Running } from './deployment.ts'
import type { Question } from './observe.ts'

/** Asks on a connection of its own and gives back every byte of the answer, for the deployments' own tests. */
export async function observeBytes({ baseUrl, profile }: Running, question: Question = {}): Promise<string> {
  const {
    method = 'GET',
    as = 'member',
    workspace = profile.workspace.id,
    suffix = '/organizations/usage.pdf',
  } = question
  const { hostname, port, host } = new URL(baseUrl)
  const token = typeof as === 'string' ? profile.actors[as].token.value : as?.token
  const headers = {
    Host: host,
    Connection: 'close',
    ...(token && { Authorization: `Bearer ${token}` }),
    ...question.headers,
  }
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
  const socket = connect(Number(port), hostname)
  const chunks: Buffer[] = []
  socket.on('data', (chunk: Buffer) => chunks.push(chunk))
  socket.setTimeout(5000, () => socket.destroy())
  socket.write(`${method} /workspaces/${workspace}${suffix} HTTP/1.1\r\n${lines.join('')}\r\n`)
  await once(socket, 'close')
  return Buffer.concat(chunks).toString('latin1')
}
