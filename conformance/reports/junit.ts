import { type CheckResult, deciding, type Report } from '../report.ts'

/** JUnit XML as CI servers read it: an area is a suite, a check a case; what does not decide is skipped. */
export function junit(report: Report): string {
  const areas = Map.groupBy(report.checks, ({ area }) => area)
  const decisive = new Set(deciding(report.checks, report.failOn))
  const suites = [...areas].map(([area, results]) => {
    const cases = results.map((result) => testCase(result, decisive.has(result)))
    return `${element('testsuite', { name: area, ...count(results, decisive), time: seconds(results) })}\n${cases.join('')}  </testsuite>\n`
  })
  const attributes = {
    name: `${report.tool.name} ${report.target}`,
    ...count(report.checks, decisive),
    time: report.durationMs / 1000,
  }
  return `<?xml version="1.0" encoding="UTF-8"?>\n${element('testsuites', attributes, '')}\n${suites.join('')}</testsuites>\n`
}

function testCase(result: CheckResult, isDecisive: boolean): string {
  const { id, title, area, level, outcome, reason, source, evidence, durationMs } = result
  const open = element(
    'testcase',
    { classname: area, name: `${id} ${title}`, time: durationMs / 1000 },
    '    ',
  )
  const details = [`${level}: ${source.url}`, ...evidence.map(({ curl }) => curl)].join('\n')
  const verdict = {
    passed: '',
    failed: isDecisive ? 'failure' : 'skipped',
    cantTell: isDecisive ? 'error' : 'skipped',
    skipped: 'skipped',
    known: 'skipped',
  }[outcome]
  if (!verdict) return `${open}</testcase>\n`
  const message = escapeXml(outcome === 'skipped' ? reason : `${outcome} (${level}): ${reason}`)
  return `${open}<${verdict} message="${message}">${escapeXml(details)}</${verdict}></testcase>\n`
}

function count(results: CheckResult[], decisive: Set<CheckResult>) {
  const having = (wanted: string) =>
    results.filter((result) => result.outcome === wanted && decisive.has(result)).length
  const failures = having('failed')
  const errors = having('cantTell')
  const passed = results.filter(({ outcome }) => outcome === 'passed').length
  return { tests: results.length, failures, errors, skipped: results.length - passed - failures - errors }
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
}

/** Escapes for text and attributes; characters that XML 1.0 §2.2 has no place for become U+FFFD. */
function escapeXml(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu, '\ufffd')
    .replaceAll(/[&<>"\n]/g, (character) => entities[character]!)
}
