import type { Outcome } from '../labelled-files.ts'

/** What an outcome costs: a wrong verdict ten times as much as none. */
const costs: Record<Outcome, number> = {
  right: 0,
  undecided: 1,
  misnamed: 3,
  other: 3,
  blamed: 10,
  missed: 10,
}

export const lossOf = (outcomes: Outcome[]) => outcomes.reduce((sum, outcome) => sum + costs[outcome], 0)

/** How many cases end otherwise. */
export const differences = (one: Outcome[], other: Outcome[]) =>
  one.filter((outcome, at) => outcome !== other[at]).length
