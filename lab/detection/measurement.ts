import { levels } from '../../conformance/catalogue/check.ts'
import type { CorrectServer, Mutant } from '../servers/declaration.ts'
import type { DetectionResult } from './examine.ts'
import { detectingChecks, type Expectation, falsePositives } from './expectation.ts'

/** All findings of a run, judged. */
export interface Measurement {
  mutants: { declaration: Mutant; finding: DetectionResult; killers: string[] }[]
  correct: { declaration: CorrectServer; finding: DetectionResult; accusations: DetectionResult['failed'] }[]
  /** Kills that the expectation has and this run has not. */
  lost: string[]
  /** Checks that failed on no faulty deployment. */
  idle: string[]
}

export function measure(
  findings: DetectionResult[],
  {
    faulty,
    right,
    checks,
    expected,
  }: { faulty: Mutant[]; right: CorrectServer[]; checks: string[]; expected: Expectation },
): Measurement {
  const findingOf = new Map(findings.map((finding) => [finding.id, finding]))
  const noise = new Set(findingOf.get('plain')?.failed.map(({ check }) => check))
  const examined = <T extends { id: string }>(declarations: T[]) =>
    declarations.flatMap((declaration) => {
      const finding = findingOf.get(declaration.id)
      return finding ? [{ declaration, finding }] : []
    })
  const judged = examined(faulty).map((one) => ({
    ...one,
    killers: detectingChecks(one.declaration, one.finding, noise),
  }))
  const caught = new Set(judged.flatMap(({ finding }) => finding.failed.map(({ check }) => check)))
  return {
    mutants: judged,
    correct: examined(right).map((one) => ({ ...one, accusations: falsePositives(one.finding, expected) })),
    lost: judged
      .filter(
        ({ declaration, killers: detecting }) => detecting.length === 0 && expected.killed[declaration.id],
      )
      .map(({ declaration }) => declaration.id),
    idle: checks.filter((check) => !caught.has(check)),
  }
}

/** What a measurement found, to be held against later ones. */
export function expectationFrom(
  { mutants: faulty, correct: right }: Measurement,
  before: Expectation,
): Expectation {
  const killed = faulty.map(({ declaration, killers: detecting }): [string, string[]] => [
    declaration.id,
    detecting,
  ])
  const advised = right.map(({ declaration, finding }): [string, string[]] => [
    declaration.id,
    finding.failed.filter(({ level }) => level === 'advice').map(({ check }) => check),
  ])
  return { killed: replaced(before.killed, killed), advised: replaced(before.advised, advised) }
}

/** What was not examined stays; what was found empty goes. */
function replaced(before: Record<string, string[]>, found: [string, string[]][]): Record<string, string[]> {
  const all = Object.entries({ ...before, ...Object.fromEntries(found) })
  return Object.fromEntries(all.filter(([, checks]) => checks.length > 0))
}

/** The measurement as the README shows it. */
export function summaryOf(run: Measurement, at: Date, version: string): string {
  const found = run.mutants.filter(({ killers: detecting }) => detecting.length > 0).length
  const blamed = run.correct.filter(({ accusations: falsePositives }) => falsePositives.length > 0).length
  return [
    tableOf(run),
    '',
    `Found ${found} of ${run.mutants.length} faulty deployments; blamed ${blamed} of ${run.correct.length} right ones. Measured on ${at.toISOString().slice(0, 10)} with version ${version} (\`npm run detection\`).`,
  ].join('\n')
}

/** A Markdown table of kill rates, an area in each row and a level in each column. */
export function tableOf({ mutants: faulty }: Measurement): string {
  const rate = (some: Measurement['mutants']) =>
    some.length === 0
      ? '–'
      : `${some.filter(({ killers: detecting }) => detecting.length > 0).length} of ${some.length}`
  const row = (name: string, some: Measurement['mutants']) => {
    const cells = levels.map((level) => rate(some.filter(({ declaration }) => declaration.level === level)))
    return `| ${[name, ...cells, rate(some)].join(' | ')} |`
  }
  const areas = [...new Set(faulty.map(({ declaration }) => declaration.area))]
  return [
    `| area | ${levels.join(' | ')} | all |`,
    `| --- |${' --- |'.repeat(levels.length + 1)}`,
    ...areas.map((area) =>
      row(
        area,
        faulty.filter(({ declaration }) => declaration.area === area),
      ),
    ),
    row('**all**', faulty),
  ].join('\n')
}
