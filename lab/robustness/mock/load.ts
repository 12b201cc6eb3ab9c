import { Agent, get } from 'node:http'
import { connect } from 'node:net'
import { setTimeout } from 'node:timers/promises'
import { type MockProcess, setUsage, usersOf, workspaces } from './mock-process.ts'

const pathOf = (workspace: string) => `/workspaces/${workspace}/organizations/usage.pdf`

/** The status, or the code of the error of the connection. */
function statusOf(mock: MockProcess, agent: Agent, workspace: string): Promise<number | string> {
  const { promise, resolve } = Promise.withResolvers<number | string>()
  const headers = { Authorization: `Bearer ${mock.token}` }
  const request = get(mock.url + pathOf(workspace), { agent, headers }, (response) => {
    const missing = Number(response.headers['content-length'])
    let received = 0
    response.on('data', (chunk: Buffer) => {
      received += chunk.length
    })
    response.on('end', () => resolve(received === missing ? response.statusCode! : 'short'))
    response.on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message))
  })
  request.on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message))
  return promise
}

/** How many of these requests had another outcome than 200, by outcome. No request is repeated. */
export async function sendInParallel(
  mock: MockProcess,
  count: number,
  atOnce: number,
  keepAlive: boolean,
): Promise<Record<string, number>> {
  const agent = new Agent({ keepAlive, maxSockets: atOnce })
  const lost: Record<string, number> = {}
  let next = 0
  const sendOneByOne = async () => {
    while (next++ < count) {
      const outcome = await statusOf(mock, agent, workspaces.small)
      if (outcome !== 200) lost[outcome] = (lost[outcome] ?? 0) + 1
    }
  }
  await Promise.all(Array.from({ length: atOnce }, sendOneByOne))
  agent.destroy()
  return lost
}

/** Connections that ask for many reports and read nothing. Whether others are served meanwhile. */
export async function readNothing(mock: MockProcess, connections: number): Promise<boolean> {
  const { hostname, port } = new URL(mock.url)
  const request = `GET ${pathOf(workspaces.small)} HTTP/1.1\r\nHost: ${hostname}:${port}\r\nAuthorization: Bearer ${mock.token}\r\n\r\n`
  const sockets = Array.from({ length: connections }, () => {
    const socket = connect(Number(port), hostname).pause()
    socket.on('error', () => {})
    socket.write(request.repeat(90))
    return socket
  })
  await setTimeout(3000)
  const lost = await sendInParallel(mock, 200, 20, true)
  for (const socket of sockets) socket.destroy()
  return Object.keys(lost).length === 0
}

/**
 * Requests that are given up while they wait for a report that must be rendered anew, because usage changes all the time.
 * Then more at once than wait in the queue: `busy` are answered 503, `other` neither 200 nor 503. `recoveredMs` is how
 * long the mock takes from then on to serve a new report.
 */
export async function abandonReports(mock: MockProcess, rounds: number) {
  const agent = new Agent({ keepAlive: false })
  const [organization = ''] = (await usersOf(mock.url, workspaces.largest)).keys()
  let users = 0
  const change = () => setUsage(mock.url, workspaces.largest, organization, ++users)
  for (let round = 0; round < rounds; round++) {
    await change()
    for (let index = 0; index < 20; index++) {
      const request = get(mock.url + pathOf(workspaces.largest), {
        agent,
        headers: { Authorization: `Bearer ${mock.token}` },
      })
      request.on('error', () => {})
      setTimeout(Math.random() * 20).then(() => request.destroy())
    }
  }
  const waiting: Promise<number | string>[] = []
  for (let report = 0; report < 500; report++) {
    await change()
    waiting.push(statusOf(mock, agent, workspaces.largest))
  }
  const outcomes = await Promise.all(waiting)
  const start = performance.now()
  await change()
  const last = await statusOf(mock, agent, workspaces.largest)
  return {
    served: outcomes.filter((one) => one === 200).length,
    busy: outcomes.filter((one) => one === 503).length,
    other: outcomes.filter((one) => one !== 200 && one !== 503),
    recoveredMs: last === 200 ? Math.round(performance.now() - start) : undefined,
  }
}
