import { expect, test } from 'vitest'
import { every, isFullSize } from '../sampling.ts'
import { correctServers, mutants } from '../servers/index.ts'
import { examine } from './examine.ts'
import { detectingChecks, readExpectation } from './expectation.ts'

/** Each run of the suite takes seconds; `npm run detection` has them all. */
const step = isFullSize ? { correct: 12, mutants: 24 } : { correct: 48, mutants: 120 }

const expected = readExpectation()
const quick = (one: { id: string }) =>
  !['first-byte-slow', 'busy-once', 'busy-reports', 'dribbling'].includes(one.id)
const plain = correctServers.find(({ id }) => id === 'plain')!

test.concurrent.each(every(step.correct, correctServers.filter(quick)))(
  'nobody is blamed who $title',
  async (declaration) => {
    const { failed } = await examine(declaration)
    expect(failed.filter(({ level }) => level !== 'advice')).toEqual([])
  },
)

const killed = mutants.filter(({ id }) => expected.killed[id])

const noise = examine(plain).then(({ failed }) => new Set(failed.map(({ check }) => check)))

test.concurrent.each(every(step.mutants, killed))('it is found who $title', async (declaration) => {
  expect(detectingChecks(declaration, await examine(declaration), await noise)).not.toEqual([])
})

test('every expected kill is of a deployment that exists', () => {
  const ids = new Set(mutants.map(({ id }) => id))
  expect(Object.keys(expected.killed).filter((id) => !ids.has(id))).toEqual([])
})
