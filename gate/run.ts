import { allChecks } from '../conformance/catalogue/catalogue.ts'
import { reportFile, statements } from '../spec/statements.ts'
import type { GateReport } from './gate-report.ts'
import type { GateInputs } from './inputs.ts'
import { compatibilityPart } from './parts/compatibility.ts'
import { contractPart } from './parts/contract.ts'
import { coveragePart } from './parts/coverage.ts'
import { shownFrom } from './shown-path.ts'
import { skippedPart, summarize, verdictOf } from './verdict.ts'

/** Runs the four parts and decides the verdict. */
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
