import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'
import { allChecks } from '../../conformance/catalogue/catalogue.ts'
import packageFile from '../../package.json' with { type: 'json' }
import { correctServers, mutants } from '../servers/index.ts'
import type { DetectionResult, ProfileDepth } from './examine.ts'
import { readExpectation, writeExpectation } from './expectation.ts'
import { expectationFrom, type Measurement, measure } from './measurement.ts'
import { examineAll } from './pool.ts'
import { consoleSummary, markdownSummary } from './summary.ts'

/** `npm run detection`: runs the suite against every deployment. Options and exit codes: lab/README.md. */
const { values: options } = parseArgs({
  options: {
    only: { type: 'string', multiple: true, default: [] },
    essential: { type: 'boolean', default: false },
    threads: { type: 'string', default: String(2 * availableParallelism()) },
    update: { type: 'boolean', default: false },
    markdown: { type: 'boolean', default: false },
  },
})
const depth: ProfileDepth = options.essential ? 'essential' : 'full'
const isSelected = ({ id, area }: { id: string; area: string }) =>
  options.only.length === 0 || options.only.includes(id) || options.only.includes(area)

// `plain` always takes part: checks that it fails as well kill no mutant.
const selected = [
  ...correctServers.filter((server) => server.id === 'plain' || isSelected(server)),
  ...mutants.filter(isSelected),
].filter((declaration) => depth === 'full' || !('needs' in declaration))
const expected = readExpectation()
const subjects = { mutants, correctServers, checks: allChecks.map(({ id }) => id) }

const results = await examineWithProgress(
  selected.map(({ id }) => id),
  Number(options.threads),
)
// Lost kills and false positives may come from timeouts on a busy machine: they count if they occur again, alone.
const repeated = idsOfRegressions(measure(results, subjects, expected))
const secondResults = repeated.length > 0 ? await examineWithProgress(repeated, 1) : []
const measurement = measure(
  [...results.filter(({ id }) => !repeated.includes(id)), ...secondResults],
  subjects,
  expected,
)

const summary = options.markdown
  ? markdownSummary(measurement, new Date(), packageFile.version)
  : consoleSummary(measurement, options.only.length > 0)
process.stdout.write(`${summary}\n`)
if (options.update && depth === 'full') writeExpectation(expectationFrom(measurement, expected))
process.exitCode = idsOfRegressions(measurement).length > 0 ? 1 : 0

function idsOfRegressions({ lost, correct }: Measurement): string[] {
  const failing = correct.filter(({ falsePositives }) => falsePositives.length > 0)
  return [...lost, ...failing.map(({ declaration }) => declaration.id)]
}

function examineWithProgress(ids: string[], threads: number): Promise<DetectionResult[]> {
  let done = 0
  return examineAll(ids, {
    threads,
    depth,
    onResult: ({ id, failed, durationMs }) => {
      const checks = failed.map(({ check }) => check).join(' ') || 'nothing'
      process.stderr.write(`${++done}/${ids.length} ${id}: ${checks} (${durationMs} ms)\n`)
    },
  })
}
