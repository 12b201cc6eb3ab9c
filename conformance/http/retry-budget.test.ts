import { expect, test } from 'vitest'
import { Patience } from './retry-budget.ts'

const limits = { timeoutMs: 30_000, maxBytes: 50 * 2 ** 20 }
const get = { method: 'GET', path: '/', fields: {} } as const

test('a wait is as long as asked for, twice, and not longer than ten seconds', () => {
  const patience = new Patience(limits)
  expect([patience.wait(429, 3000, 0), patience.wait(429, 3000, 1)]).toEqual([3000, 3000])
  expect(() => patience.wait(429, 3000, 2)).toThrow(/answered 429 3 times/)
  expect(() => patience.wait(503, 3_600_000, 0)).toThrow(/answered 503 1 times/)
})

test('all waits together come to no more than a minute', () => {
  const patience = new Patience(limits)
  for (let question = 0; question < 6; question++) expect(patience.wait(429, 10_000, 0)).toBe(10_000)
  expect(() => patience.wait(429, 1000, 0)).toThrow(/busy/)
})

test('answers that never end are waited for in full six times, each method by itself', () => {
  const patience = new Patience(limits)
  for (let lost = 0; lost < 6; lost++) {
    expect(patience.limitsFor(get)).toBeUndefined()
    patience.lose(get)
  }
  expect(patience.limitsFor(get)).toEqual({ timeoutMs: 2000, maxBytes: (50 * 2 ** 20) / 15 })
  expect(patience.limitsFor({ ...get, method: 'HEAD' })).toBeUndefined()
  expect(patience.limitsFor({ ...get, isKept: true })).toBeUndefined()
})
