import type { Outcome } from '../conformance/catalogue/check.ts'
import type { GateCheck, GateFinding, GateReport, GateVerdict, Part, PartName } from './gate-report.ts'

/** A part from its checks: it failed if one that decides failed, and is undecided where no check came to a result. */
export function partOf(name: PartName, summary: string, checks: GateCheck[], durationMs: number): Part {
  const decisive = checks.filter(({ decides }) => decides)
  const has = (outcome: Outcome) => decisive.some((check) => check.outcome === outcome)
  const outcome = has('failed') ? 'failed' : has('cantTell') || ran(checks) === 0 ? 'cantTell' : 'passed'
  return { name, outcome, summary, durationMs: Math.round(durationMs), checks }
}

export const skippedPart = (name: PartName, summary: string): Part => ({
  name,
  outcome: 'skipped',
  summary,
  durationMs: 0,
  checks: [],
})

const ran = (checks: GateCheck[]) =>
  checks.filter(({ outcome }) => ['passed', 'failed', 'known'].includes(outcome)).length

export function summarize(parts: Part[]): GateReport['summary'] {
  const checks = parts.flatMap((part) => part.checks)
  const count = (outcome: Outcome) => checks.filter((check) => check.outcome === outcome).length
  return {
    ran: ran(checks),
    passed: count('passed'),
    failed: count('failed'),
    cantTell: count('cantTell'),
    skipped: count('skipped'),
    known: count('known'),
  }
}

/** The verdict on all parts: an undecided part is never a pass. */
export function verdictOf(parts: Part[]): GateVerdict {
  if (parts.some(({ outcome }) => outcome === 'failed')) return 'nonconforming'
  return parts.some(({ outcome }) => outcome === 'cantTell') ? 'inconclusive' : 'conforming'
}

export const exitCodes = { conforming: 0, nonconforming: 1, inconclusive: 3 } as const satisfies Record<
  GateVerdict,
  number
>

/** Findings of all parts, in their order. */
export const findingsOf = ({ parts }: Pick<GateReport, 'parts'>): GateFinding[] =>
  parts.flatMap(({ checks }) => checks.flatMap(({ findings }) => findings))
