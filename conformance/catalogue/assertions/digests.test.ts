import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { findWrongDigest } from './digests.ts'

const bytes = Buffer.from('a document')
const digest = (algorithm: string, of = bytes) => createHash(algorithm).update(of).digest('base64')
const found = (name: string, value: string, representation: Buffer | undefined = bytes) =>
  findWrongDigest({ headers: [[name, value]] }, { content: bytes, representation })

test.each([
  ['Content-Digest', `sha-256=:${digest('sha256')}:`],
  ['Repr-Digest', `sha-512=:${digest('sha512')}:, sha-256=:${digest('sha256')}:;note="a, b"`],
  ['Repr-Digest', 'crc32c=:AAAAAA==:, unixsum=:AAA=:'],
  ['Digest', `SHA-256=${digest('sha256')},md5=${digest('md5')}`],
  ['Content-MD5', digest('md5')],
  ['Want-Repr-Digest', 'sha-256=1'],
])('%s: %s is true, or is not checked', (name, value) => {
  expect(found(name, value)).toBeUndefined()
})

const other = Buffer.from('another document')

test.each([
  ['Content-Digest', `sha-256=:${digest('sha256', other)}:`],
  ['Repr-Digest', `sha-512=:${digest('sha512')}:, sha-256=:${digest('sha256', other)}:`],
  ['Digest', `SHA-256=${digest('sha256', other)}`],
  ['Content-MD5', digest('md5', other)],
])('%s: %s is that of something else', (name, value) => {
  expect(found(name, value)).toBe(name)
})

test('the digest of a representation that is not known is not checked', () => {
  const headers: [string, string][] = [['Repr-Digest', `sha-256=:${digest('sha256', other)}:`]]
  expect(findWrongDigest({ headers }, { content: bytes, representation: undefined })).toBeUndefined()
})
