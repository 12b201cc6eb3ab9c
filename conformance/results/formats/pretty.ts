import { styleText } from 'node:util'
import { counted } from '../../../spec/counted.ts'
import { bounded, visible } from '../../../spec/visible.ts'
import type { Outcome } from '../../catalogue/check.ts'
import { type CheckResult, deciding, exitCode, type Report, type Verdict } from '../report.ts'
import type { RenderOptions } from './output-format.ts'
import {
  byUrgency,
  byWeight,
  countChecks,
  countRan,
  explainVerdict,
  listChecks,
  nameClause,
  outcomeNames,
  verdictNames,
} from './summary.ts'

type Style = Parameters<typeof styleText>[0]
type Paint = (style: Style, text: string) => string

const styles: Record<Outcome, Style> = {
  passed: 'green',
  failed: 'red',
  cantTell: 'yellow',
  skipped: 'dim',
  known: 'yellow',
}

const verdictStyles: Record<Verdict, Style> = {
  conforming: ['bold', 'green'],
  nonconforming: ['bold', 'red'],
  inconclusive: ['bold', 'yellow'],
}

/** For a person at a terminal: what failed, why, by which clause, and how to see it oneself. */
export function pretty(report: Report, { color }: RenderOptions): string {
  const paint: Paint = (style, text) => (color ? styleText(style, text, { validateStream: false }) : text)
  const decisive = new Set(deciding(report.checks, report.failOn))
  const told = report.checks
    .filter(
      ({ outcome, isStale }) =>
        isStale || outcome === 'failed' || outcome === 'known' || (outcome === 'cantTell' && !report.problem),
    )
    .toSorted(byUrgency)
  return `${[
    ...tellCauses(report, paint),
    ...told.flatMap((result) => [...explain(result, decisive.has(result), paint), '']),
    ...skips(report, paint),
    ...conclude(report, paint),
    ...advise(report, told, paint),
  ].join('\n')}\n`
}

/** What explains the failures, before the failures themselves. */
function tellCauses({ causes }: Report, paint: Paint): string[] {
  if (causes.length === 0) return []
  return [
    paint('bold', `${counted(countChecks(causes), 'failure')}, ${counted(causes.length, 'cause')}:`),
    ...causes.flatMap(({ title, checks, level, hint, evidence }, index) => [
      `${index + 1}. ${visible(bounded(title, 400))}  ${paint('dim', `[${level}]`)}`,
      ...(hint ? [`   usually: ${hint}`] : []),
      paint('dim', `   explains ${listChecks(checks)}`),
      ...(evidence ? [paint('dim', `   ${visible(evidence.curl)}`)] : []),
    ]),
    '',
  ]
}

function explain(result: CheckResult, isDecisive: boolean, paint: Paint): string[] {
  const { outcome, id, title, level, reason, source, isStale, evidence } = result
  const weight = isDecisive ? level : `${level}, does not decide`
  const last = outcome === 'passed' ? undefined : evidence.at(-1)
  return [
    `${paint(styles[outcome], `${outcomeNames[outcome].mark} ${id}`)}  ${title}  ${paint('dim', `[${weight}]`)}`,
    ...(isStale ? ['    passes, but is listed in the baseline'] : []),
    ...visible(bounded(reason, 4000))
      .split('\n')
      .filter(Boolean)
      .map((line) => `    ${line}`),
    paint('dim', `    ${nameClause(source)}${source.url.startsWith('https://') ? `  ${source.url}` : ''}`),
    ...(last ? [paint('dim', `    ${visible(last.curl)}`)] : []),
  ]
}

/** Skipped checks by reason: a list of single ones would hide what matters. */
function skips({ checks }: Report, paint: Paint): string[] {
  const skipped = Map.groupBy(
    checks.filter(({ outcome }) => outcome === 'skipped'),
    ({ reason }) => reason,
  )
  const lines = [...skipped].map(([reason, results]) =>
    paint('dim', `- ${results.map(({ id }) => id).join(', ')}: skipped, ${visible(reason)}`),
  )
  return lines.length > 0 ? [...lines, ''] : []
}

function conclude(report: Report, paint: Paint): string[] {
  const { verdict, summary, target, durationMs, failOn } = report
  const counts = byWeight
    .filter((outcome) => summary[outcome] > 0)
    .map((outcome) => paint(styles[outcome], `${summary[outcome]} ${outcomeNames[outcome].name}`))
  const { ran, total } = countRan(report)
  return [
    `${paint(verdictStyles[verdict], verdictNames[verdict].toLowerCase())}  ${counts.join(', ')}`,
    visible(explainVerdict(report)),
    paint(
      'dim',
      `${visible(target)}, ${ran} of ${total} checks ran, ${(durationMs / 1000).toFixed(1)} s, fails on: ${failOn}`,
    ),
  ]
}

function advise(report: Report, told: CheckResult[], paint: Paint): string[] {
  const shown = [
    ...told.map(({ evidence }) => evidence.at(-1)?.curl ?? ''),
    ...report.causes.map(({ evidence }) => evidence?.curl ?? ''),
  ].join(' ')
  const names = [...new Set([...shown.matchAll(/(?<!\\)\$[A-Z][A-Z0-9_]*/g)].map(([name]) => name))]
  return [
    ...(names.length > 0
      ? [
          names.length === 1
            ? `${names[0]} replaces a secret: set it before you run a command`
            : `${names.join(', ')} replace secrets: set them before you run a command`,
        ]
      : []),
    ...(told.some(({ isStale }) => isStale)
      ? ['the baseline is stale: remove the checks that pass (--update-baseline)']
      : []),
    ...(exitCode(report) === 0 && report.summary.skipped > 0
      ? ['skipped checks were not tried: a more complete profile lets them run']
      : []),
  ].map((line) => paint('dim', line))
}
