import { expect, test } from 'vitest'
import { assertEqual } from './assertions.ts'

test('what is not there is missing, what must not be there is none', () => {
  expect(() => assertEqual(undefined, 'nosniff', 'X-Content-Type-Options')).toThrow(
    "X-Content-Type-Options is missing; expected 'nosniff'",
  )
  expect(() => assertEqual<string | undefined>('x', undefined, 'the error of the challenge')).toThrow(
    "the error of the challenge is 'x'; expected none",
  )
})
