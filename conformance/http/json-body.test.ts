import { expect, test } from 'vitest'
import { readJsonBody } from './json-body.ts'

test.each([
  ['{"a": [1]}', { a: [1] }],
  ['\r\n\t [-1]', [-1]],
  [`${' '.repeat(2000)}"a"`, 'a'],
  ['false', false],
  ['null', null],
])('%j is JSON', (text, value) => {
  expect(readJsonBody(Buffer.from(text))).toEqual(value)
})

test.each(['', '  ', 'eyJhbGciOiJub25lIn0.e30.', '%PDF-1.7', '<html>', 'nil', '{', '\ufeff{}'])(
  '%j is none',
  (text) => {
    expect(readJsonBody(Buffer.from(text))).toBeUndefined()
  },
)

test('what is nested too deep is refused, unless it can be no JSON from its beginning', () => {
  expect(() => readJsonBody(Buffer.from('['.repeat(10_000)))).toThrow(/more than 500 levels deep/)
  expect(readJsonBody(Buffer.from(`<${'['.repeat(10_000)}`))).toBeUndefined()
})
