import { expect, test } from 'vitest'
import { readBaseUrl } from './base-url.ts'

test.each([
  ['https://host', 'https://host'],
  ['https://host/api//', 'https://host/api'],
  ['http://[::1]:8080/a/b/', 'http://[::1]:8080/a/b'],
  ['https://host/api?x=1#y', 'https://host/api'],
])('%s has the base %s', (text, base) => {
  expect(readBaseUrl(text)).toEqual({ base, secrets: [] })
})

test('user information is a secret and no part of the base', () => {
  expect(readBaseUrl('https://qa:p%40ss%20word@host/api')).toEqual({
    base: 'https://host/api',
    secrets: ['qa', 'qa', 'p%40ss%20word', 'p@ss word'],
  })
})

test('a password that is no percent-encoding is kept as written', () => {
  expect(readBaseUrl('https://:100%@host').secrets).toEqual(['100%', '100%'])
})
