import { isAbsolute, relative, sep } from 'node:path'
import { allChecks } from '../conformance/catalogue/catalogue.ts'
import type { Fixtures } from '../fixtures/load-fixtures.ts'
import type { AcceptedChange } from '../spec/compatibility/accepted.ts'
import type { ReadContract } from '../spec/compatibility/read-contract.ts'
import { reportFile, statements } from '../spec/statements.ts'
import { compatibilityPart } from './parts/compatibility.ts'
import { contractPart } from './parts/contract.ts'
import { coveragePart } from './parts/coverage.ts'
import type { DeploymentInputs } from './parts/deployment.ts'
import { type GateReport, skippedPart, summarize, verdictOf } from './report.ts'

/** Everything that the gate decides on, read already: what could not be read never gets here. */
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

/** Puts the four questions and makes one verdict of the answers. */
export async function runGate(inputs: GateInputs): Promise<GateReport> {
  const { tool, contract, base, deployment, startedAt } = inputs
  const start = performance.now()
  const file = shownFrom(process.cwd(), contract.file)
  const today = startedAt.toISOString().slice(0, 10)
  const compared = base && (await compatibilityPart({ ...inputs, file, base, today }))
  const parts = [
    await contractPart({ ...inputs, file }),
    compared?.part ??
      skippedPart('compatibility', 'nothing to compare with; --base FILE or git:REF names it'),
    await coveragePart({
      contract,
      file,
      checks: allChecks,
      statements,
      statementsFile: shownFrom(process.cwd(), reportFile),
    }),
    deployment
      ? await (await import('./parts/deployment.ts')).deploymentPart({ ...deployment, contract, file, tool })
      : skippedPart('deployment', 'none named; --target URL --profile FILE, or --self'),
  ]
  const { title, version, sha256 } = contract
  return {
    schemaVersion: 1,
    tool,
    contract: { file, title, version, sha256 },
    ...(base && { base: base.file }),
    ...(deployment && { target: deployment.target }),
    startedAt: startedAt.toISOString(),
    durationMs: Math.round(performance.now() - start),
    verdict: verdictOf(parts),
    summary: summarize(parts),
    parts,
    changes: compared?.changes ?? [],
  }
}

/** A path as machines that read reports find it: relative to the working directory where it lies below. */
export function shownFrom(directory: string, file: string): string {
  const path = isAbsolute(file) ? relative(directory, file) : file
  const isOutside = path.startsWith('..') || isAbsolute(path)
  return isOutside ? file : path.split(sep).join('/')
}
