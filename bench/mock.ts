import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { Agent, request } from 'node:http'
import { createServer } from 'node:net'

// The mock beside Prism's, in one run: time to the first answer, requests a second, and memory over many requests.

const root = new URL('..', import.meta.url)
const workspace = '/workspaces/ws_a1b2c3d4e5f6g7h8'
const unknown = '/workspaces/ws_0000000000000000'

interface Contender {
  name: string
  command: (port: number) => string[]
  token(url: string): Promise<string>
}

const ours: Contender = {
  name: 'altostrat-contract mock',
  command: (port) => ['bin/altostrat-contract.js', 'mock', '--port', String(port), '--log-level', 'silent'],
  token: async (url) => (await (await fetch(`${url}/_mock/token?persona=owner`)).json()).access_token,
}
const prism: Contender = {
  name: 'prism mock',
  command: (port) => [
    'node_modules/@stoplight/prism-cli/dist/index.js',
    'mock',
    '--verboseLevel',
    'silent',
    '--port',
    String(port),
    'spec/openapi.yaml',
  ],
  token: async () => 'any',
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  server.close()
  await once(server, 'close')
  return port
}

interface Started {
  url: string
  child: ChildProcess
  /** From the start of the process to the first answer, in milliseconds. */
  firstAnswer: number
}

async function start({ command }: Contender): Promise<Started> {
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const begun = performance.now()
  const child = spawn(process.execPath, command(port), { cwd: root, stdio: 'ignore' })
  for (let tries = 0; tries < 2000; tries++) {
    const status = await ask(url, `${workspace}/organizations/usage.pdf`).catch(() => undefined)
    if (status) return { url, child, firstAnswer: performance.now() - begun }
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  throw new Error(`${command(port).join(' ')} does not answer`)
}

async function stop({ child }: Started): Promise<void> {
  child.kill('SIGTERM')
  if (child.exitCode === null) await once(child, 'exit')
}

const agent = new Agent({ keepAlive: true, maxSockets: 20 })

function ask(url: string, path: string, token?: string): Promise<number> {
  const headers = token ? { Authorization: `Bearer ${token}` } : {}
  return new Promise((resolve, reject) => {
    request(`${url}${path}`, { agent, headers }, (answer) => {
      answer.resume()
      answer.on('end', () => resolve(answer.statusCode as number))
    })
      .on('error', reject)
      .end()
  })
}

/** Requests a second over `count` requests, 20 at a time. */
async function rate(url: string, path: string, token: string | undefined, count: number): Promise<number> {
  const begun = performance.now()
  let left = count
  await Promise.all(
    Array.from({ length: 20 }, async () => {
      while (left-- > 0) await ask(url, path, token)
    }),
  )
  return (count / (performance.now() - begun)) * 1000
}

const median = (values: number[]) => values.toSorted((a, b) => a - b)[values.length >> 1] as number
const questions = {
  'a 401': { path: `${workspace}/organizations/usage.pdf`, isMember: false },
  // Prism knows no workspaces: it is asked for the answer in its own way, a path of no operation.
  'a 404': { path: `${unknown}/organizations`, isMember: true, forPrism: '/nowhere' },
  'the JSON list': { path: `${workspace}/organizations`, isMember: true },
}

const starts: Record<string, number[]> = {}
for (let round = 0; round < 5; round++) {
  for (const contender of [ours, prism]) {
    const started = await start(contender)
    starts[contender.name] = [...(starts[contender.name] ?? []), started.firstAnswer]
    await stop(started)
  }
}
for (const [name, times] of Object.entries(starts))
  console.log(
    `${name}: first answer ${median(times).toFixed(0)} ms after the start of the process (median of 5)`,
  )

const [us, them] = [await start(ours), await start(prism)]
const tokens = { us: await ours.token(us.url), them: await prism.token(them.url) }
for (const [name, { path, isMember, ...other }] of Object.entries(questions)) {
  const ratios: number[] = []
  for (let round = 0; round < 5; round++) {
    const mine = await rate(us.url, path, isMember ? tokens.us : undefined, 1500)
    const theirs = await rate(
      them.url,
      ('forPrism' in other && other.forPrism) || path,
      isMember ? tokens.them : undefined,
      1500,
    )
    ratios.push(mine / theirs)
    if (round === 4) console.log(`${name}: ${mine.toFixed(0)} requests a second, Prism ${theirs.toFixed(0)}`)
  }
  console.log(`${name}: ${median(ratios).toFixed(1)} times Prism's (median of 5 pairs)`)
}
await Promise.all([stop(us), stop(them)])
