import { readFileSync } from 'node:fs'
import { allChecks } from '../../conformance/catalogue/catalogue.ts'
import type { Level } from '../../conformance/catalogue/check.ts'
import { runSuite } from '../../conformance/engine/run.ts'
import type { PdfReader } from '../../conformance/pdf/pdf-reader.ts'
import { readProfile } from '../../conformance/profile.ts'
import type { Report } from '../../conformance/results/report.ts'
import type { Declaration } from '../servers/declaration.ts'
import { type Running, startDeployment } from '../servers/deployment.ts'
import { authorityFile } from '../servers/tls.ts'

/** How much the profile gives the suite: everything, or only a member's token and a workspace. */
export type ProfileDepth = 'full' | 'essential'

/** What the suite found in one deployment. */
export interface DetectionResult {
  id: string
  verdict: Report['verdict']
  failed: { check: string; level: Level; reason: string }[]
  /** What the report says is behind the failures: a title, and the level of the most severe of them. */
  causes: { title: string; level: Level }[]
  /** Ids of the checks that could not be decided. */
  undecided: string[]
  durationMs: number
}

/** Starts a deployment, runs the whole suite against it, and stops it. A `pdfReader` is shared with other runs. */
export async function examine(
  declaration: Declaration,
  depth: ProfileDepth = 'full',
  pdfReader?: PdfReader,
): Promise<DetectionResult> {
  const running = await startDeployment(declaration)
  try {
    const { verdict, checks, causes, durationMs } = await runSuiteOn(running, depth, pdfReader)
    const failed = checks.filter(({ outcome }) => outcome === 'failed')
    return {
      id: declaration.id,
      verdict,
      failed: failed.map(({ id, level, reason }) => ({ check: id, level, reason })),
      causes: causes.map(({ title, level }) => ({ title, level })),
      undecided: checks.filter(({ outcome }) => outcome === 'cantTell').map(({ id }) => id),
      durationMs,
    }
  } finally {
    await running.close()
  }
}

function runSuiteOn(
  { baseUrl, profile }: Running,
  depth: ProfileDepth,
  pdfReader?: PdfReader,
): Promise<Report> {
  const { actors, workspace, limits } = profile
  const essential = { actors: { member: actors.member }, workspace: { id: workspace.id }, limits }
  const given = depth === 'full' ? profile : essential
  return runSuite(readProfile(JSON.stringify(given), 'the profile of a deployment'), {
    baseUrl,
    checks: allChecks,
    contract: { title: '', version: '', sha256: '' },
    tool: { name: 'altostrat-contract', version: 'detection' },
    failOn: 'advice',
    env: {},
    ...(pdfReader && { pdfReader }),
    ...(baseUrl.startsWith('https:') && { ca: readFileSync(authorityFile, 'utf8') }),
  })
}
