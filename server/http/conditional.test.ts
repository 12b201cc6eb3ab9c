import { expect, test } from 'vitest'
import { evaluatePreconditions } from './conditional.ts'

const etag = '"a,b"'

test.each([
  [{}, 'send'],
  [{ 'if-none-match': '"other"' }, 'send'],
  [{ 'if-none-match': 'a,b' }, 'send'],
  [{ 'if-none-match': etag }, 'not-modified'],
  [{ 'if-none-match': `W/${etag}` }, 'not-modified'],
  [{ 'if-none-match': `"x", ${etag}` }, 'not-modified'],
  [{ 'if-none-match': '*' }, 'not-modified'],
  [{ 'if-match': etag }, 'send'],
  [{ 'if-match': '*' }, 'send'],
  [{ 'if-match': etag, 'if-none-match': etag }, 'not-modified'],
  [{ 'if-modified-since': 'Fri, 01 Jan 2100 00:00:00 GMT' }, 'send'],
  [{ 'if-unmodified-since': 'Thu, 01 Jan 1970 00:00:00 GMT' }, 'send'],
] as const)('%j means: %s', (headers, expected) => {
  expect(evaluatePreconditions(etag, headers)).toBe(expected)
})

test.each(['"other"', `W/${etag}`, ''])('If-Match: %s fails', (field) => {
  expect(() => evaluatePreconditions(etag, { 'if-match': field, 'if-none-match': etag })).toThrow(
    expect.objectContaining({ code: 'precondition_failed' }),
  )
})
