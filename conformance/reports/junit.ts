import { type CheckResult, deciding, type Report } from '../report.ts'
import { bounded, visible } from './visible.ts'

/** JUnit XML as CI servers read it: an area is a suite, a check a case; what does not decide is skipped. */
export function junit(report: Report): string {
  const areas = Map.groupBy(report.checks, ({ area }) => area)
  const decisive = new Set(deciding(report.checks, report.failOn))
  const timestamp = report.startedAt.slice(0, 19)
  const suites = [...areas].map(([area, results]) => {
    const cases = results.map((result) => testCase(result, decisive.has(result)))
    const attributes = { name: area, ...count(results, decisive), time: seconds(results), timestamp }
    return `${element('testsuite', attributes)}\n${cases.join('')}  </testsuite>\n`
  })
  const attributes = {
    name: `${report.tool.name} ${report.target}`,
    ...count(report.checks, decisive),
    time: report.durationMs / 1000,
    timestamp,
  }
  return `<?xml version="1.0" encoding="UTF-8"?>\n${element('testsuites', attributes, '')}\n${suites.join('')}</testsuites>\n`
}

type Verdict = 'failure' | 'error' | 'skipped' | undefined

/** A pass that the baseline does not expect fails the run, and so its case. */
function verdictOf({ outcome, isStale }: CheckResult, isDecisive: boolean): Verdict {
  if (outcome === 'passed') return isStale && isDecisive ? 'failure' : undefined
  if (!isDecisive || outcome === 'skipped' || outcome === 'known') return 'skipped'
  return outcome === 'failed' ? 'failure' : 'error'
}

function testCase(result: CheckResult, isDecisive: boolean): string {
  const { id, title, area, level, outcome, reason, isStale, source, evidence, durationMs } = result
  const attributes = { classname: area, name: `${id} ${title}`, time: durationMs / 1000 }
  const verdict = verdictOf(result, isDecisive)
  if (!verdict) return `${element('testcase', attributes, '    ').slice(0, -1)}/>\n`
  const said = isStale ? 'passes, but stands in the baseline' : reason
  const message = bounded(outcome === 'skipped' ? said : `${outcome} (${level}): ${said}`, 4000)
  const type = isStale ? 'stale' : outcome
  const details = [message, `${level}: ${source.url}`, ...evidence.map(({ curl }) => curl)].join('\n')
  const open = element(verdict, verdict === 'skipped' ? { message } : { message, type }, '')
  return `${element('testcase', attributes, '    ')}${open}${escapeXml(details)}</${verdict}></testcase>\n`
}

function count(results: CheckResult[], decisive: Set<CheckResult>) {
  const verdicts = results.map((result) => verdictOf(result, decisive.has(result)))
  const having = (wanted: Verdict) => verdicts.filter((verdict) => verdict === wanted).length
  return {
    tests: results.length,
    failures: having('failure'),
    errors: having('error'),
    skipped: having('skipped'),
  }
}

const seconds = (results: CheckResult[]) =>
  results.reduce((sum, { durationMs }) => sum + durationMs, 0) / 1000

function element(name: string, attributes: Record<string, string | number>, indent = '  '): string {
  const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${escapeXml(String(value))}"`)
  return `${indent}<${name}${written.join('')}>`
}

const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\n': '&#10;',
  '\t': '&#9;',
}

/** Escapes for text and attributes; what XML 1.0 §2.2 has no place for is made visible before. */
function escapeXml(text: string): string {
  return visible(text).replaceAll(/[&<>"\n\t]/g, (character) => entities[character]!)
}
