import { expect, test } from 'vitest'
import { matchesPattern } from './pattern.ts'

test.each([
  ['', '', true],
  ['a', 'a', true],
  ['a', 'ab', false],
  ['/paths/*/get', '/paths/~1a/get', true],
  ['/paths/*/get', '/paths/~1a/x/get', false],
  ['/paths/**/get', '/paths/~1a/x/get', true],
  ['/paths/~1v1~1*/**', '/paths/~1v1~1books/get/responses', true],
  ['*-removed', 'parameter-removed', true],
  ['*-removed', 'parameter-removed-later', false],
  ['***', 'a/b', true],
  ['**', '', true],
  ['a.c', 'abc', false],
  ['content/*~1*', 'content/*~1*', true],
])('%j and %j: %s', (pattern, text, fits) => {
  expect(matchesPattern(pattern, text)).toBe(fits)
})

test('a pattern that would make a backtracking matcher exponential', () => {
  expect(matchesPattern('**a'.repeat(60), `${'a'.repeat(1000)}b`)).toBe(false)
})
