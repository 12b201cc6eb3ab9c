import { weights } from './weights.ts'

/** From which score on an explanation is as plausible as the best one; `share` of that score is the margin. */
export function leastPlausible(best: number, share: number): number {
  return best - Math.max(weights.margin, share * best)
}
