import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { decodeText, readBoundedFile, readBoundedText, readRegularFile } from './bounded-file.ts'

const file = join(mkdtempSync(join(tmpdir(), 'bounded-')), 'a')

test('a file within the limit is read whole', () => {
  const content = Buffer.alloc(3_000_000, 'abc')
  writeFileSync(file, content)
  expect(readBoundedFile(file, 3_000_000).equals(content)).toBe(true)
})

test('a larger one is refused, and so is what never ends', () => {
  expect(() => readBoundedFile(file, 2 * 2 ** 20)).toThrow('is larger than 2 MiB')
  if (process.platform === 'linux')
    expect(() => readBoundedFile('/dev/zero', 2 ** 20)).toThrow('is larger than 1 MiB')
})

test.runIf(process.platform === 'linux')('a device is no regular file', () => {
  expect(() => readRegularFile('/dev/zero', 2 ** 20)).toThrow('is no regular file')
  writeFileSync(file, 'abc')
  expect(readRegularFile(file, 3).toString()).toBe('abc')
})

test('what cannot be read is said in words', () => {
  expect(() => readBoundedFile(`${file}.none`, 10)).toThrow('no such file')
  expect(() => readBoundedFile(tmpdir(), 2 ** 20)).toThrow('a directory, expected a file')
})

test.each([
  ['UTF-8', Buffer.from('naïve')],
  ['UTF-8 with a byte order mark', Buffer.from('\ufeffnaïve')],
  ['UTF-16, as PowerShell redirects it', Buffer.from('\ufeffnaïve', 'utf16le')],
  ['UTF-16 of the other order', Buffer.from('\ufeffnaïve', 'utf16le').swap16()],
])('text in %s is read', (_, bytes) => {
  writeFileSync(file, bytes)
  expect(readBoundedText(file, 100)).toBe('naïve')
})

test('other bytes are refused', () => {
  expect(() => decodeText(Buffer.from('naïve', 'latin1'))).toThrow('no text in UTF-8 or UTF-16')
  expect(() => decodeText(Buffer.from([0xff, 0xfe, 0x00, 0xd8]))).toThrow('no text in UTF-8 or UTF-16')
})
