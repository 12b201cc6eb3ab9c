import { type Level, levels } from '../conformance/catalogue/check.ts'

export const failingImpacts = ['breaking', 'risky'] as const
/** The mildest kind of change that fails the part "compatibility". */
export type FailingImpact = (typeof failingImpacts)[number]

/** What fails a run: changes of the contract, and the last level whose checks of the deployment count. */
export interface FailOn {
  changes: FailingImpact
  level: Level
}

export const defaultFailOn: FailOn = { changes: 'breaking', level: 'contract' }

/** Reads words such as `http,risky`: of each kind at most one, in any order. Undefined for anything else. */
export function parseFailOn(text: string, previous = defaultFailOn): FailOn | undefined {
  const words = text.split(',').map((word) => word.trim())
  const changes = failingImpacts.filter((impact) => words.includes(impact))
  const level = levels.filter((one) => words.includes(one))
  if (changes.length + level.length !== words.length || changes.length > 1 || level.length > 1)
    return undefined
  return { changes: changes[0] ?? previous.changes, level: level[0] ?? previous.level }
}
