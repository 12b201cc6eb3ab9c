import { fork } from 'node:child_process'
import { once } from 'node:events'
import { sendRequests } from './load.ts'
import { median } from './median.ts'
import { type Cost, costOf, ours, prism, start, stop } from './mocks.ts'

// Our mock compared with Prism's: time to the first response, requests per second, and memory over many requests.

const list = '/workspaces/ws_a1b2c3d4e5f6g7h8/organizations'
const pdf = `${list}/usage.pdf`
const unknown = '/workspaces/ws_0000000000000000/organizations'
const rounds = 5
const count = 1500

const ms = ({ wall, cpu }: Cost) => `${wall.toFixed(0)} ms (${cpu.toFixed(0)} ms of processor time)`
const medians = (costs: Cost[]): Cost => ({
  wall: median(costs.map(({ wall }) => wall)),
  cpu: median(costs.map(({ cpu }) => cpu)),
})

const starts: { ours: Cost; prism: Cost }[] = []
for (let round = 0; round < rounds; round++) {
  const costs = []
  for (const mock of [ours, prism]) {
    const started = await start(mock, pdf)
    costs.push(started.firstResponse)
    await stop(started)
  }
  starts.push({ ours: costs[0]!, prism: costs[1]! })
}
const [ourStart, prismStart] = [
  medians(starts.map((one) => one.ours)),
  medians(starts.map((one) => one.prism)),
]
const shares = medians(
  starts.map((one) => ({ wall: one.ours.wall / one.prism.wall, cpu: one.ours.cpu / one.prism.cpu })),
)
console.log(
  `first response: ours after ${ms(ourStart)}, Prism after ${ms(prismStart)}; ` +
    `ratio ${shares.wall.toFixed(2)} (${shares.cpu.toFixed(2)})`,
)

// Prism knows no workspaces: `Prefer: code=404` makes it respond as ours does to an unknown one.
const requests = {
  'a 401': { path: pdf, isMember: false, status: 401 },
  'a 404, no such path': { path: '/nowhere', isMember: true, status: 404 },
  'a 404, no such workspace': { path: unknown, isMember: true, status: 404, prefer: 'code=404' },
  'the JSON list': { path: list, isMember: true, status: 200 },
}

const [us, them] = [await start(ours, pdf), await start(prism, pdf)]
const tokens = { us: await ours.token(us.url), them: await prism.token(them.url) }
for (const [name, { path, isMember, status, ...other }] of Object.entries(requests)) {
  const requestWith = (token: string, prefer?: string) => () => ({
    path,
    status,
    headers: { ...(isMember && { Authorization: `Bearer ${token}` }), ...(prefer && { Prefer: prefer }) },
  })
  const prefer = 'prefer' in other ? other.prefer : undefined
  const pairs: { ours: Cost; prism: Cost }[] = []
  // The first round is a warm-up.
  for (let round = 0; round <= rounds; round++) {
    const mine = await costOf(us.child, () => sendRequests(us.url, count, requestWith(tokens.us)))
    const theirs = await costOf(them.child, () =>
      sendRequests(them.url, count, requestWith(tokens.them, prefer)),
    )
    if (round > 0) pairs.push({ ours: mine, prism: theirs })
  }
  const times = medians(
    pairs.map((one) => ({ wall: one.prism.wall / one.ours.wall, cpu: one.prism.cpu / one.ours.cpu })),
  )
  const each = ({ wall, cpu }: Cost) =>
    `${((count / wall) * 1000).toFixed(0)} requests per second, ${((cpu / count) * 1000).toFixed(0)} µs of processor time each`
  console.log(
    `${name}: ours ${each(medians(pairs.map((one) => one.ours)))}; Prism ${each(medians(pairs.map((one) => one.prism)))}; ` +
      `${times.wall.toFixed(1)} times the rate, by processor time ${times.cpu.toFixed(1)} times`,
  )
}
await Promise.all([stop(us), stop(them)])

// Memory over many requests, reports among them: measured after a garbage collection.
const child = fork(new URL('./server-process.ts', import.meta.url), { execArgv: ['--expose-gc'] })
const [{ url, token }] = await once(child, 'message')
const member = { Authorization: `Bearer ${token}` }
const mixed = [
  ...[1, 2, 3].flatMap(() => Object.values(requests)),
  { path: `${list}?filter=x`, isMember: true, status: 200 },
  { path: '/_mock/personas', isMember: false, status: 200 },
]
const sendMixed = (total: number) =>
  sendRequests(url, total, (at) => {
    const { path, isMember, status } =
      at % 500 === 499 ? { path: pdf, isMember: true, status: 200 } : mixed[at % mixed.length]!
    return { path, status, headers: isMember ? member : {} }
  })
const memory = async (): Promise<Record<'heap' | 'external' | 'resident', number>> => {
  const reply = once(child, 'message')
  child.send('memory')
  return (await reply)[0]
}
await sendMixed(2000)
const before = await memory()
await sendMixed(10_000)
const after = await memory()
for (const kind of ['heap', 'external', 'resident'] as const)
  console.log(
    `10,000 requests of mixed kinds, ${kind} memory: ${before[kind].toFixed(1)} MB before, ${after[kind].toFixed(1)} MB after`,
  )
child.disconnect()
