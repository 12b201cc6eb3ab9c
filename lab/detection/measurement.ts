import type { CorrectServer, Mutant } from '../servers/declaration.ts'
import type { DetectionResult } from './examine.ts'
import { detectingChecks, type Expectation, falsePositives, survives } from './expectation.ts'

/** The results of a run, compared with what was expected. */
export interface Measurement {
  /** A mutant is killed if `detecting` has a check. */
  mutants: { declaration: Mutant; result: DetectionResult; detecting: string[] }[]
  correct: {
    declaration: CorrectServer
    result: DetectionResult
    falsePositives: DetectionResult['failed']
  }[]
  /** Ids of mutants that survive, although they were killed before. */
  lost: string[]
  /** Ids of the checks that failed on no mutant. */
  unusedChecks: string[]
}

/** Everything that a run may examine. */
export interface Subjects {
  mutants: Mutant[]
  correctServers: CorrectServer[]
  /** Ids of all checks. */
  checks: string[]
}

/** Deployments without a result are left out. */
export function measure(results: DetectionResult[], subjects: Subjects, expected: Expectation): Measurement {
  const resultOf = new Map(results.map((result) => [result.id, result]))
  const failedByReference = new Set(resultOf.get('plain')?.failed.map(({ check }) => check))
  const examined = <T extends { id: string }>(declarations: T[]) =>
    declarations.flatMap((declaration) => {
      const result = resultOf.get(declaration.id)
      return result ? [{ declaration, result }] : []
    })
  const mutants = examined(subjects.mutants).map(({ declaration, result }) => ({
    declaration,
    result,
    detecting: detectingChecks(declaration, result, failedByReference),
  }))
  const used = new Set(mutants.flatMap(({ result }) => result.failed.map(({ check }) => check)))
  return {
    mutants,
    correct: examined(subjects.correctServers).map((one) => ({
      ...one,
      falsePositives: falsePositives(one.result, expected),
    })),
    lost: mutants
      .filter(({ declaration, detecting }) => detecting.length === 0 && !survives(expected, declaration.id))
      .map(({ declaration }) => declaration.id),
    unusedChecks: subjects.checks.filter((check) => !used.has(check)),
  }
}

/** The expectation for later runs. What was not examined stays as it was. */
export function expectationFrom({ mutants, correct }: Measurement, before: Expectation): Expectation {
  const killed = mutants.map(({ declaration, detecting }): [string, string[]] => [declaration.id, detecting])
  const advised = correct.map(({ declaration, result }): [string, string[]] => [
    declaration.id,
    result.failed.filter(({ level }) => level === 'advice').map(({ check }) => check),
  ])
  return { killed: merged(before.killed, killed), advised: withoutEmpty(merged(before.advised, advised)) }
}

const merged = (before: Record<string, string[]>, found: [string, string[]][]): Record<string, string[]> => ({
  ...before,
  ...Object.fromEntries(found),
})

const withoutEmpty = (lists: Record<string, string[]>) =>
  Object.fromEntries(Object.entries(lists).filter(([, list]) => list.length > 0))
