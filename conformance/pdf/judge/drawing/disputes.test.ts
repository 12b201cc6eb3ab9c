import { expect, test } from 'vitest'
import type { CompetingReadings, DisputedQuantity, ReadAs } from '../judging/finding.ts'
import { disputesOn } from './disputes.ts'

const box = { x0: 10, y0: 10, x1: 20, y1: 20 }
const readAs = (organization: string, field: string): ReadAs => ({
  organization,
  name: organization,
  field,
  expected: '1',
  agrees: true,
  named: { page: 1, box },
})
const quantity = (page: number, ...readings: DisputedQuantity['readings']): DisputedQuantity => ({
  page,
  box,
  text: '1',
  readings,
})
const [users, below, limit] = ['usage.usage.users', 'usage.subtree_usage.users', 'limits.users'] as const
const competing: CompetingReadings = {
  needed: 6,
  found: [4, 3],
  disputed: [
    quantity(1, readAs('a', users), readAs('b', users)),
    quantity(1, readAs('a', below), readAs('a', limit)),
    quantity(1, readAs('b', users), readAs('b', limit)),
    quantity(1, readAs('a', users), readAs('a', below)),
    quantity(2, readAs('a', limit), null),
  ],
}

test('quantities that two readings take for the same two figures are one dispute, the most frequent first', () => {
  const said = disputesOn(1, competing).map(({ quantities, says, isAboutOwner }) => [
    quantities.length,
    ...says,
    isAboutOwner,
  ])
  expect(said).toEqual([
    [2, 'users usage', 'users limit', false],
    [1, 'users usage', 'users usage', true],
    [1, 'users usage', 'users usage with all below', false],
  ])
})

test('each page has its own disputes', () => {
  expect(disputesOn(2, competing).map(({ says }) => says)).toEqual([['users limit', 'nobody’s figure']])
  expect(disputesOn(3, competing)).toEqual([])
})
