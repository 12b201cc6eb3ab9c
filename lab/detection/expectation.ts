import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import type { Level } from '../../conformance/catalogue/check.ts'
import { levels } from '../../conformance/catalogue/check.ts'
import type { Mutant } from '../servers/declaration.ts'
import type { DetectionResult } from './examine.ts'

/** What the last accepted measurement found. It is checked in: only mutants that are known to survive may survive. */
export interface Expectation {
  /** The ids of the checks that kill each mutant; none for those that are known to survive. */
  killed: Record<string, string[]>
  /** The ids of the advice that correct servers do not follow: no false positives. */
  advised: Record<string, string[]>
}

const file = new URL('./expected.generated.json', import.meta.url)

export function readExpectation(): Expectation {
  if (!existsSync(file)) return { killed: {}, advised: {} }
  return JSON.parse(readFileSync(file, 'utf8')) as Expectation
}

export const survives = ({ killed }: Expectation, mutant: string): boolean => killed[mutant]?.length === 0

export function writeExpectation(expectation: Expectation): void {
  writeFileSync(file, `${JSON.stringify(expectation, null, 2)}\n`)
}

/** The ids of the checks that kill a mutant: at least as severe as its defect, and passed by the reference behaviour. */
export function detectingChecks(
  { level }: Mutant,
  { failed }: DetectionResult,
  failedByReference: ReadonlySet<string>,
): string[] {
  const isSevereEnough = (found: Level) => levels.indexOf(found) <= levels.indexOf(level)
  return failed
    .filter(({ check, level: found }) => isSevereEnough(found) && !failedByReference.has(check))
    .map(({ check }) => check)
}

/** Checks that a correct server fails: all above advice, and advice that it was not known to ignore. */
export function falsePositives(
  { id, failed }: DetectionResult,
  { advised }: Expectation,
): DetectionResult['failed'] {
  const known = new Set(advised[id])
  return failed.filter(({ check, level }) => level !== 'advice' || !known.has(check))
}
