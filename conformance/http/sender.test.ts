import { describe, expect, test } from 'vitest'
import { mapConcurrently } from './concurrency.ts'
import { Sender, type Throttling } from './sender.ts'
import type { PreparedRequest } from './transport.ts'
import { fixedWindow, type Limiter, leakyBucket, ThrottledTransport } from './vitest.throttle.ts'
import { VirtualClock } from './vitest.virtual-clock.ts'

const limits = { timeoutMs: 30_000, maxBytes: 2 ** 20 }
const get = (path: string): PreparedRequest => ({ method: 'GET', path, headers: {} })
const control = get('/usage.pdf')

/** 240 different requests, four at a time, as a run sends them. */
async function run(limiter: Limiter, requests = 240, rate = 20) {
  const clock = new VirtualClock()
  const start = clock.now()
  const transport = new ThrottledTransport(clock, limiter)
  const told: Throttling[] = []
  const sender = new Sender(transport, { limits, rate, clock, onThrottled: (one) => void told.push(one) })
  const paths = Array.from({ length: requests }, (_, index) => `/${index}`)
  const outcomes = await mapConcurrently(paths, 4, (path) => sender.send('client', get(path), () => control))
  const statuses = outcomes.map((one) =>
    'received' in one ? one.received.response.status : String(one.error),
  )
  return { statuses: new Set(statuses), outcomes, minutes: (clock.now() - start) / 60_000, told, transport }
}

const minute = 60_000
const http = (ms: number) => new Date(ms).toUTCString()

/** 60 requests a minute, as frameworks, gateways and proxies limit and say so; and how often at most they refuse. */
const limiters: [string, () => Limiter, number][] = [
  [
    "Laravel's throttle: Retry-After, and what remains without a time",
    () =>
      fixedWindow(60, minute, (remaining, reset, isRefused) => [
        ['X-RateLimit-Limit', '60'],
        ['X-RateLimit-Remaining', String(remaining)],
        ...(isRefused ? [['Retry-After', String(reset)] as [string, string]] : []),
      ]),
    16,
  ],
  [
    'a date in Retry-After',
    () => fixedWindow(60, minute, (_, reset, __, now) => [['Retry-After', http(now + reset * 1000)]]),
    16,
  ],
  [
    'the structured field RateLimit',
    () =>
      fixedWindow(60, minute, (remaining, reset) => [
        ['RateLimit-Policy', '"default";q=60;w=60'],
        ['RateLimit', `"day";r=9000;t=40000, "default";r=${remaining};t=${reset}`],
      ]),
    0,
  ],
  [
    'the field RateLimit of draft 7',
    () =>
      fixedWindow(60, minute, (remaining, reset) => [
        ['RateLimit', `limit=60, remaining=${remaining}, reset=${reset}`],
      ]),
    0,
  ],
  [
    'RateLimit-Remaining and -Reset',
    () =>
      fixedWindow(60, minute, (remaining, reset) => [
        ['RateLimit-Remaining', String(remaining)],
        ['RateLimit-Reset', String(reset)],
      ]),
    0,
  ],
  [
    'X-RateLimit-Reset as an instant',
    () =>
      fixedWindow(60, minute, (remaining, reset, _, now) => [
        ['X-RateLimit-Remaining', String(remaining)],
        ['X-RateLimit-Reset', String(Math.ceil(now / 1000) + reset)],
      ]),
    0,
  ],
  ['429 and not a word', () => fixedWindow(60, minute), 80],
  ["nginx's limit_req: 503 and not a word", () => leakyBucket(1000, 5, 503), 240],
  ['a bucket with Retry-After: 1', () => leakyBucket(1000, 5, 429, [['Retry-After', '1']]), 200],
]

describe('a deployment that serves 60 requests a minute serves them all', () => {
  test.each(limiters)('%s', async (_, limiter, mostRefused) => {
    const { statuses, minutes, transport } = await run(limiter())
    expect(statuses).toEqual(new Set([200]))
    expect(transport.refused).toBeLessThanOrEqual(mostRefused)
    // Four windows: three minutes and the time of the last one. Where nothing is told, it takes longer.
    expect(minutes).toBeLessThan(mostRefused > 0 ? 8 : 3.2)
  })
})

test('a deployment that limits nobody is not slowed down', async () => {
  const { minutes, told } = await run(() => ({ headers: [['RateLimit', '"default";r=5000;t=60']] }))
  expect([minutes < 0.25, told]).toEqual([true, []])
})

test.each([
  ['at the first request', 0, 1],
  ['after a few', 3, 1],
  ['after a few, with a wait of a minute', 3, 60],
  ['after many', 50, 1],
  ['after many, with a wait of a minute', 50, 60],
])('one 429 %s does not slow the rest of the run down', async (_, before, waitS) => {
  let count = 0
  const once: Limiter = () =>
    count++ === before ? { status: 429, headers: [['Retry-After', String(waitS)]] } : { headers: [] }
  const { statuses, minutes, transport } = await run(once, 400)
  expect([statuses, transport.refused]).toEqual([new Set([200]), 1])
  // 400 requests take a third of a minute.
  expect(minutes - waitS / 60).toBeLessThan(before < 20 ? 0.5 : 2)
})

test('fields that say nothing remains, while everything is served, are not believed for long', async () => {
  const { statuses, minutes } = await run(() => ({
    headers: [
      ['X-RateLimit-Remaining', '0'],
      ['X-RateLimit-Reset', '60'],
    ],
  }))
  expect(statuses).toEqual(new Set([200]))
  expect(minutes).toBeLessThan(8)
})

test('it is said how long the run waits, and how much is served', async () => {
  const { told } = await run(limiters[0]![1]())
  expect(told[0]).toEqual({ waitMs: expect.any(Number), rate: expect.closeTo(1, 0) })
  expect(told[0]!.waitMs).toBeGreaterThan(50_000)
})

describe('a 429 or 503', () => {
  const odd: Limiter = ({ path }) => ({ headers: [], ...(path === '/7' && { status: 503 }) })

  test('that one request gets each time, while others are served, is its answer', async () => {
    const { outcomes, statuses, minutes } = await run(odd, 20)
    expect(statuses).toEqual(new Set([200, 503]))
    expect(outcomes[7]?.notes.at(-1)).toBe(
      "answered 503 each time, while the member's request for the export was served",
    )
    expect(minutes).toBeLessThan(0.1)
  })

  test('that a fifth of all requests get by chance is nobody’s answer', async () => {
    let count = 0
    const byChance: Limiter = () => {
      count = (count * 7 + 3) % 101
      return { headers: [], ...(count % 5 === 0 && { status: 503 }) }
    }
    expect((await run(byChance)).statuses).toEqual(new Set([200]))
  })

  test('that everybody gets ends the run soon', async () => {
    const { statuses, minutes } = await run(() => ({ status: 503, headers: [] }), 500)
    for (const status of statuses) expect(status).toMatch(/the deployment is busy: (it has )?answered /)
    expect(minutes).toBeLessThan(6)
  })

  test('with a wait that nobody has time for says nothing of the request', async () => {
    const limiter: Limiter = ({ path }) =>
      path === '/7' ? { status: 429, headers: [['Retry-After', '3600']] } : { headers: [] }
    const { statuses } = await run(limiter, 10)
    expect([...statuses].map(String)).toContainEqual(
      expect.stringMatching(/busy: answered 429 1 times, .* 3600 s/),
    )
  })
})
