import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readBoundedFile } from './bounded-file.ts'

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

test('what cannot be read is said in words', () => {
  expect(() => readBoundedFile(`${file}.none`, 10)).toThrow('no such file')
  expect(() => readBoundedFile(tmpdir(), 2 ** 20)).toThrow('a directory, expected a file')
})
