import type { CheckId } from '../../catalogue/check.ts'
import { type CheckResult, type Report, summarize, verdictOf } from '../../results/report.ts'
import { applyBaseline, type KnownFailure } from '../baseline.ts'

export interface UnfinishedRun {
  /** The report as it is when no check was run. */
  planned: Report
  finished: ReadonlyMap<CheckId, CheckResult>
  /** Why the run ended, as the beginning of a sentence. */
  cause: string
  /** What the run did last: a check sent a request, or began to read the response. Undefined: neither. */
  last: { check: CheckId; request: string; isRead: boolean } | undefined
  baseline: KnownFailure[]
}

/** The report of a run that was ended: results of the checks that had finished, and no verdict about the others. */
export async function completeReport(run: UnfinishedRun): Promise<Report> {
  const { planned, finished, cause, last, baseline } = run
  const reasonOf = (id: CheckId): string => {
    if (!last) return `${cause} before the first check`
    const { check, request, isRead } = last
    const activity = isRead ? `reading the response to ${request}` : `after sending ${request}`
    if (id !== check) return `not decided: ${check} ended the run`
    return `${cause}, while or after ${activity}. This is a defect of the suite that the response brings about: please report it, with the response.`
  }
  const told = planned.checks.map(
    (check) => finished.get(check.id) ?? { ...check, reason: check.reason || reasonOf(check.id) },
  )
  const results = applyBaseline(told, baseline)
  // Only needed here, and large.
  const { findCauses } = await import('../../results/causes/find-causes.ts')
  return {
    ...planned,
    durationMs: Date.now() - Date.parse(planned.startedAt),
    verdict: verdictOf(results, planned.failOn),
    summary: summarize(results),
    causes: findCauses(results.map((result) => ({ result, observations: [], lookedAt: -1 }))),
    checks: results,
  }
}
