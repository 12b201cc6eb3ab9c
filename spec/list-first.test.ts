import { expect, test } from 'vitest'
import { listFirst } from './list-first.ts'

test('each text is named once, of many the first ones, of a long one its beginning', () => {
  expect(listFirst(['a', 'b', 'a'], ', ')).toBe('a, b')
  const many = Array.from({ length: 200_000 }, (_, at) => `/${at} must be integer`)
  expect(listFirst(many, '; ')).toMatch(/^\/0 must be integer; .*; \/29 must be integer; and 199970 more$/)
  expect(listFirst(['x'.repeat(5_000_000)], ', ')).toBe(`${'x'.repeat(1000)}…`)
})
