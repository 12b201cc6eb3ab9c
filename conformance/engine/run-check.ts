import { AssertionError } from 'node:assert/strict'
import { areaOf, type Check, type Mutation, type Outcome } from '../catalogue/check.ts'
import { cite } from '../catalogue/sources.ts'
import type { Redactor } from '../credentials/redaction/redactor.ts'
import { NoResponseError } from '../http/transport.ts'
import { type RecordedExchange, showExchange } from '../results/evidence/evidence.ts'
import type { CheckResult } from '../results/report.ts'
import { SetupError } from '../setup-error.ts'
import { ExchangeLog } from './exchange-log.ts'
import type { Session } from './session.ts'

/** How a check ended, its exchanges still with secrets. */
export interface CheckRun {
  outcome: Outcome
  /** Empty where the check passed. */
  reason: string
  durationMs: number
  exchanges: RecordedExchange[]
  /** The index of the exchange that the check looked into last: where it failed, the one that shows the fault. */
  lookedAt: number
}

/** Runs one check on a log of its own. Never throws: a broken assertion is `failed`, everything else `cantTell`. */
export async function runCheck(
  check: Check,
  { deployment, context }: Omit<Session, 'redactor'>,
  mutation?: Mutation,
  log = new ExchangeLog(),
): Promise<CheckRun> {
  const [missing] = check.needs.flatMap((feature) => context.whyMissing(feature) ?? [])
  if (missing) return notRun('skipped', missing)
  const start = performance.now()
  const target = deployment.viewFor({ check: check.id, log, mutation: mutation && { mutation, context } })
  const ended = await outcomeOf(() => check.run(target, context))
  const isUnfounded =
    ended.outcome === 'failed' && check.comparesDocuments && !(await context.isDocumentSteady())
  return {
    ...(isUnfounded ? notComparable : ended),
    durationMs: Math.round(performance.now() - start),
    exchanges: log.exchanges,
    lookedAt: log.lookedAt,
  }
}

const notComparable: Pick<CheckRun, 'outcome' | 'reason'> = {
  outcome: 'skipped',
  reason:
    'equal requests are given documents whose bytes or tags differ, so a response cannot be compared with another one',
}

/** A check that was not run, with the reason. */
export function notRun(outcome: 'skipped' | 'cantTell', reason: string): CheckRun {
  return { outcome, reason, durationMs: 0, exchanges: [], lookedAt: -1 }
}

/** Longer reasons quote what was received, which the evidence has. */
const longestReason = 16 * 1024

/** The result as reports show it, without secrets. */
export function toCheckResult(
  check: Check,
  { outcome, reason, durationMs, exchanges }: CheckRun,
  redactor: Redactor,
): CheckResult {
  return {
    id: check.id,
    area: areaOf(check),
    title: check.title,
    level: check.level,
    source: cite(check.source),
    covers: check.covers,
    outcome,
    reason: redactor.bounded(reason, longestReason),
    durationMs,
    evidence: exchanges.map((exchange) => showExchange(exchange, redactor)),
  }
}

async function outcomeOf(run: () => Promise<void>): Promise<Pick<CheckRun, 'outcome' | 'reason'>> {
  try {
    await run()
    return { outcome: 'passed', reason: '' }
  } catch (error) {
    if (error instanceof AssertionError) return { outcome: 'failed', reason: error.message }
    if (error instanceof SetupError || error instanceof NoResponseError)
      return { outcome: 'cantTell', reason: error.message }
    return { outcome: 'cantTell', reason: `the check itself broke: ${describeAccident(error)}` }
  }
}

/** What a report of the defect needs: the error and where in this package it arose, without paths of the machine. */
function describeAccident(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line))
  const places = frames
    .flatMap((line) => /(?<![\w.-])([\w.-]+\/[\w.-]+:\d+):\d+\)?$/.exec(line)?.[1] ?? [])
    .slice(0, 3)
  return [`${error.name}: ${error.message}`, ...places.map((place) => `at ${place}`)].join('\n')
}
