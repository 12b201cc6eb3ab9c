import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { contractFile } from '../document.ts'
import { compareContracts } from './compare.ts'
import { patched } from './pairs/patch.ts'

const read = (name: string) => parse(readFileSync(new URL(name, import.meta.url), 'utf8'))
const contract: object = read('./pairs/contract.yaml')

type Expected = 'none' | string | string[]
interface Pair {
  pair: string
  before?: Record<string, unknown>
  set?: Record<string, unknown>
  remove?: string[]
  move?: Record<string, string>
  there: Expected
  back: Expected
  why: string
}

const judged = (base: object, head: object) =>
  compareContracts(base, head)
    .map(({ id, client, server }) => `${id} ${client} ${server}`)
    .sort()
const listed = (expected: Expected) => (expected === 'none' ? [] : [expected].flat().sort())

const files = readdirSync(new URL('./pairs/', import.meta.url)).filter(
  (name) => name.endsWith('.yaml') && name !== 'contract.yaml',
)

describe.each(files)('%s', (file) => {
  test.each(read(`./pairs/${file}`) as Pair[])('$pair', ({ before = {}, there, back, ...change }) => {
    const base = patched(contract, { set: before })
    const head = patched(base, change)
    expect(judged(base, head)).toEqual(listed(there))
    expect(judged(head, base)).toEqual(listed(back))
  })
})

test('a contract did not change from itself, whatever the order of its keys', () => {
  const upsideDown = (value: unknown): unknown =>
    Array.isArray(value)
      ? value.map(upsideDown)
      : typeof value === 'object' && value
        ? Object.fromEntries(
            Object.entries(value)
              .map(([key, inner]) => [key, upsideDown(inner)])
              .reverse(),
          )
        : value
  for (const document of [contract, parse(readFileSync(contractFile, 'utf8'))])
    expect(compareContracts(document, upsideDown(document) as object)).toEqual([])
})
