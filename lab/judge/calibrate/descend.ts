import type { Outcome } from '../labelled-files.ts'
import { differences, lossOf } from './loss.ts'

/**
 * The outcomes of all cases with these weights. `moved` names the one weight that differs from the last call without
 * it: cases that do not read it end as they did.
 */
export type Evaluate<Name extends string> = (
  weights: Record<Name, number>,
  moved?: Name,
) => Promise<Outcome[]>

/** How far a weight can move, and what follows. */
export interface Sensitivity<Name extends string> {
  name: Name
  value: number
  /** The largest factors tried, down and up, with which every case ends as it did; 1 where none does. */
  unchanged: [down: number, up: number]
  /** The smallest move after which a case ends otherwise, how many do, and how much the loss grows; absent where none does. */
  first?: { factor: number; cases: number; loss: number }
}

export interface Calibration<Name extends string> {
  weights: Record<Name, number>
  loss: number
  sensitivities: Sensitivity<Name>[]
}

/** From the largest move to the smallest. */
const moves = [
  [0.5, 0.75, 0.9],
  [2, 1.33, 1.1],
] as const

/**
 * Coordinate descent: each weight in turn moves to where the loss is lowest, and stays where no move lowers it; until a
 * pass moves none. So calibrated weights are those that no single move betters.
 */
export async function descend<Name extends string>(
  start: Record<Name, number>,
  names: Name[],
  evaluate: Evaluate<Name>,
  mostPasses = 3,
): Promise<Calibration<Name>> {
  let weights = start
  let outcomes = await evaluate(weights)
  let sensitivities: Sensitivity<Name>[] = []
  for (let pass = 0; pass < mostPasses; pass += 1) {
    sensitivities = []
    const before = weights
    for (const name of names) {
      const { sensitivity, best } = await probe(weights, outcomes, name, evaluate)
      sensitivities.push(sensitivity)
      if (best === undefined) continue
      weights = best
      outcomes = await evaluate(weights)
    }
    if (weights === before) break
  }
  return { weights, loss: lossOf(outcomes), sensitivities }
}

async function probe<Name extends string>(
  weights: Record<Name, number>,
  outcomes: Outcome[],
  name: Name,
  evaluate: Evaluate<Name>,
) {
  const unchanged: [number, number] = [1, 1]
  let best: Record<Name, number> | undefined
  let lowest = lossOf(outcomes)
  let first: Sensitivity<Name>['first']
  for (const [direction, factors] of moves.entries())
    for (const factor of factors) {
      const moved = { ...weights, [name]: rounded(weights[name] * factor) }
      const others = await evaluate(moved, name)
      const cases = differences(outcomes, others)
      if (cases === 0) {
        unchanged[direction] = factor
        break
      }
      const loss = lossOf(others)
      if (!first || distance(factor) <= distance(first.factor))
        first = { factor, cases, loss: loss - lossOf(outcomes) }
      if (loss > lowest || (loss === lowest && !best)) continue
      lowest = loss
      best = moved
    }
  const value = weights[name]
  return { sensitivity: { name, value, unchanged, ...(first && { first }) }, best }
}

const distance = (factor: number) => Math.abs(Math.log(factor))
const rounded = (value: number) => Number(value.toPrecision(3))
