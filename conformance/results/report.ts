import type { Statement } from '../../spec/statements.ts'
import type { CheckId, Level, Outcome } from '../catalogue/check.ts'
import type { Citation } from '../catalogue/sources.ts'
import type { Evidence } from './evidence/evidence.ts'

/** How one check ended. */
export interface CheckResult {
  id: CheckId
  area: string
  title: string
  level: Level
  source: Citation
  covers: string[]
  outcome: Outcome
  /** Empty where the check passed. */
  reason: string
  durationMs: number
  evidence: Evidence[]
  /** The baseline expects a failure, and the check passed. */
  isStale?: true
  /** Pages of the judged document with the findings, or what could not be decided, marked on them. */
  pictures?: Picture[]
}

/** A page of a document. */
export interface Picture {
  page: number
  /** Base64. */
  png: string
}

/** One thing that the deployment does and that explains failures. */
export interface Cause {
  title: string
  /** The ids of the failed checks that it explains, the most severe first. */
  checks: CheckResult['id'][]
  /** The level of the most severe of them. */
  level: CheckResult['level']
  /** What usually makes such systems do it; empty where nothing usual is known. */
  hint: string
  /** The exchange that shows it best; absent where no exchange does. */
  evidence?: Evidence
}

export type Verdict = 'conforming' | 'nonconforming' | 'inconclusive'

/** What a run found; every report format is a reading of it. Free of secrets. */
export interface Report {
  schemaVersion: 1
  tool: { name: string; version: string }
  contract: {
    title: string
    version: string
    sha256: string
    /** The documented responses, as checks name them in `covers`. */
    answers?: string[]
    /** What it says about the document itself; checks cite these as `report#anchor`. */
    statements?: Statement[]
  }
  target: string
  /** RFC 3339, UTC. */
  startedAt: string
  durationMs: number
  /** The level up to which checks decide the verdict. */
  failOn: Level
  verdict: Verdict
  /** Why the run as a whole could decide nothing, and what to do; absent where it could. */
  problem?: string
  summary: Record<Outcome, number>
  /** What explains the failures, the cause of most first; every failed check is in at least one. */
  causes: Cause[]
  checks: CheckResult[]
}

const rank: Record<Level, number> = { contract: 0, http: 1, advice: 2 }

/** The results that decide: those of the given level and the levels before it. */
export function deciding(results: CheckResult[], failOn: Level): CheckResult[] {
  return results.filter(({ level }) => rank[level] <= rank[failOn])
}

/** Inconclusive also where nothing was decided at all, of whatever level the checks are: no answer is no pass. */
export function verdictOf(results: CheckResult[], failOn: Level): Verdict {
  const relevant = deciding(results, failOn)
  if (relevant.some(({ outcome }) => outcome === 'failed')) return 'nonconforming'
  const { passed, failed, known } = summarize(results)
  const undecidable = passed + failed + known === 0 ? results : relevant
  if (undecidable.some(({ outcome }) => outcome === 'cantTell')) return 'inconclusive'
  return 'conforming'
}

export function summarize(results: CheckResult[]): Record<Outcome, number> {
  const summary = { passed: 0, failed: 0, cantTell: 0, skipped: 0, known: 0 }
  for (const { outcome } of results) summary[outcome] += 1
  return summary
}

/** 0 conforming, 1 not (or the baseline is stale), 3 inconclusive. */
export function exitCode({ verdict, checks, failOn }: Report): 0 | 1 | 3 {
  const isStale = deciding(checks, failOn).some((check) => check.isStale)
  if (verdict === 'nonconforming' || isStale) return 1
  return verdict === 'inconclusive' ? 3 : 0
}
