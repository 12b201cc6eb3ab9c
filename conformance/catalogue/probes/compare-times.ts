import type { Target } from '../../engine/target.ts'
import type { RequestSpec } from '../../http/request.ts'

/** A shorter delay tells nobody anything across a network, and one more query to a database may take as long. */
const leastDelayMs = 10
/** Whichever way the network and other callers vary, a pair shows the delay by chance in half of all cases at most. */
const mostPairs = 30
/** So many pairs at once (2^-16), or 26 of 30 (3 × 10^-5), are no chance. */
const pairsInARow = 16
const mostWithout = 4
/** A deployment that takes longer for refusals is not worth more time. */
const mostMs = 60_000

export interface TimeComparison {
  /** Whether the first request is answered later than the second, and it is no chance. */
  isLater: boolean
  /** Median milliseconds to the head of the response. */
  medians: [later: number, earlier: number]
  /** How many pairs of requests were compared. */
  pairs: number
}

/**
 * Compares how long two requests take, in pairs of one each, one after the other, so that what slows a deployment down for
 * a while slows down both. Ends as soon as too many pairs show no delay, which of equal requests the first five do.
 */
export async function compareTimes(
  target: Target,
  later: RequestSpec,
  earlier: RequestSpec,
): Promise<TimeComparison> {
  const send = async (request: RequestSpec) => (await target.request({ ...request, fresh: true })).timing.head
  // The first ones may fill caches.
  await send(earlier)
  await send(later)
  const times: [later: number[], earlier: number[]] = [[], []]
  let without = 0
  let pairs = 0
  let totalMs = 0
  const isOver = () => without > mostWithout || pairs === mostPairs || totalMs > mostMs
  while (!isOver() && (without > 0 || pairs < pairsInARow)) {
    // In the order of Thue and Morse, no rhythm of a deployment, as of a load balancer, falls on one of the two.
    const isSwapped = [...pairs.toString(2)].filter((digit) => digit === '1').length % 2 === 1
    const before = isSwapped ? await send(earlier) : undefined
    const late = await send(later)
    const early = before ?? (await send(earlier))
    times[0].push(late)
    times[1].push(early)
    pairs += 1
    totalMs += late + early
    if (late - early < leastDelayMs) without += 1
  }
  return {
    isLater: without <= mostWithout && (pairs === mostPairs || (without === 0 && pairs >= pairsInARow)),
    medians: [median(times[0]), median(times[1])],
    pairs,
  }
}

function median(times: number[]): number {
  return times.toSorted((one, two) => one - two)[Math.floor(times.length / 2)] ?? 0
}
