import { type Explanation, indexWhere, type ObservedCheck, observationsIn } from './explanation.ts'
import { isGranted, type Observation } from './observation.ts'

/**
 * A cache without a mark: at one address, callers are sometimes answered as was right for another who asked before. To
 * be told from a missing check of access, it must have refused members, and from a failing one, not always.
 */
export function repeatedAnswers(failed: ObservedCheck[], all: ObservedCheck[]): Explanation[] {
  const right = observationsIn(all).filter(({ isUnexpected }) => !isUnexpected)
  const rightly = new Set(right.map(({ caller }) => caller))
  const firstRight = new Map<string, number>()
  const firstNumber = (one: Observation) => firstRight.get(answerOf(one)) ?? Number.POSITIVE_INFINITY
  for (const one of right) firstRight.set(answerOf(one), Math.min(one.number, firstNumber(one)))
  const isRepeated = (one: Observation) => one.isUnexpected && firstNumber(one) < one.number
  const wrong = failed
    .flatMap(({ observations }) => observations)
    .filter((one) => isRepeated(one) && rightly.has(one.caller))
  const refusesMembers = wrong.some((one) => isGranted(one) && /^40[134]$/.test(one.outcome))
  const isOfOthers = wrong.some((one) => !isGranted(one))
  if (!refusesMembers || !isOfOthers) return []
  return [
    {
      title: 'a request is answered as the one before it at the same address was, whoever asks',
      hint: 'a cache, of the application or before it, stores responses, refusals among them, by the address alone: Cache-Control: private or no-store, and Vary: Authorization',
      rank: 5,
      shownBy: (check) => indexWhere(check, isRepeated),
    },
  ]
}

/** An answer at an address. */
const answerOf = ({ resource, outcome }: Observation) => `${resource} ${outcome}`
