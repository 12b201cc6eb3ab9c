import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { Agent, request } from 'node:http'

// The targets of a server that renders: memory, and how long others wait meanwhile.

const acme = 'ws_a1b2c3d4e5f6g7h8'
const largest = 'ws_largestlegal0001'
const agent = new Agent({ keepAlive: true })

interface Served {
  child: ChildProcess
  url: string
  token: string
}

async function serve(): Promise<Served> {
  const child = fork(new URL('./serving.ts', import.meta.url))
  const [{ url, token }] = await once(child, 'message')
  return { child, url, token }
}

async function measured(use: (served: Served) => Promise<unknown>): Promise<number> {
  const served = await serve()
  await use(served)
  const response = once(served.child, 'message')
  served.child.send('memory')
  const [{ peakMegabytes }] = await response
  served.child.disconnect()
  return peakMegabytes
}

function get(
  { url }: Served,
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

const report = async (served: Served, workspace: string) => {
  const { status, bytes } = await get(served, workspace, served.token)
  if (status !== 200 || bytes < 10_000) throw new Error(`${workspace}: ${status}, ${bytes} bytes`)
}

const start = performance.now()
await measured(async (served) => {
  await report(served, acme)
  console.log(
    `first PDF after start (ACME, from the start of the process): ${(performance.now() - start).toFixed(0)} ms`,
  )
})
console.log(
  `peak memory, one report of 1,000 organizations: ${(await measured((served) => report(served, largest))).toFixed(0)} MB`,
)
const eight = (served: Served) => Promise.all(Array.from({ length: 8 }, () => report(served, largest)))
console.log(`peak memory, eight such reports at once: ${(await measured(eight)).toFixed(0)} MB`)

await measured(async (served) => {
  let isOver = false
  const render = async () => {
    while (!isOver) await report(served, largest)
  }
  const rendering = [render(), render()]
  await report(served, largest)
  const waits: number[] = []
  for (let at = 0; at < 1000; at++) {
    const { status, ms } = await get(served, largest)
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
