import { expect, test } from 'vitest'
import { joinReasons } from './reasons.ts'

test('each reason is named once, and of many the first ones', () => {
  expect(joinReasons(['a', 'b', 'a'])).toBe('a; b')
  const many = Array.from({ length: 200_000 }, (_, at) => `/${at} must be integer`)
  expect(joinReasons(many)).toMatch(/^\/0 must be integer; .*; \/19 must be integer; and 199980 more$/)
})
