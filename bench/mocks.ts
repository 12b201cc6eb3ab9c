import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { request } from 'node:http'
import { createServer } from 'node:net'

/** A mock server of the contract, started by its command, with logging off. */
export interface Mock {
  name: string
  command: (port: number) => string[]
  token(url: string): Promise<string>
}

export const ours: Mock = {
  name: 'altostrat-contract mock',
  command: (port) => ['bin/altostrat-contract.js', 'mock', '--port', String(port), '--log-level', 'silent'],
  token: async (url) => (await (await fetch(`${url}/_mock/token?persona=owner`)).json()).access_token,
}

const prismCommand = 'node_modules/@stoplight/prism-cli/dist/index.js'
export const prism: Mock = {
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
  /** From the start of the process to the first response. */
  firstResponse: Cost
}

/** Milliseconds, wall-clock and processor time; other work on the machine affects the latter less. */
export interface Cost {
  wall: number
  cpu: number
}

/** What a process takes while `act` runs. */
export async function costOf(child: ChildProcess, act: () => Promise<unknown>): Promise<Cost> {
  const [startedAt, cpuBefore] = [performance.now(), cpuOf(child)]
  await act()
  return { wall: performance.now() - startedAt, cpu: cpuOf(child) - cpuBefore }
}

/** Processor time of all its threads so far, in milliseconds; proc_pid_stat(5) has hundredths of a second. */
function cpuOf({ pid }: ChildProcess): number {
  const afterName = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!
  const [user, system] = afterName.split(' ').slice(11, 13).map(Number)
  return (user! + system!) * 10
}

const root = new URL('..', import.meta.url)

export async function start({ command }: Mock, firstPath: string): Promise<Started> {
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const startedAt = performance.now()
  const child = spawn(process.execPath, command(port), { cwd: root, stdio: 'ignore' })
  for (let tries = 0; tries < 5000; tries++) {
    const status = await statusOf(url, firstPath).catch(() => undefined)
    if (status)
      return { url, child, firstResponse: { wall: performance.now() - startedAt, cpu: cpuOf(child) } }
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  throw new Error(`${command(port).join(' ')} does not respond`)
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

/** The status of the response to a GET. */
function statusOf(url: string, path: string): Promise<number> {
  return new Promise((resolve, reject) => {
    request(`${url}${path}`, (response) => {
      response.resume()
      response.on('end', () => resolve(response.statusCode!))
    })
      .on('error', reject)
      .end()
  })
}
