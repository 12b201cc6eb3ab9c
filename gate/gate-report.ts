import type { Outcome } from '../conformance/catalogue/check.ts'
import type { AcceptedChange } from '../spec/compatibility/accepted.ts'
import type { WeightedChange } from '../spec/compatibility/severity.ts'

/** A place in a file. `file` is relative to the working directory where it lies below that. */
export interface Place {
  file: string
  /** From 1; absent where only the file is known. */
  line?: number
}

/** One finding of a check. Only an `error` fails it; a `note` needs no action. */
export interface GateFinding {
  /** Stable name of the broken rule, such as `lint/operation-operationId`. */
  rule: string
  severity: 'error' | 'warning' | 'note'
  message: string
  place?: Place
  /** Of a change: its place, as a file of accepted changes names it. */
  pointer?: string
  /** Why it does not count: accepted, or in the baseline. */
  accepted?: string
}

/** The result of one check of a part. */
export interface GateCheck {
  id: string
  title: string
  outcome: Outcome
  /** Empty where it passed. */
  reason: string
  /** How many things it examined: rules, examples, fixtures, operations, responses. */
  examined: number
  /** Whether its outcome counts (`--fail-on`). */
  decides: boolean
  findings: GateFinding[]
}

export const partNames = ['contract', 'compatibility', 'coverage', 'deployment'] as const
export type PartName = (typeof partNames)[number]

/** One of the four parts. `skipped`: its inputs were not given. */
export interface Part {
  name: PartName
  outcome: 'passed' | 'failed' | 'cantTell' | 'skipped'
  /** What was examined, or what prevented it, in one line. */
  summary: string
  durationMs: number
  checks: GateCheck[]
}

/**
 * A change between base and contract. Its `place` names the items of lists instead of counting them, so that it stays
 * the same when they are reordered; `file` and `line` are where the contract has it, `accepted` why it does not count.
 */
export type GateChange = WeightedChange &
  Place & {
    accepted?: Pick<AcceptedChange, 'reason' | 'expires'>
  }

export type GateVerdict = 'conforming' | 'nonconforming' | 'inconclusive'

/** What a run of the gate found; every format renders this. Its schema is `report.schema.json`. */
export interface GateReport {
  schemaVersion: 1
  tool: { name: string; version: string }
  contract: { file: string; title: string; version: string; sha256: string }
  /** As given with `--base`; absent where nothing was compared. */
  base?: string
  /** The deployment's base URL; absent where none was verified. */
  target?: string
  /** RFC 3339, UTC. */
  startedAt: string
  durationMs: number
  verdict: GateVerdict
  /** Checks over all parts. `ran` are those that came to a result: passed, failed or known. */
  summary: Record<'ran' | Outcome, number>
  parts: Part[]
  /** Worst first; empty where nothing was compared. */
  changes: GateChange[]
}
