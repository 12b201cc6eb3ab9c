import { expect, test } from 'vitest'
import { RetryBudget } from './retry-budget.ts'

const limits = { timeoutMs: 30_000, maxBytes: 50 * 2 ** 20 }
const get = { method: 'GET', path: '/', headers: {} } as const

test('a wait is as long as asked for, twice, and not longer than ten seconds', () => {
  const retryBudget = new RetryBudget(limits)
  expect([retryBudget.waitBeforeRetry(429, 3000, 0), retryBudget.waitBeforeRetry(429, 3000, 1)]).toEqual([
    3000, 3000,
  ])
  expect(() => retryBudget.waitBeforeRetry(429, 3000, 2)).toThrow(/answered 429 3 times/)
  expect(() => retryBudget.waitBeforeRetry(503, 3_600_000, 0)).toThrow(/answered 503 1 times/)
})

test('all waits together come to no more than a minute', () => {
  const retryBudget = new RetryBudget(limits)
  for (let request = 0; request < 6; request++)
    expect(retryBudget.waitBeforeRetry(429, 10_000, 0)).toBe(10_000)
  expect(() => retryBudget.waitBeforeRetry(429, 1000, 0)).toThrow(/busy/)
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
