import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { createServer } from 'node:net'

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
  const afterName = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1] as string
  const [user, system] = afterName.split(' ').slice(11, 13).map(Number)
  return ((user as number) + (system as number)) * 10
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
function ask(url: string, path: string, headers = {}, agent?: Agent): Promise<number> {
  return new Promise((resolve, reject) => {
    request(`${url}${path}`, { headers, ...(agent && { agent }) }, (answer) => {
      answer.resume()
      answer.on('end', () => resolve(answer.statusCode as number))
    })
      .on('error', reject)
      .end()
  })
}

/** Sends requests 20 at a time over connections kept alive; throws where an answer has another status. */
export async function askOften(
  url: string,
  count: number,
  question: (at: number) => { path: string; headers: Record<string, string>; status: number },
): Promise<void> {
  // Connections that were left idle while the other was asked may have been closed.
  const agent = new Agent({ keepAlive: true, maxSockets: 20 })
  let at = 0
  const askOn = async () => {
    while (at < count) {
      const { path, headers, status } = question(at++)
      const answered = await ask(url, path, headers, agent)
      if (answered !== status) throw new Error(`${url}${path}: ${answered}, expected ${status}`)
    }
  }
  await Promise.all(Array.from({ length: 20 }, askOn))
  agent.destroy()
}
