import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { checkedIn } from './weight-values.ts'
import { withWeights } from './weights-file.ts'

const file = new URL('../../../conformance/pdf/judge/weights.ts', import.meta.url)
const source = readFileSync(file, 'utf8')

test('every weight has a line of its own, and writing the same values changes nothing', () => {
  expect(withWeights(source, checkedIn)).toBe(source)
})

test('only the line of a weight that moves is another', () => {
  const written = withWeights(source, { ...checkedIn, stray: -1.75 })
  const changed = written.split('\n').filter((line, at) => line !== source.split('\n')[at])
  expect(changed).toEqual(['  stray: -1.75,'])
})

test('a weight without a line is an error', () => {
  expect(() => withWeights(source, { unheardOf: 1 })).toThrow('unheardOf')
})
