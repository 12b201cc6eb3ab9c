import { counted } from '../../../spec/counted.ts'
import { levels, type Outcome } from '../../catalogue/check.ts'
import type { Citation } from '../../catalogue/sources.ts'
import { type Cause, type CheckResult, deciding, type Report, type Verdict } from '../report.ts'

export const verdictNames: Record<Verdict, string> = {
  conforming: 'Conforming',
  nonconforming: 'Not conforming',
  inconclusive: 'Inconclusive',
}

/** How each outcome is marked and called in formats for people. */
export const outcomeNames: Record<Outcome, { mark: string; name: string }> = {
  passed: { mark: '✓', name: 'passed' },
  failed: { mark: '✗', name: 'failed' },
  cantTell: { mark: '?', name: 'cantTell' },
  known: { mark: '~', name: 'known' },
  skipped: { mark: '–', name: 'skipped' },
}

/** The order in which outcomes matter to a reader. */
export const byWeight: Outcome[] = ['failed', 'cantTell', 'known', 'passed', 'skipped']

/** What fails comes before what cannot be told, and of either the contract before HTTP before advice. */
export const byUrgency = (one: CheckResult, other: CheckResult): number =>
  byWeight.indexOf(one.outcome) - byWeight.indexOf(other.outcome) ||
  levels.indexOf(one.level) - levels.indexOf(other.level)

/** The failures by level, then everything else in the order of the catalogue. */
export function failuresFirst(results: CheckResult[]): CheckResult[] {
  const isFailed = ({ outcome }: CheckResult) => outcome === 'failed'
  return [...results.filter(isFailed).toSorted(byUrgency), ...results.filter((one) => !isFailed(one))]
}

/** Why the verdict is what it is, in one sentence. */
export function explainVerdict(report: Report): string {
  const { problem, checks, failOn, verdict } = report
  if (problem) return `Nothing could be decided: ${problem}.`
  const relevant = deciding(checks, failOn)
  const having = (wanted: Outcome) => relevant.filter(({ outcome }) => outcome === wanted)
  const stale = relevant.filter(({ isStale }) => isStale)
  const ran = relevant.length - having('skipped').length
  const staleness =
    stale.length > 0
      ? `${counted(stale.length, 'check')} of the baseline ${stale.length === 1 ? 'passes' : 'pass'} and must be removed from it`
      : ''
  if (verdict === 'nonconforming') {
    const failed = having('failed')
    return `${[`${failed.length} of the ${counted(ran, 'check')} that decide and ran failed, in ${listAreas(failed)}`, staleness].filter(Boolean).join('; ')}.`
  }
  if (verdict === 'inconclusive') {
    const open = having('cantTell')
    return `${[`Nothing failed, but ${counted(open.length, 'check')} that ${open.length === 1 ? 'decides' : 'decide'} could not be decided`, staleness].filter(Boolean).join('; ')}.`
  }
  const known = having('known').length
  const rest = [
    `Every check that decides and ran holds (${ran} of ${relevant.length})`,
    known > 0 ? `apart from ${counted(known, 'known failure')}` : '',
  ]
  return `${[rest.filter(Boolean).join(', '), staleness].filter(Boolean).join('; ')}.`
}

/** The results that need attention, those that decide the verdict apart from the others. */
export function attention(report: Report): { deciding: CheckResult[]; other: CheckResult[] } {
  const relevant = new Set(deciding(report.checks, report.failOn))
  const raised = report.checks
    .filter(({ outcome, isStale }) => isStale || outcome === 'failed' || outcome === 'cantTell')
    .toSorted(byUrgency)
  return {
    deciding: raised.filter((result) => relevant.has(result)),
    other: raised.filter((result) => !relevant.has(result)),
  }
}

/** How many checks were decided by responses of the deployment. */
export function countRan({ summary }: Report): { ran: number; total: number } {
  const { passed, failed, known, cantTell, skipped } = summary
  const ran = passed + failed + known
  return { ran, total: ran + cantTell + skipped }
}

/** How many failed checks the causes explain together. */
export function countChecks(causes: Cause[]): number {
  return new Set(causes.flatMap(({ checks }) => checks)).size
}

/** The ids, or the first of many and how many more there are. */
export function listChecks(ids: string[], most = 12): string {
  const more = ids.length - most
  return more > 0 ? `${ids.slice(0, most).join(', ')} and ${more} more` : ids.join(', ')
}

function listAreas(results: CheckResult[]): string {
  return [...new Set(results.map(({ area }) => area))].join(', ')
}

/** `RFC 9110 §11.6.1`, or the place in the contract's own files. */
export function nameClause({ document, anchor, url }: Citation): string {
  return document.startsWith('rfc') ? `${document.replace('rfc', 'RFC ')} §${anchor}` : url
}
