import { expect, test } from 'vitest'
import { pdfReader } from '../../conformance/vitest.pdf-reader.ts'
import { sample } from '../../vitest.sampling.ts'
import { correctServers, mutants } from '../servers/index.ts'
import { examine } from './examine.ts'
import { detectingChecks, readExpectation } from './expectation.ts'

const expected = readExpectation()
const isQuick = ({ id }: { id: string }) =>
  !['first-byte-slow', 'busy-once', 'busy-reports', 'dribbling'].includes(id)
const plain = correctServers.find(({ id }) => id === 'plain')!

// Each run of the suite takes seconds; `npm run detection` has them all.
const reference = examine(plain, 'full', pdfReader)

test.concurrent.each(sample(200, correctServers.filter(isQuick), 12))(
  'no false positive on a server that $title',
  async (declaration) => {
    const { failed } = await (declaration === plain ? reference : examine(declaration, 'full', pdfReader))
    expect(failed.filter(({ level }) => level !== 'advice')).toEqual([])
  },
)

const killed = mutants.filter(({ id }) => expected.killed[id]?.length)

test.concurrent.each(sample(1000, killed, 24))('killed: a mutant that $title', async (declaration) => {
  const result = await examine(declaration, 'full', pdfReader)
  const failedByReference = new Set((await reference).failed.map(({ check }) => check))
  expect(detectingChecks(declaration, result, failedByReference)).not.toEqual([])
})

test('every mutant that is expected to be killed exists', () => {
  const ids = new Set(mutants.map(({ id }) => id))
  expect(Object.keys(expected.killed).filter((id) => !ids.has(id))).toEqual([])
})
