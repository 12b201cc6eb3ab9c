import type { Outcome } from '../conformance/catalogue/check.ts'
import type { AcceptedChange } from '../spec/compatibility/accepted.ts'
import type { Change } from '../spec/compatibility/change.ts'

/** A place in a file, as reviewers and machines find it. `file` is relative to the working directory where it can be. */
export interface Place {
  file: string
  /** From 1; absent where only the file is known. */
  line?: number
}

/** One thing that a check has to say. An `error` is a reason to fail, a `warning` is not, a `note` asks for nothing. */
export interface GateFinding {
  /** Stable name of what was broken, such as `lint/operation-operationId`. */
  rule: string
  severity: 'error' | 'warning' | 'note'
  message: string
  place?: Place
  /** Of a change: its place (RFC 6901), as a file of accepted changes names it. */
  pointer?: string
  /** Why it does not count: it was accepted, or it is in the baseline. */
  accepted?: string
}

/** What became of one check of a part. */
export interface GateCheck {
  id: string
  title: string
  outcome: Outcome
  /** Empty where it passed. */
  reason: string
  /** How many things it looked at: rules, examples, files, operations, requests' answers. */
  examined: number
  /** Whether its outcome counts (`--fail-on`). */
  decides: boolean
  findings: GateFinding[]
}

export const partNames = ['contract', 'compatibility', 'coverage', 'deployment'] as const
export type PartName = (typeof partNames)[number]

/** One of the four questions. `skipped`: nobody asked it. */
export interface Part {
  name: PartName
  outcome: 'passed' | 'failed' | 'cantTell' | 'skipped'
  /** What was looked at or stood in the way, in one line. */
  summary: string
  durationMs: number
  checks: GateCheck[]
}

/** A change between base and contract, with its line and whoever's decision to live with it. */
export type JudgedChange = Change & { line?: number; accepted?: Pick<AcceptedChange, 'reason' | 'expires'> }

export type GateVerdict = 'conforming' | 'nonconforming' | 'inconclusive'

/** What a run of the gate found; every format is a reading of it. Its schema is `report.schema.json`. */
export interface GateReport {
  schemaVersion: 1
  tool: { name: string; version: string }
  contract: { file: string; title: string; version: string; sha256: string }
  /** As given with `--base`; absent where nothing was compared. */
  base?: string
  /** Absent where no deployment was asked. */
  target?: string
  /** RFC 3339, UTC. */
  startedAt: string
  durationMs: number
  verdict: GateVerdict
  /** Checks over all parts. `ran` are those that came to a result: passed, failed or known. */
  summary: Record<'ran' | Outcome, number>
  parts: Part[]
  /** Worst first; empty where nothing was compared. */
  changes: JudgedChange[]
}

/** A part from its checks. Where it was asked and nothing came to a result, it could not tell. */
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

/** One verdict: a part that failed decides, and one that could not check is never a pass. */
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
