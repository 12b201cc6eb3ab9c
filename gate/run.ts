import { readBaseUrl } from '../conformance/base-url.ts'
import { reportFile, statements } from '../spec/statements.ts'
import { boundedBy } from './bounded.ts'
import { type GateReport, type Part, type PartName, partNames } from './gate-report.ts'
import type { GateInputs } from './inputs.ts'
import { compatibilityPart } from './parts/compatibility.ts'
import { contractPart } from './parts/contract.ts'
import { coveragePart } from './parts/coverage.ts'
import { shownFrom } from './shown-path.ts'
import { skippedPart, summarize, verdictOf } from './verdict.ts'

/** Runs the parts that have what they need, and decides the verdict. */
export async function runGate(inputs: GateInputs): Promise<GateReport> {
  const { tool, contract, base, deployment, skipped, startedAt } = inputs
  const start = performance.now()
  const file = shownFrom(process.cwd(), contract.file)
  const today = startedAt.toISOString().slice(0, 10)
  const documents = [contract, ...(base && !('unusable' in base) ? [base] : [])].map(({ openapi }) => openapi)
  await using sandbox = boundedBy(...documents)
  const compared = base && (await compatibilityPart({ ...inputs, file, base, today, sandbox }))
  const run: Record<PartName, () => Part | Promise<Part>> = {
    contract: () => contractPart({ ...inputs, file, sandbox }),
    compatibility: () => compared!.part,
    coverage: async () =>
      coveragePart({
        contract,
        file,
        checks: await loadChecks(),
        statements,
        statementsFile: shownFrom(process.cwd(), reportFile),
      }),
    deployment: async () => (await loadDeploymentPart())({ ...deployment!, contract, file, tool }),
  }
  const parts: Part[] = []
  for (const name of partNames) {
    const reason = skipped[name]
    parts.push(reason === undefined ? await run[name]() : skippedPart(name, reason))
  }
  const { title, version, sha256 } = contract
  return {
    schemaVersion: 1,
    tool,
    contract: { file, title, version, sha256 },
    ...(compared && compared.part.outcome !== 'skipped' && { base: base.file }),
    ...(deployment && { target: readBaseUrl(deployment.target).base }),
    startedAt: startedAt.toISOString(),
    durationMs: Math.round(performance.now() - start),
    verdict: verdictOf(parts),
    summary: summarize(parts),
    parts,
    changes: compared?.changes ?? [],
  }
}

// Loaded only by what looks at it. TypeScript 5.9 leaves the extension of imports in a function with `using` as it is.
const loadChecks = async () => (await import('../conformance/catalogue/catalogue.ts')).allChecks
const loadDeploymentPart = async () => (await import('./parts/deployment.ts')).deploymentPart
