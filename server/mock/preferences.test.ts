import { expect, test } from 'vitest'
import { readPreferences } from './preferences.ts'

test.each([
  [undefined, {}],
  ['', {}],
  ['code=404', { code: 404 }],
  ['Code = "404"', { code: 404 }],
  ['wait=2, code=403', { wait: 2, code: 403 }],
  ['respond-async; x="a, code=401", code=403; y', { code: 403 }],
  ['code=403, code=404', { code: 403 }],
  ['wait=0.5', { wait: 0.5 }],
  ['wait=86400', { wait: 60 }],
  ['wait=-1, code=x, decode=404', {}],
  ['code', {}],
])('Prefer: %s', (header, expected) => {
  expect(readPreferences(header)).toEqual(expected)
})
