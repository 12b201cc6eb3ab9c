import { expect, test } from 'vitest'
import { parseFailOn } from './fail-on.ts'

test.each([
  ['http', { changes: 'breaking', level: 'http' }],
  ['risky', { changes: 'risky', level: 'contract' }],
  ['http, risky', { changes: 'risky', level: 'http' }],
  ['risky,advice', { changes: 'risky', level: 'advice' }],
  ['', undefined],
  ['http,advice', undefined],
  ['breaking,risky', undefined],
  ['harmless', undefined],
  ['risky,', undefined],
])('%j', (text, wanted) => {
  expect(parseFailOn(text)).toEqual(wanted)
})

test('given twice, each kind keeps what the other time does not say', () => {
  expect(parseFailOn('risky', parseFailOn('http'))).toEqual({ changes: 'risky', level: 'http' })
})
