import { expect, test } from 'vitest'
import { RetryBudget } from './retry-budget.ts'
import { VirtualClock } from './vitest.virtual-clock.ts'

const limits = { timeoutMs: 30_000, maxBytes: 50 * 2 ** 20 }
const get = { method: 'GET', path: '/', headers: {} } as const

/** The waits of one request until the budget has no more for it. */
function waits(
  refusal: { status: number; toldMs?: number; isContended?: boolean },
  budget = new RetryBudget(limits),
) {
  const found: number[] = []
  for (;;) {
    const { status, toldMs, isContended = false } = refusal
    const wait = budget.waitBeforeRetry({ status, toldMs, waits: found.length, isContended })
    if (wait === undefined) return found
    found.push(wait)
  }
}

test('a request waits as it is told, or longer each time', () => {
  expect(waits({ status: 429, toldMs: 60_000 })).toEqual([60_000, 60_000])
  expect(waits({ status: 503, toldMs: 3_600_000 })).toEqual([])
  expect(waits({ status: 503 })).toEqual([1000, 2000])
  expect(waits({ status: 429 })).toEqual([1000, 2000, 4000, 8000, 16_000, 32_000])
  expect(waits({ status: 429, toldMs: 1000, isContended: true })).toHaveLength(20)
})

test('where nothing is served for three minutes, no more is waited for', async () => {
  const clock = new VirtualClock()
  const budget = new RetryBudget(limits, clock)
  await clock.sleep(181_000)
  expect(waits({ status: 429, toldMs: 1000 }, budget)).toEqual([])
  budget.recordServed()
  expect(waits({ status: 429, toldMs: 1000 }, budget)).toEqual([1000, 1000])
})

test('a run waits an hour in all, requests that wait together once', () => {
  const clock = new VirtualClock()
  const budget = new RetryBudget(limits, clock)
  for (let request = 0; request < 1000; request++)
    expect(waits({ status: 429, toldMs: 60_000 }, budget)).toEqual([60_000, 60_000])
})

test('after three requests that are refused alone, the next one is compared at once', () => {
  const budget = new RetryBudget(limits)
  for (let request = 0; request < 3; request++) budget.recordOwnRefusal()
  expect(waits({ status: 503 }, budget)).toEqual([])
})

test('answers that never end are waited for in full six times, each method by itself', () => {
  const retryBudget = new RetryBudget(limits)
  for (let lost = 0; lost < 6; lost++) {
    expect(retryBudget.limitsFor(get)).toBeUndefined()
    retryBudget.recordUnfinished(get)
  }
  expect(retryBudget.limitsFor(get)).toEqual({ timeoutMs: 2000, maxBytes: (50 * 2 ** 20) / 15 })
  expect(retryBudget.limitsFor({ ...get, method: 'HEAD' })).toBeUndefined()
  expect(retryBudget.limitsFor({ ...get, onSharedConnection: true })).toBeUndefined()
})
