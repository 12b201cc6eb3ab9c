import { accessSync } from 'node:fs'
import type { Level } from '../conformance/catalogue/check.ts'
import type { Profile } from '../conformance/profile.ts'
import { type Fixtures, loadFixtures } from '../fixtures/load-fixtures.ts'
import { type AcceptedChange, readAccepted } from '../spec/compatibility/accepted.ts'
import { type ReadContract, readContract } from '../spec/compatibility/read-contract.ts'
import type { GateReport } from './gate-report.ts'
import type { DeploymentInputs } from './parts/deployment.ts'

/** What the gate judges, all of it read: unreadable input stops the command before a report exists. */
export interface GateInputs {
  tool: GateReport['tool']
  contract: ReadContract
  fixtures: Fixtures
  lintConfig?: string
  base?: ReadContract
  accept?: { file: string; entries: AcceptedChange[] }
  deployment?: Omit<DeploymentInputs, 'contract' | 'file' | 'tool'>
  startedAt: Date
}

/** Files and git references, as the options of `gate` name them. */
export interface GateSources {
  spec: string
  fixtures?: string
  lint?: string
  base?: string
  accept?: string
}

/** Throws for the first source that cannot be read, with file, line and reason. */
export async function readContractInputs({
  spec,
  fixtures,
  lint,
  base,
  accept,
}: GateSources): Promise<Pick<GateInputs, 'contract' | 'fixtures' | 'lintConfig' | 'base' | 'accept'>> {
  if (lint) accessSync(lint)
  return {
    contract: await readContract(spec),
    fixtures: loadFixtures(fixtures),
    ...(lint && { lintConfig: lint }),
    ...(base && { base: await readContract(base, spec) }),
    ...(accept && { accept: { file: accept, entries: await readAccepted(accept) } }),
  }
}

/** Where the deployment's profile comes from: the file of `--profile`, or a server started for the run (`own`). */
export interface DeploymentSources extends Pick<DeploymentInputs, 'env' | 'onProgress'> {
  own?: { url: string; profile: Profile } | undefined
  profile?: string
  target?: string
  failOn: Level
  baseline?: string
}

/** Reads profile and baseline. Loads the suite, which a run without a deployment need not wait for. */
export async function readDeploymentInputs({
  own,
  profile: file,
  target,
  baseline,
  ...options
}: DeploymentSources): Promise<NonNullable<GateInputs['deployment']>> {
  const { loadProfile } = await import('../conformance/profile.ts')
  const { readBaseline } = await import('../conformance/engine/baseline.ts')
  const { allChecks } = await import('../conformance/catalogue/catalogue.ts')
  const profile = own?.profile ?? loadProfile(file!)
  const url = own?.url ?? target ?? profile.target
  if (!url) throw new Error(`${file}: target is missing, and no --target is given`)
  const known = new Set(allChecks.map(({ id }) => id))
  return {
    ...options,
    target: url.replace(/\/+$/, ''),
    profile,
    baseline: baseline ? readBaseline(baseline, known) : [],
  }
}
