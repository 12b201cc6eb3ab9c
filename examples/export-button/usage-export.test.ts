import { expect, test } from 'vitest'
// @ts-expect-error: plain JavaScript without types, as the browser loads it
import { fileNameOf } from './usage-export.js'

test.each([
  ['attachment; filename="acme-usage.pdf"', 'acme-usage.pdf'],
  ['attachment; filename=acme.pdf', 'acme.pdf'],
  ['attachment; filename="a \\"b\\".pdf"', 'a "b".pdf'],
  [`attachment; filename="Zo.pdf"; filename*=UTF-8''Zo%C3%AB.pdf`, 'Zoë.pdf'],
  ['inline', undefined],
  [null, undefined],
])('the file name in %s', (header, name) => {
  expect(fileNameOf(header)).toBe(name)
})
