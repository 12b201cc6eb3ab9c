import type { ExpectedFigures } from '../reading/expectation.ts'
import type { Understood } from '../reading/read.ts'
import { summary, sumOverAll } from '../vocabulary/vocabulary.ts'
import { weights } from '../weights.ts'
import { type Finding, placeOfValue } from './finding.ts'
import { isSum, type SumCell, sumCellsIn } from './sum-rows.ts'

/**
 * Totals and subtotals that are not the sum of what they total. What rows in the same words sum up is what explains most
 * of them; a number is wrong if nothing that it could sum up comes to it.
 */
export function findWrongTotals(understood: Understood, context: ExpectedFigures): Finding[] {
  const kinds = Map.groupBy(sumCellsIn(understood, context), ({ key }) => key)
  return [...kinds.values()].flatMap((sums) => {
    const isCount = ({ value }: SumCell) => value.value === context.organizations.length
    const wrong = sums.filter((sum) => !isCount(sum) && !isSum(sum))
    if (wrong.length === 0) return []
    const scope = bestScope(sums)
    return areSums(sums, wrong, scope) ? wrong.map((sum) => finding(sum, scope)) : []
  })
}

const fits = ({ value }: SumCell, known: readonly number[]) => known.includes(value.value!)

/** How many sums are what a scope comes to; 0 is what anything may come to. */
const support = (sums: SumCell[], scope: string) =>
  sums.filter((sum) => sum.value.value !== 0 && fits(sum, sum.scopes.get(scope) ?? [])).length

function bestScope(sums: SumCell[]): string {
  const scopes = new Set(sums.flatMap(({ scopes: own }) => [...own.keys()]))
  return [...scopes].reduce((best, each) => (support(sums, each) > support(sums, best) ? each : best), 'all')
}

/** Whether it is about what it should come to: a sum of something else, as of one page, is mostly far from it. */
function isNear({ value, scopes }: SumCell, scope: string): boolean {
  return (scopes.get(scope) ?? []).some(
    (expected) => Math.abs(value.value! - expected) <= weights.nearSum * expected,
  )
}

/** Whether words say that these are sums and figures do not deny it, or enough figures say so alone. */
function areSums(sums: SumCell[], wrong: SumCell[], scope: string): boolean {
  const { key } = sums[0]!
  const figures = new Set(sums.map(({ type, role }) => `${type}|${role}`))
  if (sumOverAll.test(key) && figures.size === sums.length)
    return sums.length === 1 || wrong.length <= 0.5 * sums.length || wrong.every((sum) => isNear(sum, scope))
  const telling = sums.filter(({ value }) => value.value !== 0).length
  const found = support(sums, scope)
  const isClear =
    summary.test(key) || sums.some((sum) => sum.value.value! >= weights.unmistakable && isSum(sum))
  return isClear && found >= weights.fewestSums && found >= weights.solidSums * telling
}

function finding({ value, type, key, label, scopes }: SumCell, scope: string): Finding {
  const place = placeOfValue(value)
  const [expected] = scopes.get(scope)!
  const what =
    scope === 'all' || sumOverAll.test(key)
      ? `The ${type} of all organizations`
      : `The ${type} that "${label}" sums up`
  return {
    kind: 'wrong-total',
    field: type,
    expected: String(expected),
    found: value.text,
    message: `${what} come to ${expected} in the data, the report totals ${value.text} (page ${place.page})`,
    ...place,
  }
}
