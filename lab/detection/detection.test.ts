import { expect, test } from 'vitest'
import { correctServers, mutants } from '../servers/index.ts'
import { examine } from './examine.ts'
import { detectingChecks, readExpectation } from './expectation.ts'

/** Every so many; `npm run detection` has them all. */
const every = <T>(step: number, all: T[]) => all.filter((_, index) => index % step === 0)

const expected = readExpectation()
const quick = (one: { id: string }) =>
  !['first-byte-slow', 'busy-once', 'busy-reports', 'dribbling'].includes(one.id)
const plain = correctServers.find(({ id }) => id === 'plain')!

test.concurrent.each(every(12, correctServers.filter(quick)))(
  'nobody is blamed who $title',
  async (declaration) => {
    const { failed } = await examine(declaration)
    expect(failed.filter(({ level }) => level !== 'advice')).toEqual([])
  },
)

const killed = mutants.filter(({ id }) => expected.killed[id])

const noise = examine(plain).then(({ failed }) => new Set(failed.map(({ check }) => check)))

test.concurrent.each(every(24, killed))('it is found who $title', async (declaration) => {
  expect(detectingChecks(declaration, await examine(declaration), await noise)).not.toEqual([])
})

test('every expected kill is of a deployment that exists', () => {
  const ids = new Set(mutants.map(({ id }) => id))
  expect(Object.keys(expected.killed).filter((id) => !ids.has(id))).toEqual([])
})
