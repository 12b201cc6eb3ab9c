import { expect, test } from 'vitest'
import { Labels } from '../../../conformance/pdf/judge/vocabulary/labels.ts'
import { localWording } from '../languages/local-wording.ts'
import { nonsense } from './nonsense.ts'

test.each(Array.from({ length: 50 }, (_, seed) => seed))('no language has the words of seed %i', (seed) => {
  const words = nonsense(localWording('de', 'both'), seed)
  const { direct, subtree, limit, free, none, zero, name, total, types } = words
  const labels = new Labels(Object.keys(types))
  const said = [direct, subtree, limit, free, none, zero, name, total, ...Object.values(types)]
  expect(new Set(said).size).toBe(said.length)
  expect(said.map((word) => labels.read(word))).toEqual(said.map(() => ({ types: [], figures: [] })))
})
