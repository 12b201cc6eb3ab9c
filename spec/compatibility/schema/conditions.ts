import type { Element } from '../element.ts'
import { canonical } from '../equality.ts'
import { childrenOf, keysIn, placeOf, valuesOf } from './parts.ts'
import type { Visit } from './visit.ts'

/** What a value must satisfy besides, or must not: `not` and the conditional keywords of JSON Schema 2020-12. */
export function compareConditions(visit: Visit) {
  compareExclusions(visit)
  compareBranches(visit)
  compareWithin(visit, 'propertyNames', [])
  const { base, head } = visit.pair
  for (const name of keysIn([...base, ...head], 'dependentSchemas'))
    compareWithin(visit, 'dependentSchemas', [name])
  compareDependencies(visit)
}

function compareExclusions(visit: Visit) {
  const { base, head } = visit.pair
  const [excluded, excludes] = [base, head].map((parts) => parts.flatMap((part) => part.get('not') ?? []))
  const gone = (excluded ?? []).filter((was) => !excludes?.some((is) => visit.areSame(was, is)))
  const come = (excludes ?? []).filter((is) => !excluded?.some((was) => visit.areSame(was, is)))
  if (gone.length === 0 && come.length === 0) return
  const id =
    gone.length === 0 ? 'exclusion-added' : come.length === 0 ? 'exclusion-removed' : 'exclusion-changed'
  visit.report(id, {}, { at: come[0] ?? gone[0] })
}

/** `if`, `then` and `else`: JSON Schema 2020-12 §10.2.2. */
function compareBranches(visit: Visit) {
  const [was, is] = [visit.pair.base, visit.pair.head].map((parts) => parts.find((part) => part.has('if')))
  if (!was && !is) return
  const at = { at: is?.get('if') ?? was?.get('if') }
  const context = { keyword: 'if' }
  if (!was) return visit.report('condition-added', context, at)
  if (!is) return visit.report('condition-removed', context, at)
  if (!visit.areSame(was.get('if'), is.get('if'))) return visit.report('condition-changed', context, at)
  for (const branch of ['then', 'else']) {
    const [before, after] = [childrenOf([was], branch), childrenOf([is], branch)]
    if (before.length > 0 || after.length > 0) visit.compare(before, after)
  }
}

/** A schema that applies to part of a value: `propertyNames`, or `dependentSchemas` where a property is there. */
function compareWithin(visit: Visit, keyword: string, keys: string[]) {
  const [was, is] = [visit.pair.base, visit.pair.head].map((parts) => childrenOf(parts, keyword, ...keys))
  const at = { at: (is?.[0] ?? was?.[0])?.mention }
  if (was!.length > 0 && is!.length > 0) visit.compare(was!, is!)
  else if (is!.length > 0) visit.report('condition-added', { keyword }, at)
  else if (was!.length > 0) visit.report('condition-removed', { keyword }, at)
}

/** `dependentRequired`, properties that others require: JSON Schema 2020-12 (Validation) §6.5.4. */
function compareDependencies(visit: Visit) {
  const { base, head } = visit.pair
  const keyword = 'dependentRequired'
  const [was, is] = [dependenciesIn(base), dependenciesIn(head)]
  const at = { at: placeOf(head, keyword) ?? placeOf(base, keyword) }
  if (is.some((one) => !was.includes(one))) visit.report('condition-added', { keyword }, at)
  if (was.some((one) => !is.includes(one))) visit.report('condition-removed', { keyword }, at)
}

const dependenciesIn = (parts: Element[]) =>
  valuesOf<Record<string, string[]>>(parts, 'dependentRequired').flatMap((map) =>
    Object.entries(map).flatMap(([name, others]) => others.map((other) => canonical([name, other]))),
  )
