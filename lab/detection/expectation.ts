import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import type { Level } from '../../conformance/catalogue/check.ts'
import { levels } from '../../conformance/catalogue/check.ts'
import type { Mutant } from '../servers/declaration.ts'
import type { DetectionResult } from './examine.ts'

/** What the last accepted measurement found, checked in: kills may be won, not lost. */
export interface Expectation {
  /** The checks that find each faulty deployment. */
  killed: Record<string, string[]>
  /** Advice that a right deployment does not follow, which is no blame. */
  advised: Record<string, string[]>
}

const file = new URL('./expected.generated.json', import.meta.url)

export function readExpectation(): Expectation {
  if (!existsSync(file)) return { killed: {}, advised: {} }
  return JSON.parse(readFileSync(file, 'utf8')) as Expectation
}

export function writeExpectation(expectation: Expectation): void {
  writeFileSync(file, `${JSON.stringify(expectation, null, 2)}\n`)
}

/** The checks that tell a faulty deployment from the baseline, and are at least as severe as its defect. */
export function detectingChecks(
  { level }: Mutant,
  finding: DetectionResult,
  noise: ReadonlySet<string>,
): string[] {
  const isEnough = (other: Level) => levels.indexOf(other) <= levels.indexOf(level)
  return finding.failed
    .filter((one) => isEnough(one.level) && !noise.has(one.check))
    .map(({ check }) => check)
}

/** The failed checks that accuse a right deployment: all above advice, and advice that it was not known to ignore. */
export function falsePositives(
  finding: DetectionResult,
  { advised }: Expectation,
): DetectionResult['failed'] {
  const known = new Set(advised[finding.id])
  return finding.failed.filter(({ check, level }) => level !== 'advice' || !known.has(check))
}
