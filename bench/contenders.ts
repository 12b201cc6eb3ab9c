import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { request } from 'node:http'
import { connect, createServer, type Socket } from 'node:net'

/** A mock of the contract, as somebody would start it: by its command, with its log silent. */
export interface Contender {
  name: string
  command: (port: number) => string[]
  token(url: string): Promise<string>
}

export const ours: Contender = {
  name: 'altostrat-contract mock',
  command: (port) => ['bin/altostrat-contract.js', 'mock', '--port', String(port), '--log-level', 'silent'],
  token: async (url) => (await (await fetch(`${url}/_mock/token?persona=owner`)).json()).access_token,
}

const prismCommand = 'node_modules/@stoplight/prism-cli/dist/index.js'
export const prism: Contender = {
  name: 'prism mock',
  command: (port) => [
    ...[prismCommand, 'mock', '--verboseLevel', 'silent'],
    ...['--port', String(port), 'spec/openapi.yaml'],
  ],
  token: async () => 'any',
}

export interface Started {
  url: string
  child: ChildProcess
  /** From the start of the process to the first answer. */
  firstAnswer: Cost
}

/** Milliseconds: by the clock, and of processor time, which other work on the machine disturbs less. */
export interface Cost {
  wall: number
  cpu: number
}

/** What a process costs while something is done. */
export async function costOf(child: ChildProcess, act: () => Promise<unknown>): Promise<Cost> {
  const [begun, used] = [performance.now(), cpuOf(child)]
  await act()
  return { wall: performance.now() - begun, cpu: cpuOf(child) - used }
}

/** Processor time of all its threads so far, in milliseconds; proc_pid_stat(5) counts in hundredths of a second. */
function cpuOf({ pid }: ChildProcess): number {
  const afterName = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!
  const [user, system] = afterName.split(' ').slice(11, 13).map(Number)
  return (user! + system!) * 10
}

const root = new URL('..', import.meta.url)

export async function start({ command }: Contender, firstPath: string): Promise<Started> {
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const begun = performance.now()
  const child = spawn(process.execPath, command(port), { cwd: root, stdio: 'ignore' })
  for (let tries = 0; tries < 5000; tries++) {
    const status = await ask(url, firstPath).catch(() => undefined)
    if (status) return { url, child, firstAnswer: { wall: performance.now() - begun, cpu: cpuOf(child) } }
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  throw new Error(`${command(port).join(' ')} does not answer`)
}

export async function stop({ child }: Started): Promise<void> {
  child.kill('SIGTERM')
  if (child.exitCode === null) await once(child, 'exit')
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  server.close()
  await once(server, 'close')
  return port
}

/** The status of the answer to a GET. */
function ask(url: string, path: string): Promise<number> {
  return new Promise((resolve, reject) => {
    request(`${url}${path}`, (response) => {
      response.resume()
      response.on('end', () => resolve(response.statusCode!))
    })
      .on('error', reject)
      .end()
  })
}

/**
 * Sends requests 20 at a time over connections kept alive; throws where an answer has another status. Written on the
 * wire: Node's own client takes as long for an answer as our server, and what it takes would be measured.
 */
export async function askOften(
  url: string,
  count: number,
  question: (at: number) => { path: string; headers: Record<string, string>; status: number },
): Promise<void> {
  const { host, hostname, port } = new URL(url)
  let at = 0
  const askOn = async () => {
    const socket = connect(Number(port), hostname)
    await once(socket, 'connect')
    while (at < count) {
      const { path, headers, status } = question(at++)
      const fields = Object.entries({ Host: host, ...headers }).map(
        ([name, value]) => `${name}: ${value}\r\n`,
      )
      socket.write(`GET ${path} HTTP/1.1\r\n${fields.join('')}\r\n`)
      const answered = await readAnswer(socket)
      if (answered !== status) throw new Error(`${url}${path}: ${answered}, expected ${status}`)
    }
    socket.destroy()
  }
  await Promise.all(Array.from({ length: 20 }, askOn))
}

/** The status of the next answer, once all of it is there: as long as it says, or up to its last chunk. */
function readAnswer(socket: Socket): Promise<number> {
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
