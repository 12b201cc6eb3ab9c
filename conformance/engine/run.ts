import { AssertionError } from 'node:assert/strict'
import { type Check, type Level, type Mutation, type Outcome, SetupError } from '../catalogue/check.ts'
import { cite } from '../catalogue/sources.ts'
import { Keyring } from '../credentials/keyring.ts'
import { Redactor } from '../credentials/redact.ts'
import type { SecretReader } from '../credentials/secrets.ts'
import { createNetworkTransport } from '../http/network-transport.ts'
import { mapConcurrently, RateLimiter } from '../http/rate-limiter.ts'
import { type Carrier, NoResponseError } from '../http/transport.ts'
import type { PdfReader } from '../pdf/pdf-reader.ts'
import type { Profile } from '../profile.ts'
import { type RecordedExchange, showExchange } from '../results/evidence/evidence.ts'
import { type CheckResult, type Picture, type Report, summarize, verdictOf } from '../results/report.ts'
import { applyBaseline, type KnownFailure } from './baseline.ts'
import { RunContext } from './context.ts'
import { expiredAt, preflight, recheckMember } from './preflight.ts'
import { Deployment } from './target.ts'

export interface RunOptions {
  baseUrl: string
  checks: Check[]
  /** Checks that are not run, with the reason: they are reported as skipped. */
  skipped?: Map<string, string>
  contract: Report['contract']
  tool: Report['tool']
  failOn: Level
  baseline?: KnownFailure[]
  concurrency?: number
  /** PEM of an additional certificate authority. */
  ca?: string
  isInsecure?: boolean
  extraHeaders?: Record<string, string>
  env: NodeJS.ProcessEnv
  /** Where requests go, instead of to `baseUrl` over the network. */
  transport?: Carrier
  /** Reads the PDFs of several runs, each file once; whoever passes it ends it. Default: one of the run's own. */
  pdfReader?: PdfReader
  /** How secrets are had, instead of from where the profile says. */
  readSecret?: SecretReader
  /** Called as each check ends, secrets already removed. */
  onProgress?(result: CheckResult, done: number, total: number): void
  /** Called with each check's exchanges and the redactor that must see them before they are written. */
  onEvidence?(check: Check, exchanges: RecordedExchange[], redactor: Redactor): void
  /** Draws what a failed check saw. */
  illustrate?(
    check: Check,
    exchanges: RecordedExchange[],
    context: RunContext,
    redactor: Redactor,
  ): Promise<Picture[]>
}

/** Everything one run shares: the deployment, what is known of it, and its secrets. */
export interface Session {
  deployment: Deployment
  context: RunContext
  redactor: Redactor
}

export async function openSession(
  profile: Profile,
  options: Omit<RunOptions, 'checks' | 'failOn' | 'contract'>,
): Promise<Session> {
  const { baseUrl, tool, ca, isInsecure, extraHeaders: extraFields, env } = options
  const redactor = new Redactor()
  for (const [name, value] of Object.entries(extraFields ?? {}))
    redactor.learn(value, `HEADER_${name.replaceAll('-', '_').toUpperCase()}`)
  const keyring = await Keyring.open(profile, redactor, env, options.readSecret)
  const { timeoutMs, maxBytes, rate } = profile.limits
  const transport = {
    base: baseUrl,
    timeoutMs,
    maxBytes,
    ...(ca && { ca }),
    ...(isInsecure && { isInsecure }),
  }
  const deployment = new Deployment({
    transport: options.transport ?? createNetworkTransport(transport),
    base: baseUrl,
    workspace: profile.workspace.id,
    keyring,
    redactor,
    rateLimiter: new RateLimiter(rate),
    limits: { timeoutMs, maxBytes },
    userAgent: `${tool.name}/${tool.version}`,
    ...(extraFields && { extraHeaders: extraFields }),
  })
  return {
    deployment,
    redactor,
    context: new RunContext(profile, keyring, new URL(baseUrl), deployment.viewFor(), options.pdfReader),
  }
}

interface Result {
  outcome: Outcome
  reason: string
  durationMs: number
  exchanges: RecordedExchange[]
}

/** Runs one check. Never throws: a broken assertion is `failed`, everything else that goes wrong `cantTell`. */
export async function runCheck(
  check: Check,
  { deployment, context }: Omit<Session, 'redactor'>,
  mutation?: Mutation,
): Promise<Result> {
  const start = performance.now()
  const exchanges: RecordedExchange[] = []
  const ended = (outcome: Outcome, reason = ''): Result => ({
    outcome,
    reason,
    durationMs: Math.round(performance.now() - start),
    exchanges,
  })
  const [missing] = check.needs.flatMap((feature) => context.whyMissing(feature) ?? [])
  if (missing) return ended('skipped', missing)
  try {
    await check.run(
      deployment.viewFor(exchanges, check.id, mutation && { spoil: mutation, facts: context }),
      context,
    )
    return ended('passed')
  } catch (error) {
    if (error instanceof AssertionError) return ended('failed', error.message)
    if (error instanceof SetupError || error instanceof NoResponseError)
      return ended('cantTell', error.message)
    return ended('cantTell', `the check itself broke: ${(error as Error)?.stack ?? String(error)}`)
  }
}

/** Whether a pass says that something was refused: worth nothing unless the member is accepted meanwhile. */
const coversRefusal = (check: Check) => check.covers.some((response) => !response.endsWith(' 200'))

/** Runs the checks against a deployment. Never throws for anything that the deployment does. */
export async function runSuite(profile: Profile, options: RunOptions): Promise<Report> {
  const startedAt = new Date()
  const start = performance.now()
  const session = await openSession(profile, options)
  using _facts = session.context
  const problem = await preflight(session)

  let done = 0
  const shutOut = new Set<string>()
  let results = await mapConcurrently(options.checks, options.concurrency ?? 4, async (check) => {
    const left = options.skipped?.get(check.id)
    const result = left
      ? withoutExchanges('skipped', left)
      : problem
        ? withoutExchanges('cantTell', problem)
        : await runCheck(check, session)
    if (result.exchanges.some((exchange) => wasRefusedAfterExpiry(exchange, session))) shutOut.add(check.id)
    options.onEvidence?.(check, result.exchanges, session.redactor)
    const pictures = result.outcome === 'failed' ? await illustrate(check, result, session, options) : []
    const shown = session.redactor.data({
      ...toCheckResult(check, result),
      ...(pictures.length > 0 && { pictures }),
    })
    options.onProgress?.(shown, ++done, options.checks.length)
    return shown
  })
  const expired = problem ? undefined : await recheckMember(session)
  if (expired)
    results = results.map((result, index) => {
      const isWorthless =
        result.outcome === 'passed' ? coversRefusal(options.checks[index]!) : shutOut.has(result.id)
      return isWorthless ? { ...result, outcome: 'cantTell', reason: expired } : result
    })
  results = applyBaseline(results, options.baseline ?? [])
  return session.redactor.data({
    schemaVersion: 1 as const,
    tool: options.tool,
    contract: options.contract,
    target: options.baseUrl,
    startedAt: startedAt.toISOString(),
    durationMs: Math.round(performance.now() - start),
    failOn: options.failOn,
    verdict: verdictOf(results, options.failOn),
    ...(problem && { problem }),
    summary: summarize(results),
    checks: results,
  })
}

/** Whether a token that has expired meanwhile was refused: nothing for which the deployment can be blamed. */
function wasRefusedAfterExpiry(
  { request: prepared, response }: RecordedExchange,
  { context }: Session,
): boolean {
  const { Authorization: authorization } = prepared.headers
  if (response?.status !== 401 || typeof authorization !== 'string') return false
  return (['member', 'outsider'] as const).some((actor) => {
    if (!context.keyring.holds(actor)) return false
    const token = context.keyring.token(actor)
    return authorization === `Bearer ${token}` && expiredAt(token) !== undefined
  })
}

/** A picture that cannot be drawn takes nothing from the verdict. */
async function illustrate(
  check: Check,
  { exchanges }: Result,
  { context, redactor }: Session,
  options: RunOptions,
): Promise<Picture[]> {
  try {
    return (await options.illustrate?.(check, exchanges, context, redactor)) ?? []
  } catch {
    return []
  }
}

const withoutExchanges = (outcome: Outcome, reason: string): Result => ({
  outcome,
  reason,
  durationMs: 0,
  exchanges: [],
})

function toCheckResult(check: Check, { outcome, reason, durationMs, exchanges }: Result): CheckResult {
  return {
    id: check.id,
    area: areaOf(check),
    title: check.title,
    level: check.level,
    source: cite(check.source),
    covers: check.covers,
    outcome,
    reason,
    durationMs,
    evidence: exchanges.map(showExchange),
  }
}

/** `AUTH-003` belongs to AUTH. */
export function areaOf({ id }: Pick<Check, 'id'>): string {
  return id.slice(0, id.lastIndexOf('-'))
}
