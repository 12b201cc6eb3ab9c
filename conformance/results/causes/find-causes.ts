import { levels } from '../../catalogue/check.ts'
import type { Cause } from '../report.ts'
import { answeredAlike } from './answered-alike.ts'
import { documentFaults } from './document-faults.ts'
import type { Explanation, ObservedCheck } from './explanation.ts'
import { remaining } from './remaining.ts'
import { repeatedAnswers } from './repeated-answers.ts'
import { symptomsIn } from './symptoms.ts'

/** Causes that explain all failures among the checks, the one that explains most first. */
export function findCauses(all: ObservedCheck[]): Cause[] {
  const failed = all
    .filter(({ result }) => result.outcome === 'failed')
    .sort((a, b) => levels.indexOf(a.result.level) - levels.indexOf(b.result.level))
  const explanations = [
    ...symptomsIn(failed, all),
    ...repeatedAnswers(failed, all),
    ...documentFaults(failed),
    ...answeredAlike(failed, all),
  ]
  const chosen = choose(explanations, failed)
  const causes = [
    ...chosen,
    ...remaining(failed.filter((check) => !chosen.some(({ checks }) => checks.includes(check)))),
  ]
  return joinSameTitle(causes.map(causeOf)).sort((a, b) => b.checks.length - a.checks.length)
}

/** What is told in the same words is one cause, with the most severe of their levels. */
function joinSameTitle(causes: Cause[]): Cause[] {
  return [...Map.groupBy(causes, ({ title }) => title).values()].map((alike) => {
    const [first] = alike.toSorted((a, b) => levels.indexOf(a.level) - levels.indexOf(b.level))
    return { ...first!, checks: alike.flatMap(({ checks }) => checks) }
  })
}

interface Explained {
  explanation: Explanation
  checks: ObservedCheck[]
}

/** Explanations that explain most, one after the other; those with exceptions only where no other explains anything. */
function choose(explanations: Explanation[], failed: ObservedCheck[]): Explained[] {
  const chosen: Explained[] = []
  let open = failed
  for (const isAdmitted of [isWithoutException, () => true])
    for (;;) {
      const best = bestOf(explanations.filter(isAdmitted), open)
      if (!best) break
      const checks = open.filter((check) => best.shownBy(check) !== undefined)
      open = open.filter((check) => !checks.includes(check))
      chosen.push({ explanation: best, checks })
    }
  return joinInstances(chosen)
}

/** What explains few failures joins what explains more of the same family: it is a further instance of the same mistake. */
function joinInstances(chosen: Explained[]): Explained[] {
  const bySize = (one: Explained, two: Explained) => one.checks.length - two.checks.length
  // Of as many, what has exceptions is the instance.
  const exceptionsOf = ({ explanation }: Explained) => Number(explanation.hasExceptions ?? false)
  const sorted = chosen.toSorted((a, b) => bySize(a, b) || exceptionsOf(b) - exceptionsOf(a))
  for (const [at, one] of sorted.entries()) {
    const index = sorted.findLastIndex((other, place) => place > at && isWider(other, one))
    const wider = sorted[index]
    // What has become larger may have further instances.
    if (wider) {
      const joined = { ...wider, checks: [...wider.checks, ...one.checks] }
      return joinInstances(sorted.with(index, joined).toSpliced(at, 1))
    }
  }
  return sorted.toSorted((one, two) => bySize(two, one))
}

/** What has exceptions is an instance of what explains as much; anything else only where it is few beside many. */
function isWider({ explanation, checks }: Explained, { explanation: one, checks: few }: Explained): boolean {
  const implied = explanation.hasExceptions ? undefined : explanation.implies
  const isFamily = one.family !== undefined && [explanation.family, implied].includes(one.family)
  return isFamily && checks.length >= few.length * (one.hasExceptions ? 1 : 3)
}

const isWithoutException = ({ hasExceptions }: Explanation) => !hasExceptions

/** The explanation of most failures; of several, the one of the lowest rank. */
function bestOf(explanations: Explanation[], open: ObservedCheck[]): Explanation | undefined {
  const [best] = explanations
    .map((one) => ({ one, count: open.filter((check) => one.shownBy(check) !== undefined).length }))
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count || a.one.rank - b.one.rank)
  return best?.one
}

function causeOf({ explanation: { title, hint, shownBy, hasExceptions }, checks }: Explained): Cause {
  const reason = checks[0]!.result.reason.split('\n')[0]!
  // An exchange that a check failed on shows more than one that it only met.
  const [shown] = checks.toSorted(
    (a, b) => Number(shownBy(a) !== a.lookedAt) - Number(shownBy(b) !== b.lookedAt),
  )
  const evidence = shown?.result.evidence[shownBy(shown) ?? shown.lookedAt]
  return {
    // Of requests that are not always answered so, the one that was says more.
    title: hasExceptions ? (checks.length === 1 ? reason : `${title}: ${reason}`) : title,
    checks: checks.map(({ result }) => result.id),
    level: checks[0]!.result.level,
    hint,
    ...(evidence && { evidence }),
  }
}
