import { readFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'
import { allChecks } from '../../conformance/catalogue/catalogue.ts'
import { correctServers, mutants } from '../servers/index.ts'
import type { DetectionResult, ProfileDepth } from './examine.ts'
import { readExpectation, writeExpectation } from './expectation.ts'
import { expectationFrom, type Measurement, measure, summaryOf, tableOf } from './measurement.ts'
import { examineAll } from './pool.ts'

/**
 * Runs the suite against every deployment and measures what it finds and whom it blames wrongly.
 * Exit code 1: a kill is lost, or a right deployment is blamed. `--update` accepts what was found;
 * `--markdown` prints the table for the README.
 */
const { values } = parseArgs({
  options: {
    only: { type: 'string', multiple: true },
    essential: { type: 'boolean', default: false },
    threads: { type: 'string', default: String(2 * availableParallelism()) },
    update: { type: 'boolean', default: false },
    markdown: { type: 'boolean', default: false },
  },
})
const { only = [] } = values
const isWanted = ({ id, area }: { id: string; area: string }) =>
  only.length === 0 || only.includes(id) || only.includes(area)
const knowledge: ProfileDepth = values.essential ? 'essential' : 'full'
const wanted = [
  ...correctServers.filter((one) => one.id === 'plain' || isWanted(one)),
  ...mutants.filter(isWanted),
].filter((one) => knowledge === 'full' || !('needs' in one))

const examineEach = (ids: string[], threads: number) => {
  let done = 0
  return examineAll(ids, {
    threads,
    knowledge,
    onFinding: ({ id, failed, durationMs }) => {
      const checks = failed.map(({ check }) => check).join(' ') || 'nothing'
      process.stderr.write(`${++done}/${ids.length} ${id}: ${checks} (${durationMs} ms)\n`)
    },
  })
}

const expected = readExpectation()
const measureAll = (findings: DetectionResult[]) =>
  measure(findings, {
    faulty: mutants,
    right: correctServers,
    checks: allChecks.map(({ id }) => id),
    expected,
  })

const findings = await examineEach(
  wanted.map(({ id }) => id),
  Number(values.threads),
)
// What a crowded machine may have spoiled is looked at a second time, alone, before it counts.
const doubtful = (({ lost, correct: right }: Measurement) => [
  ...lost,
  ...right
    .filter(({ accusations: falsePositives }) => falsePositives.length > 0)
    .map(({ declaration }) => declaration.id),
])(measureAll(findings))
const again = doubtful.length > 0 ? await examineEach(doubtful, 1) : []
const measurement = measureAll([...findings.filter(({ id }) => !doubtful.includes(id)), ...again])
const told = values.markdown
  ? summaryOf(measurement, new Date(), versionOf())
  : describe(measurement).join('\n')
process.stdout.write(`${told}\n`)
if (values.update && knowledge === 'full') writeExpectation(expectationFrom(measurement, expected))
const isBlaming = measurement.correct.some(({ accusations: falsePositives }) => falsePositives.length > 0)
process.exitCode = measurement.lost.length > 0 || isBlaming ? 1 : 0

function versionOf(): string {
  return (
    JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as { version: string }
  ).version
}

function describe(run: Measurement): string[] {
  const missed = run.mutants.filter(({ killers: detecting }) => detecting.length === 0)
  const blamed = run.correct.filter(({ accusations: falsePositives }) => falsePositives.length > 0)
  return [
    tableOf(run),
    '',
    `Right deployments: ${run.correct.length}, blamed: ${blamed.length}`,
    ...blamed.flatMap(({ declaration, accusations: falsePositives }) => [
      `  ${declaration.id}: ${declaration.title}`,
      ...falsePositives.map(({ check, level, reason }) => `    ${check} (${level}) ${reason.split('\n')[0]}`),
    ]),
    '',
    `Missed: ${missed.length}`,
    ...missed.map(({ declaration, finding }) => `  ${describeMiss(declaration, finding)}`),
    '',
    ...(only.length > 0
      ? run.mutants.map(({ declaration, killers: detecting }) => `${declaration.id}: ${detecting.join(' ')}`)
      : []),
    `Checks that found nothing: ${run.idle.length}${run.idle.length > 0 ? ` (${run.idle.join(' ')})` : ''}`,
    ...(run.lost.length > 0 ? [`Lost kills: ${run.lost.join(' ')}`] : []),
  ]
}

function describeMiss(
  { id, area, level, title }: (typeof mutants)[number],
  { failed, undecided }: DetectionResult,
): string {
  const softer = failed.map(({ check }) => check).join(' ')
  const hint = softer ? `; only ${softer}` : undecided.length > 0 ? `; undecided: ${undecided.join(' ')}` : ''
  return `${id} (${area}, ${level}): ${title}${hint}`
}
