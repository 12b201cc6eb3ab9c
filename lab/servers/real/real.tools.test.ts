import { readFileSync, writeFileSync } from 'node:fs'
import { beforeAll, describe, expect, test } from 'vitest'
import { allChecks } from '../../../conformance/catalogue/catalogue.ts'
import { runSuite } from '../../../conformance/engine/run.ts'
import { describeContract } from '../../../conformance/results/contract.ts'
import type { Report } from '../../../conformance/results/report.ts'
import { realDeployments } from './deployments.ts'
import { startReal } from './start-real.ts'

/** Why a check says what it says of a deployment, by the deployment's name and the check's id. */
type Expected = Record<string, Record<string, string>>

const file = new URL('./expected.json', import.meta.url)
const expected = JSON.parse(readFileSync(file, 'utf8')) as Expected
/** `REAL_UPDATE=true` writes what is said now, with the reasons known so far; a person then says why each is true. */
const isUpdate = process.env.REAL_UPDATE === 'true'

let contract: Report['contract']
beforeAll(async () => {
  contract = await describeContract()
})

/** What is said of a deployment, apart from what passes or is skipped: `CACHE-004 failed (advice)`. */
const saidOf = ({ checks }: Report) =>
  checks
    .filter(({ outcome }) => outcome === 'failed' || outcome === 'cantTell')
    .map(({ id, outcome, level, reason }) => ({ key: `${id} ${outcome} (${level})`, reason }))

describe.each(realDeployments)('$name', (deployment) => {
  test('what verify says of it is known and true', async () => {
    await using running = await startReal(deployment)
    const report = await runSuite(running.profile, {
      baseUrl: running.url,
      checks: allChecks,
      contract,
      tool: { name: 'altostrat-contract', version: 'test' },
      failOn: 'http',
      env: {},
    })
    const said = saidOf(report)
    const known = expected[deployment.name] ?? {}
    if (isUpdate) {
      expected[deployment.name] = Object.fromEntries(
        said.map(({ key, reason }) => [key, known[key] ?? `UNEXPLAINED: ${reason}`]),
      )
      writeFileSync(file, `${JSON.stringify(expected, null, 2)}\n`)
    }
    const unexplained = said.filter(({ key }) => !Object.hasOwn(expected[deployment.name] ?? {}, key))
    expect(unexplained).toEqual([])
    expect(report.problem).toBeUndefined()
  })
})

test('every entry is of a deployment, and says why it is true', () => {
  const names = realDeployments.map(({ name }) => name)
  expect(Object.keys(expected).filter((name) => !names.includes(name))).toEqual([])
  const reasons = Object.values(expected).flatMap((entries) => Object.values(entries))
  expect(reasons.filter((reason) => reason.startsWith('UNEXPLAINED') || reason.length < 10)).toEqual([])
})
