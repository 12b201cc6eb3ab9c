import { bounded } from '../../../spec/visible.ts'
import { type CheckResult, deciding, type Report } from '../report.ts'

import { type JunitCase, type JunitSuite, junitDocument } from './junit-document.ts'
import { failuresFirst } from './summary.ts'

/** JUnit XML: an area is a suite, a check a case; what does not decide is skipped. */
export function junit(report: Report): string {
  const decisive = new Set(deciding(report.checks, report.failOn))
  const causeOf = (id: CheckResult['id']) => report.causes.find(({ checks }) => checks.includes(id))?.title
  const suites = [...Map.groupBy(report.checks, ({ area }) => area)].map(([name, results]) => ({
    name,
    time: results.reduce((sum, { durationMs }) => sum + durationMs, 0) / 1000,
    cases: failuresFirst(results).map((result) => caseOf(result, decisive.has(result), causeOf(result.id))),
  }))
  return junitDocument(`${report.tool.name} ${report.target}`, [...causes(report), ...suites], {
    time: report.durationMs / 1000,
    timestamp: report.startedAt.slice(0, 19),
  })
}

/** A suite without cases, so that nothing is counted twice. */
function causes({ causes: found }: Report): JunitSuite[] {
  if (found.length === 0) return []
  const told = found.map(({ title, checks, level, hint }, index) =>
    [
      `${index + 1}. ${bounded(title, 400)} (${level})`,
      ...(hint ? [`   usually: ${hint}`] : []),
      `   explains ${checks.join(', ')}`,
    ].join('\n'),
  )
  return [{ name: 'causes', time: 0, cases: [], output: `\n${told.join('\n')}\n` }]
}

function caseOf(result: CheckResult, isDecisive: boolean, cause: string | undefined): JunitCase {
  const { id, title, area, level, outcome, reason, isStale, source, evidence, durationMs } = result
  const passed = { classname: area, name: `${id} ${title}`, time: durationMs / 1000 }
  const element = elementFor(result, isDecisive)
  if (!element) return passed
  const text = isStale ? 'passes, but is listed in the baseline' : reason
  const message = bounded(outcome === 'skipped' ? text : `${outcome} (${level}): ${text}`, 4000)
  const details = [
    ...(cause ? [`cause: ${bounded(cause, 400)}`] : []),
    message,
    `${level}: ${source.url}`,
    ...evidence.map(({ curl }) => curl),
  ].join('\n')
  const type = isStale ? 'stale' : outcome
  return { ...passed, verdict: { element, message, details, ...(element !== 'skipped' && { type }) } }
}

/** A pass that the baseline does not expect fails the run, and so its case. */
function elementFor({ outcome, isStale }: CheckResult, isDecisive: boolean) {
  if (outcome === 'passed') return isStale && isDecisive ? 'failure' : undefined
  if (!isDecisive || outcome === 'skipped' || outcome === 'known') return 'skipped'
  return outcome === 'failed' ? 'failure' : 'error'
}
