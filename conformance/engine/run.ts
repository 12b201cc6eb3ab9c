import { readBaseUrl } from '../base-url.ts'
import type { Check, CheckId, Level } from '../catalogue/check.ts'
import { Redactor } from '../credentials/redaction/redactor.ts'
import { mapConcurrently } from '../http/concurrency.ts'
import type { Profile } from '../profile.ts'
import { findCauses } from '../results/causes/find-causes.ts'
import { type Observation, observe } from '../results/causes/observation.ts'
import type { RecordedExchange } from '../results/evidence/evidence.ts'
import { type CheckResult, type Picture, type Report, summarize, verdictOf } from '../results/report.ts'
import { applyBaseline, type KnownFailure } from './baseline.ts'
import type { RunContext } from './context.ts'
import { ExchangeLog } from './exchange-log.ts'
import { PaceNotice } from './pace-notice.ts'
import { preflight, recheckMember } from './preflight.ts'
import { expiredAt } from './refused-member.ts'
import { type CheckRun, notRun, runCheck, toCheckResult } from './run-check.ts'
import { openSession, type Session, type SessionOptions } from './session.ts'
import { tellSharedReasonsOnce } from './shared-reasons.ts'

export interface RunOptions extends SessionOptions {
  checks: Check[]
  /** Checks that are not run, with the reason: they are reported as skipped. */
  skipped?: Map<string, string>
  contract: Report['contract']
  failOn: Level
  baseline?: KnownFailure[]
  /** Whether each check says a reason itself that another one before it has said. Default: no. */
  repeatsReasons?: boolean
  /** How many checks run at once. Default: 4. */
  concurrency?: number
  /** Called before anything is sent, with the report as it is when no check could be decided. */
  onPlanned?(report: Report): void
  /** Called as a check sends a request, and before it begins to read the response (`isRead`); secrets still in it. */
  onExchange?(check: CheckId, exchange: RecordedExchange, isRead: boolean, redactor: Redactor): void
  /** Called as each check ends, secrets already removed. */
  onProgress?(result: CheckResult, done: number, total: number): void
  /** Called with a sentence where the deployment makes the run take longer. */
  onNotice?(text: string): void
  /** Called with each check's exchanges and the redactor that must see them before they are written. */
  onEvidence?(check: Check, exchanges: RecordedExchange[], redactor: Redactor): void
  /** Draws the documents that a failed check judged. */
  illustrate?(
    check: Check,
    exchanges: RecordedExchange[],
    context: RunContext,
    redactor: Redactor,
  ): Promise<Picture[]>
}

/** The result of one check, what it observed, and what decides whether it still holds when the member's token has expired. */
interface FinishedCheck {
  check: Check
  result: CheckResult
  wasRefusedAfterExpiry: boolean
  observations: Observation[]
  lookedAt: number
}

/** Runs the checks against a deployment. Never throws because of anything that the deployment does. */
export async function runSuite(profile: Profile, options: RunOptions): Promise<Report> {
  const startedAt = new Date()
  const start = performance.now()
  options.onPlanned?.(reportOf(undecided(options), options, startedAt))
  const pace = new PaceNotice((text) => options.onNotice?.(text), options.clock)
  const session = await openSession(profile, {
    ...options,
    onThrottled: (throttling) => pace.show(throttling),
  })
  using _context = session.context
  using _deployment = session.deployment

  const problem = await preflight(session, options.clock)
  const finished = await runChecks(session, options, problem, pace)
  const expired = problem ? undefined : await recheckMember(session)
  const proven = finished.map((one) =>
    expired && isUnproven(one) ? withdraw(one.result, session.redactor.text(expired)) : one.result,
  )
  const told = problem || options.repeatsReasons ? proven : tellSharedReasonsOnce(proven)
  const results = applyBaseline(told, options.baseline ?? [])
  const observed = finished.map((one, index) => ({ ...one, result: results[index]! }))

  const report = reportOf(results, options, startedAt)
  // The results are without secrets since each check ended.
  const { redactor } = session
  return {
    ...report,
    target: redactor.text(report.target),
    durationMs: Math.round(performance.now() - start),
    ...(problem && { problem: redactor.text(problem) }),
    // Hints are words of ours, as titles of checks are, whatever a secret has in common with them.
    causes: findCauses(observed).map((cause) => ({ ...redactor.data(cause), hint: cause.hint })),
  }
}

/** The report with these results, but for what only a finished run knows. */
function reportOf(checks: CheckResult[], options: RunOptions, startedAt: Date): Report {
  const { tool, contract, failOn } = options
  return {
    schemaVersion: 1,
    tool,
    contract,
    target: readBaseUrl(options.baseUrl).base,
    startedAt: startedAt.toISOString(),
    durationMs: 0,
    failOn,
    verdict: verdictOf(checks, failOn),
    summary: summarize(checks),
    causes: [],
    checks,
  }
}

function undecided({ checks, skipped }: RunOptions): CheckResult[] {
  const redactor = new Redactor()
  return checks.map((check) => {
    const reason = skipped?.get(check.id)
    return toCheckResult(check, reason ? notRun('skipped', reason) : notRun('cantTell', ''), redactor)
  })
}

type Phase = 'first' | 'last' | 'alone'

/** What reads the responses of the others comes after them, and what measures times after everything, one by one. */
const phaseOf = ({ readsWholeRun, runsAlone }: Check): Phase =>
  runsAlone ? 'alone' : readsWholeRun ? 'last' : 'first'

/** Runs every check that is not left out; with a `problem` none is run, and all that are not skipped say it. */
async function runChecks(
  session: Session,
  options: RunOptions,
  problem: string | undefined,
  pace: PaceNotice,
): Promise<FinishedCheck[]> {
  const { checks, skipped, concurrency = 4, onEvidence, onProgress, onExchange } = options
  const logOf = ({ id }: Check) =>
    new ExchangeLog((exchange, isRead) => onExchange?.(id, exchange, isRead, session.redactor))
  const run = (check: Check): CheckRun | Promise<CheckRun> => {
    const reason = skipped?.get(check.id)
    if (reason) return notRun('skipped', reason)
    return problem ? notRun('cantTell', problem) : runCheck(check, session, undefined, logOf(check))
  }
  let done = 0
  pace.setChecksLeft(checks.length)
  const finish = async (check: Check): Promise<FinishedCheck> => {
    const ran = await run(check)
    onEvidence?.(check, ran.exchanges, session.redactor)
    const isOpen = ran.outcome === 'failed' || ran.outcome === 'cantTell'
    const pictures = isOpen ? await illustrate(check, ran, session, options) : []
    const result: CheckResult = {
      ...toCheckResult(check, ran, session.redactor),
      ...(pictures.length > 0 && { pictures }),
    }
    onProgress?.(result, ++done, checks.length)
    pace.setChecksLeft(checks.length - done)
    const wasRefusedAfterExpiry = ran.exchanges.some((exchange) => isRefusalAfterExpiry(exchange, session))
    const observations = ran.exchanges.map((exchange) => observe(exchange, session.context))
    return { check, result, wasRefusedAfterExpiry, observations, lookedAt: ran.lookedAt }
  }
  const phases = Map.groupBy(checks, phaseOf)
  const finishPhase = (phase: Phase, atOnce: number) =>
    mapConcurrently(phases.get(phase) ?? [], atOnce, finish, () => session.deployment.hasLargeResponses)
  const finished = [
    ...(await finishPhase('first', concurrency)),
    ...(await finishPhase('last', concurrency)),
    ...(await finishPhase('alone', 1)),
  ]
  return finished.sort((one, two) => checks.indexOf(one.check) - checks.indexOf(two.check))
}

/** A pass that rests on a refusal proves nothing unless the member is accepted meanwhile. */
function isUnproven({ check, result, wasRefusedAfterExpiry }: FinishedCheck): boolean {
  if (result.outcome !== 'passed') return wasRefusedAfterExpiry
  return check.covers.some((response) => !response.endsWith(' 200'))
}

const withdraw = (result: CheckResult, reason: string): CheckResult => ({
  ...result,
  outcome: 'cantTell',
  reason,
})

/** Whether a token that has expired meanwhile was refused, which is right. */
function isRefusalAfterExpiry({ request, response }: RecordedExchange, { context }: Session): boolean {
  const { Authorization: authorization } = request.headers
  if (response?.status !== 401 || typeof authorization !== 'string') return false
  return (['member', 'outsider'] as const).some((actor) => {
    if (!context.keyring.holds(actor)) return false
    const token = context.keyring.token(actor)
    return authorization === `Bearer ${token}` && expiredAt(token) !== undefined
  })
}

/** A picture that cannot be drawn is left out: the result stands without it. */
async function illustrate(
  check: Check,
  { exchanges }: CheckRun,
  { context, redactor }: Session,
  options: RunOptions,
): Promise<Picture[]> {
  try {
    return (await options.illustrate?.(check, exchanges, context, redactor)) ?? []
  } catch {
    return []
  }
}
