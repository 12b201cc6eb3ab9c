import { expect, test } from 'vitest'
import { selectRange } from './range.ts'

const etag = '"e"'
const select = (range: string, ifRange?: string) =>
  selectRange(100, etag, { range, ...(ifRange !== undefined && { 'if-range': ifRange }) })

test.each([
  ['bytes=0-9', 0, 9],
  ['bytes=90-', 90, 99],
  ['bytes=90-1000', 90, 99],
  ['bytes=-10', 90, 99],
  ['bytes=-1000', 0, 99],
  ['Bytes=99-99', 99, 99],
])('%s of 100 bytes is %i to %i', (range, first, last) => {
  expect(select(range)).toEqual({ first, last })
})

test.each(['bytes=0-1,5-6', 'bytes=', 'bytes=-', 'bytes=5-2', 'bytes=a-b', 'items=0-1', 'bytes 0-1', ''])(
  '%j asks for the whole',
  (range) => expect(select(range)).toBeUndefined(),
)

test.each(['bytes=100-', 'bytes=1000-2000', 'bytes=-0'])('%s cannot be satisfied', (range) => {
  expect(() => select(range)).toThrow(
    expect.objectContaining({ code: 'range_not_satisfiable', headers: { 'Content-Range': 'bytes */100' } }),
  )
})

test('If-Range keeps the range only for the same strong entity tag', () => {
  expect(select('bytes=0-9', etag)).toEqual({ first: 0, last: 9 })
  expect(select('bytes=0-9', 'W/"e"')).toBeUndefined()
  expect(select('bytes=0-9', '"other"')).toBeUndefined()
  expect(select('bytes=0-9', 'Thu, 01 Jan 2026 00:00:00 GMT')).toBeUndefined()
})
