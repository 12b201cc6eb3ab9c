import type { Profile } from '../conformance/profile.ts'
import { type Fixtures, loadFixtures } from '../fixtures/load-fixtures.ts'
import { assertSource } from '../spec/bundle/open-contract.ts'
import { type AcceptedChange, readAccepted } from '../spec/compatibility/accepted.ts'
import { readSeverity, type SeverityOverride } from '../spec/compatibility/severity.ts'
import { type ContractDocument, loadDocument } from '../spec/contract-document.ts'
import { ContractError } from '../spec/contract-error.ts'
import { readContractText } from '../spec/contract-text.ts'
import type { FailingImpact, FailOn } from './fail-on.ts'
import type { GateReport, PartName } from './gate-report.ts'
import { describesOurApi, type SkippedParts, skippedParts } from './part-selection.ts'
import type { DeploymentInputs } from './parts/deployment.ts'

/** What the gate judges, all of it read: unreadable input stops the command before a report exists. */
export interface GateInputs {
  tool: GateReport['tool']
  contract: ContractDocument
  skipped: SkippedParts
  /** Absent where the contract is of another API and no fixtures were named. */
  fixtures?: Fixtures
  lintConfig?: string
  base?: ContractDocument | UnusableBase
  accept?: { file: string; entries: AcceptedChange[] }
  severity?: SeverityOverride[]
  /** The mildest kind of change that fails. */
  failOn: FailingImpact
  deployment?: Omit<DeploymentInputs, 'contract' | 'file' | 'tool'>
  startedAt: Date
}

/** A base that is missing, new in this change or no valid contract; `--base-missing ok` goes on without it. */
export interface UnusableBase {
  file: string
  unusable: string
}

/** Files and git references, as the options of `gate` name them. */
export interface GateSources {
  spec: string
  parts?: PartName[]
  fixtures?: string
  lint?: string
  base?: string
  baseMissing: 'ok' | 'fail'
  accept?: string
  severity?: string
  failOn: FailOn
  hasDeployment: boolean
}

/** Throws for the first source that cannot be read, with file, line and reason. */
export async function readContractInputs({
  spec,
  parts,
  fixtures: directory,
  lint,
  base: source,
  baseMissing,
  accept,
  severity,
  failOn,
  hasDeployment,
}: GateSources): Promise<Omit<GateInputs, 'tool' | 'deployment' | 'startedAt'>> {
  const skipped = skippedParts({ ...(parts && { parts }), hasBase: source !== undefined, hasDeployment })
  if (lint) readContractText(lint)
  const contract = await loadDocument(spec)
  const base =
    source && !skipped.compatibility ? await readBase(source, spec, baseMissing, contract) : undefined
  const isOurs = describesOurApi(contract) || (base && !('unusable' in base) && describesOurApi(base))
  const fixtures = directory || (isOurs && !skipped.contract) ? loadFixtures(directory) : undefined
  return {
    contract,
    skipped: { ...(!isOurs && !parts && { coverage: ofAnotherApi }), ...skipped },
    ...(fixtures && { fixtures }),
    ...(lint && { lintConfig: lint }),
    ...(base && { base }),
    ...(accept && { accept: { file: accept, entries: readAccepted(accept) } }),
    ...(severity && { severity: readSeverity(severity) }),
    failOn: failOn.changes,
  }
}

const ofAnotherApi = 'the checks of this suite are about another API; --parts coverage asks all the same'

/** What is no source at all is refused even where the base may be missing. */
async function readBase(
  source: string,
  spec: string,
  missing: GateSources['baseMissing'],
  contract: ContractDocument,
): Promise<ContractDocument | UnusableBase> {
  assertSource(source)
  try {
    return await loadDocument(source, spec, contract)
  } catch (error) {
    if (!(error instanceof ContractError)) throw error
    if (missing === 'ok') return { file: source, unusable: error.reason }
    const { file, line, reason } = error
    throw new ContractError(file, line, `${reason} (this is the base; --base-missing ok goes on without it)`)
  }
}

/** Where the deployment's profile comes from: the file of `--profile`, or a server started for the run (`own`). */
export interface DeploymentSources extends Pick<DeploymentInputs, 'env' | 'onProgress' | 'onNotice'> {
  own?: { url: string; profile: Profile } | undefined
  profile?: string
  target?: string
  failOn: FailOn
  baseline?: string
}

/** Reads profile and baseline. Loads what a run without a deployment need not wait for. */
export async function readDeploymentInputs({
  own,
  profile: file,
  target,
  failOn,
  baseline,
  ...options
}: DeploymentSources): Promise<NonNullable<GateInputs['deployment']>> {
  const { loadProfile } = await import('../conformance/profile.ts')
  const { readBaseline } = await import('../conformance/engine/baseline.ts')
  const profile = own?.profile ?? loadProfile(file!)
  const url = own?.url ?? target ?? profile.target
  if (!url) throw new Error(`${file}: target is missing, and no --target is given`)
  return {
    ...options,
    failOn: failOn.level,
    target: url,
    profile,
    baseline: baseline ? readBaseline(baseline, await knownIds()) : [],
  }
}

/** The ids of the catalogue, which the thread of the suite loads for itself. */
async function knownIds() {
  const { allChecks } = await import('../conformance/catalogue/catalogue.ts')
  return new Set(allChecks.map(({ id }) => id))
}
