import { styleText } from 'node:util'
import type { Outcome } from '../check.ts'
import { type CheckResult, deciding, exitCode, type Report } from '../report.ts'
import type { RenderOptions } from './index.ts'

type Style = Parameters<typeof styleText>[0]

const marks: Record<Outcome, [mark: string, style: Style]> = {
  passed: ['✓', 'green'],
  failed: ['✗', 'red'],
  cantTell: ['?', 'yellow'],
  skipped: ['-', 'dim'],
  known: ['~', 'yellow'],
}

const verdicts: Record<Report['verdict'], [text: string, style: Style]> = {
  conforming: ['conforming', 'green'],
  nonconforming: ['not conforming', 'red'],
  inconclusive: ['inconclusive', 'yellow'],
}

/** For a person at a terminal: what failed, why, by which clause, and how to see it oneself. */
export function pretty(report: Report, { color }: RenderOptions): string {
  const paint = (style: Style, text: string) =>
    color ? styleText(style, text, { validateStream: false }) : text
  const lines: string[] = []
  if (report.problem) lines.push(paint('yellow', `Nothing could be decided: ${report.problem}`), '')
  const decisive = new Set(deciding(report.checks, report.failOn))
  for (const result of report.checks) {
    if (report.problem && result.outcome === 'cantTell') continue
    if (result.outcome === 'passed' && !result.isStale) continue
    if (result.outcome === 'skipped') continue
    lines.push(...explain(result, decisive.has(result), paint), '')
  }
  lines.push(...skips(report, paint))
  const [verdict, style] = verdicts[report.verdict]
  const counts = (Object.entries(report.summary) as [Outcome, number][])
    .filter(([, count]) => count > 0)
    .map(([outcome, count]) => paint(marks[outcome][1], `${count} ${outcome}`))
  lines.push(`${paint(['bold', style as 'red'], verdict)}  ${counts.join(', ')}`)
  lines.push(
    paint('dim', `${report.target}, ${(report.durationMs / 1000).toFixed(1)} s, fails on: ${report.failOn}`),
  )
  const isStale = report.checks.some((result) => result.isStale)
  if (isStale)
    lines.push(paint('red', 'The baseline is stale: take the checks that pass off it (--update-baseline).'))
  if (exitCode(report) === 0 && report.summary.skipped > 0)
    lines.push(paint('dim', 'What was skipped was not tried: a fuller profile lets it run.'))
  return `${lines.join('\n')}\n`
}

function explain(
  result: CheckResult,
  isDecisive: boolean,
  paint: (style: Style, text: string) => string,
): string[] {
  const [mark, style] = marks[result.outcome]
  const weight = isDecisive ? result.level : `${result.level}, does not decide`
  const last = result.evidence.at(-1)
  return [
    `${paint(style, `${mark} ${result.id}`)}  ${result.title}  ${paint('dim', `[${weight}]`)}`,
    ...(result.isStale ? ['    passes, but stands in the baseline'] : []),
    ...result.reason
      .split('\n')
      .filter(Boolean)
      .map((line) => `    ${line}`),
    paint('dim', `    ${result.source.url}`),
    ...(last && result.outcome !== 'passed' ? [paint('dim', `    ${last.curl}`)] : []),
  ]
}

/** Skipped checks by reason: a list of single ones would hide what matters. */
function skips(report: Report, paint: (style: Style, text: string) => string): string[] {
  const skipped = Map.groupBy(
    report.checks.filter(({ outcome }) => outcome === 'skipped'),
    ({ reason }) => reason,
  )
  const lines = [...skipped].map(([reason, results]) =>
    paint('dim', `- ${results.map(({ id }) => id).join(', ')}: skipped, ${reason}`),
  )
  return lines.length > 0 ? [...lines, ''] : []
}
