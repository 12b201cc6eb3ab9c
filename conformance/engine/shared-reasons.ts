import type { CheckResult } from '../results/report.ts'

/** Checks that say the same reason before it is told once. */
const few = 2

/** One cause, such as a list that cannot be read, is told by the first check that it stops; the others refer to it. */
export function tellSharedReasonsOnce(results: CheckResult[]): CheckResult[] {
  const open = results.filter(({ outcome }) => outcome === 'cantTell')
  const byReason = Map.groupBy(open, ({ reason }) => reason)
  return results.map((result) => {
    const [first, ...others] = byReason.get(result.reason) ?? []
    if (result.outcome !== 'cantTell' || !first || result === first || others.length < few) return result
    return { ...result, reason: `not decided, for the reason that ${first.id} gives` }
  })
}
