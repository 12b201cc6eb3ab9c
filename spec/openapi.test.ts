import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { contractFile } from './document.ts'

const userContract = '../shared/contract/openapi.seed.yaml'

/** Drops what we may say in our own words: descriptions, operation ids and extensions. */
function substance(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(substance)
  if (typeof value !== 'object' || value === null) return value
  const kept = Object.entries(value).filter(
    ([key, child]) =>
      !(key === 'description' && typeof child === 'string') && key !== 'operationId' && !key.startsWith('x-'),
  )
  return Object.fromEntries(kept.map(([key, child]) => [key, substance(child)]))
}

const read = (file: string | URL) => substance(parse(readFileSync(file, 'utf8')))

test('the contract says what was given, and nothing else', () => {
  expect(read(contractFile)).toEqual(read(new URL('./given.yaml', import.meta.url)))
})

test.runIf(existsSync(userContract))('the given contract on file is the one of the user', () => {
  expect(read(new URL('./given.yaml', import.meta.url))).toEqual(read(userContract))
})
