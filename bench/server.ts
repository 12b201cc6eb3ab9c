import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { Agent, request } from 'node:http'

// The server while it renders: memory, time to the first PDF, and the latency of other requests.

const acme = 'ws_a1b2c3d4e5f6g7h8'
const largest = 'ws_largestlegal0001'
const agent = new Agent({ keepAlive: true })

interface RunningServer {
  child: ChildProcess
  url: string
  token: string
}

async function startServer(): Promise<RunningServer> {
  const child = fork(new URL('./server-process.ts', import.meta.url))
  const [{ url, token }] = await once(child, 'message')
  return { child, url, token }
}

/** Peak resident memory of a fresh server during `use`, in megabytes. */
async function peakMemory(use: (server: RunningServer) => Promise<unknown>): Promise<number> {
  const server = await startServer()
  await use(server)
  const response = once(server.child, 'message')
  server.child.send('memory')
  const [{ peakMegabytes }] = await response
  server.child.disconnect()
  return peakMegabytes
}

function get(
  { url }: RunningServer,
  workspace: string,
  token = '',
): Promise<{ status: number; bytes: number; ms: number }> {
  const start = performance.now()
  const headers = token ? { Authorization: `Bearer ${token}` } : {}
  return new Promise((resolve, reject) => {
    request(`${url}/workspaces/${workspace}/organizations/usage.pdf`, { agent, headers }, (response) => {
      let bytes = 0
      response.on('data', (chunk: Buffer) => {
        bytes += chunk.byteLength
      })
      response.on('end', () =>
        resolve({ status: response.statusCode!, bytes, ms: performance.now() - start }),
      )
    })
      .on('error', reject)
      .end()
  })
}

const report = async (server: RunningServer, workspace: string) => {
  const { status, bytes } = await get(server, workspace, server.token)
  if (status !== 200 || bytes < 10_000) throw new Error(`${workspace}: ${status}, ${bytes} bytes`)
}

const start = performance.now()
await peakMemory(async (server) => {
  await report(server, acme)
  console.log(
    `first PDF after start (ACME, from the start of the process): ${(performance.now() - start).toFixed(0)} ms`,
  )
})
console.log(
  `peak memory, one report of 1,000 organizations: ${(await peakMemory((server) => report(server, largest))).toFixed(0)} MB`,
)
const eight = (server: RunningServer) => Promise.all(Array.from({ length: 8 }, () => report(server, largest)))
console.log(`peak memory, eight such reports at once: ${(await peakMemory(eight)).toFixed(0)} MB`)

await peakMemory(async (server) => {
  let isOver = false
  const render = async () => {
    while (!isOver) await report(server, largest)
  }
  const rendering = [render(), render()]
  await report(server, largest)
  const waits: number[] = []
  for (let at = 0; at < 1000; at++) {
    const { status, ms } = await get(server, largest)
    if (status !== 401) throw new Error(`expected 401, got ${status}`)
    waits.push(ms)
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  isOver = true
  await Promise.all(rendering)
  waits.sort((a, b) => a - b)
  console.log(
    `401 while reports render without pause: median ${waits[500]!.toFixed(1)} ms, p99 ${waits[990]!.toFixed(1)} ms`,
  )
})
agent.destroy()
