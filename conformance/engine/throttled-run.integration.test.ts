import { expect, test } from 'vitest'
import { sample } from '../../vitest.sampling.ts'
import { allChecks } from '../catalogue/catalogue.ts'
import { createNetworkTransport } from '../http/network-transport.ts'
import { fixedWindow, ThrottledTransport } from '../http/vitest.throttle.ts'
import { VirtualClock } from '../http/vitest.virtual-clock.ts'
import { baseUrl, run } from './vitest.suite-run.ts'

const areas = sample(3, ['AUTH', 'TOKEN', 'HTTP', 'CACHE', 'RANGE', 'TENANCY', 'ACCESS', 'WIRE'])

test('a throttle of 60 requests a minute leaves nothing undecided, and the run says how long it takes', async () => {
  const clock = new VirtualClock()
  const network = createNetworkTransport({ base: baseUrl, timeoutMs: 30_000, maxBytes: 50 * 2 ** 20 })
  const limiter = fixedWindow(60, 60_000, (_, reset, isRefused) =>
    isRefused ? [['Retry-After', String(reset)]] : [],
  )
  const notices: string[] = []
  const { checks } = await run({
    checks: allChecks.filter(({ id }) => areas.some((area) => id.startsWith(`${area}-`))),
    transport: new ThrottledTransport(clock, limiter, network),
    clock,
    onNotice: (text) => void notices.push(text),
  })
  expect(checks.filter(({ outcome }) => outcome !== 'passed' && outcome !== 'skipped')).toEqual([])
  expect(notices.length).toBeGreaterThan(1)
  for (const notice of notices)
    expect(notice).toMatch(
      /^the deployment limits requests: waiting \d+ s, then about \d+ requests a (second|minute); about \d+ (s|min) to go$/,
    )
})
