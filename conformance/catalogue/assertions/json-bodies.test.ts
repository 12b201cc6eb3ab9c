import { expect, test } from 'vitest'
import { isJson } from './assertions.ts'

test('a body is JSON, none, or too large to tell, which throws nothing', () => {
  expect(isJson(Buffer.from('{"a":[1,null]}'))).toBe(true)
  expect(isJson(Buffer.from('{"a":'))).toBe(false)
  expect(isJson(Buffer.from(`[[]${',[]'.repeat(1_000_001)}]`))).toBe(true)
  expect(isJson(Buffer.from('['.repeat(600) + ']'.repeat(600)))).toBe(true)
})
