import type { CheckResult } from '../report.ts'
import type { Observation } from './observation.ts'

/** A check with what it observed, in the order of its requests. */
export interface ObservedCheck {
  result: CheckResult
  observations: Observation[]
  /** The index of the observation that the check looked into last: where it failed, the one that shows the fault. */
  lookedAt: number
}

/** What may be behind failures. */
export interface Explanation {
  /** What the deployment does, in a few words. */
  title: string
  /** What usually makes such systems do it. */
  hint: string
  /** Explanations of a lower rank are preferred where they explain as many failures. */
  rank: number
  /** Explanations of one family differ in which callers or requests they are about, and not in what happens to them. */
  family?: string
  /** The family whose explanations follow from this one, where it has no exceptions. */
  implies?: string
  /** Whether such requests are sometimes answered otherwise: then it explains only what nothing else does. */
  hasExceptions?: boolean
  /** The index of the observation by which it explains the failure of a check; undefined where it does not. */
  shownBy(check: ObservedCheck): number | undefined
}

/** What a run observed: each request once, however many checks needed it. */
export const observationsIn = (checks: ObservedCheck[]): Observation[] => [
  ...new Map(checks.flatMap(({ observations }) => observations.map((one) => [one.number, one]))).values(),
]

/** The observation that shows the fault of a failed check. */
export const decisiveOf = ({ observations, lookedAt }: ObservedCheck): Observation | undefined =>
  observations[lookedAt]

/** The index of the observation that has the property: the decisive one if that has it, else the last that has. */
export function indexWhere(
  { observations, lookedAt }: ObservedCheck,
  has: (observation: Observation) => boolean,
): number | undefined {
  const decisive = observations[lookedAt]
  if (decisive && has(decisive)) return lookedAt
  const index = observations.findLastIndex(has)
  return index < 0 ? undefined : index
}
