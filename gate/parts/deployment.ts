import type { Level } from '../../conformance/catalogue/check.ts'
import type { KnownFailure } from '../../conformance/engine/baseline.ts'
import { runSuiteWatched, type WatchedRunOptions } from '../../conformance/engine/watched/run-watched.ts'
import type { Profile } from '../../conformance/profile.ts'
import { failuresFirst } from '../../conformance/results/formats/summary.ts'
import { type CheckResult, deciding, type Report } from '../../conformance/results/report.ts'
import type { ContractDocument } from '../../spec/contract-document.ts'
import { join } from '../../spec/pointer.ts'
import { bounded, visible } from '../../spec/visible.ts'
import type { GateCheck, GateFinding, Part } from '../gate-report.ts'
import { placeInContract } from '../place-in-contract.ts'
import { partOf } from '../verdict.ts'

export interface DeploymentInputs {
  contract: ContractDocument
  /** Names the contract in places. */
  file: string
  target: string
  profile: Profile
  failOn: Level
  baseline: KnownFailure[]
  tool: Report['tool']
  env: NodeJS.ProcessEnv
  onProgress?: WatchedRunOptions['onProgress']
  onNotice?: WatchedRunOptions['onNotice']
  /** Other limits and checks than those of a run of the whole catalogue. */
  watch?: Pick<WatchedRunOptions, 'script' | 'blockedAfterMs' | 'skip'>
}

/** Part 4: the suite's run against a deployment. */
export async function deploymentPart(inputs: DeploymentInputs): Promise<Part> {
  const { contract, target, profile, failOn, baseline, tool, env, onProgress, onNotice, watch } = inputs
  const { title, version, sha256 } = contract
  const report = await runSuiteWatched(profile, {
    baseUrl: target,
    contract: { title, version, sha256 },
    tool,
    failOn,
    baseline,
    env,
    ...(onProgress && { onProgress }),
    ...(onNotice && { onNotice }),
    ...watch,
  })
  const decisive = new Set(deciding(report.checks, failOn))
  const checks = failuresFirst(report.checks).map((result) => toCheck(result, decisive.has(result), inputs))
  return partOf('deployment', summaryOf(report), checks, report.durationMs)
}

function summaryOf({ target, problem, summary, failOn }: Report): string {
  if (problem) return `${target} could not be judged: ${problem}`
  const counts = [
    `${summary.passed} passed`,
    summary.failed && `${summary.failed} failed`,
    summary.cantTell && `${summary.cantTell} could not tell`,
    summary.known && `${summary.known} known`,
    summary.skipped && `${summary.skipped} skipped`,
  ]
  return `${target}: ${counts.filter(Boolean).join(', ')}; fails on ${failOn}`
}

function toCheck(result: CheckResult, decides: boolean, inputs: DeploymentInputs): GateCheck {
  const { id, title } = result
  // A baseline entry whose check passes would hide its next failure.
  const outcome = result.isStale && decides ? 'failed' : result.outcome
  const text = result.isStale ? 'passes, but stands in the baseline: take it off' : result.reason
  // The reason quotes the deployment: control characters must not reach a terminal or a CI log.
  const reason = bounded(visible(text), 2000)
  const ran = outcome === 'passed' || outcome === 'failed' || outcome === 'known'
  const isReported = result.isStale || outcome === 'failed' || outcome === 'known'
  const findings = isReported ? [findingOf(result, reason, decides, inputs)] : []
  return { id, title, outcome, reason, examined: ran ? 1 : 0, decides, findings }
}

/** Placed at the first documented response that the check covers. */
function findingOf(
  { id, title, level, outcome, covers: [response] }: CheckResult,
  reason: string,
  decides: boolean,
  { contract, file }: DeploymentInputs,
): GateFinding {
  const [method = '', path = '', status = ''] = response?.split(' ') ?? []
  const pointer = join(join(join(join('/paths', path), method.toLowerCase()), 'responses'), status)
  return {
    rule: `conformance/${id}`,
    severity: outcome === 'known' ? 'note' : decides ? 'error' : 'warning',
    message: `${title} (${level}): ${reason.split('\n')[0]}`,
    place: placeInContract(contract, file, pointer),
    ...(outcome === 'known' && { accepted: reason }),
  }
}
