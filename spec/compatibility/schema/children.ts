import type { Element } from '../element.ts'
import type { Direction } from '../rules/rule.ts'
import { childrenOf, placeOf, valuesOf } from './parts.ts'
import type { Visit } from './visit.ts'

/** Properties of objects: OAS 3.0.3 §4.7.24.1. */
export function compareProperties(visit: Visit) {
  const { base, head, direction } = visit.pair
  const [before, after] = [propertiesOf(base, direction), propertiesOf(head, direction)]
  // A property that is named on one side only is one of the others on the other side.
  const [others, othersNow] = [additionalOf(base), additionalOf(head)]
  const [demanded, demands] = [required(base, before, direction), required(head, after, direction)]
  for (const name of new Set([...before.keys(), ...after.keys(), ...demanded, ...demands])) {
    const [was, is] = [before.get(name), after.get(name)]
    const [wasRequired, isRequired] = [demanded.has(name), demands.has(name)]
    if (was && !is) {
      removed(visit, name, wasRequired, was[0]?.mention)
      if (Array.isArray(othersNow)) visit.compare(was, othersNow)
    } else if (!was && is && !wasRequired) {
      added(visit, name, isRequired, is[0]?.mention)
      if (Array.isArray(others)) visit.compare(others, is)
    } else {
      if (!wasRequired && isRequired)
        visit.report(
          'property-became-required',
          { name },
          { at: is?.[0]?.mention ?? placeOf(head, 'required') },
        )
      if (wasRequired && !isRequired)
        visit.report(
          'property-became-optional',
          { name },
          { at: is?.[0]?.mention ?? placeOf(base, 'required') },
        )
      if (was && is) visit.compare(was, is)
    }
  }
  compareAdditional(visit)
}

/** A read-only property is not sent, a write-only one is not received (§4.7.24.1). */
const hiddenIn: Record<Direction, string> = { sent: 'readOnly', received: 'writeOnly' }

const namesIn = (parts: Element[]) =>
  new Set(
    parts.flatMap(
      (part) =>
        part
          .get('properties')
          ?.entries()
          .map(([name]) => name) ?? [],
    ),
  )

function propertiesOf(parts: Element[], direction: Direction): Map<string, Element[]> {
  return new Map(
    [...namesIn(parts)]
      .map((name): [string, Element[]] => [name, childrenOf(parts, 'properties', name)])
      .filter(([, property]) => !valuesOf(property, hiddenIn[direction]).includes(true)),
  )
}

function required(parts: Element[], visible: Map<string, Element[]>, direction: Direction): Set<string> {
  const known = namesIn(parts)
  const isHidden = (name: string) => known.has(name) && !visible.has(name)
  const names = valuesOf<string[]>(parts, 'required').flat()
  return new Set(names.filter((name) => !isHidden(name) && direction in hiddenIn))
}

function added(visit: Visit, name: string, isRequired: boolean, at: Element | undefined) {
  const wasClosed = valuesOf(visit.pair.base, 'additionalProperties').includes(false)
  if (isRequired)
    visit.report('required-property-added', { name }, { at, effect: wasClosed ? 'changed' : undefined })
  else visit.report('property-added', { name }, { at, effect: wasClosed ? 'widened' : undefined })
}

function removed(visit: Visit, name: string, wasRequired: boolean, at: Element | undefined) {
  const missed = wasRequired && visit.pair.direction === 'received'
  visit.report(missed ? 'required-property-removed' : 'property-removed', { name }, { at })
}

type Additional = 'anything' | 'nothing' | Element[]

function additionalOf(parts: Element[]): Additional {
  if (valuesOf(parts, 'additionalProperties').includes(false)) return 'nothing'
  const schemas = childrenOf(parts, 'additionalProperties').filter(
    ({ value }) => typeof value === 'object' && Object.keys(value!).length > 0,
  )
  return schemas.length > 0 ? schemas : 'anything'
}

function compareAdditional(visit: Visit) {
  const [was, is] = [additionalOf(visit.pair.base), additionalOf(visit.pair.head)]
  const at = { at: placeOf(visit.pair.head, 'additionalProperties') }
  if (Array.isArray(was) && Array.isArray(is)) visit.compare(was, is)
  else if (was === is) return
  else if (is === 'nothing') visit.report('additional-properties-forbidden', {}, at)
  else if (was === 'nothing') visit.report('additional-properties-allowed', {}, at)
  else if (was === 'anything') visit.report('additional-properties-narrowed', {}, at)
  else visit.report('additional-properties-widened', {}, at)
}

/** Items of lists, and what `not` excludes. */
export function compareItems(visit: Visit) {
  const { base, head } = visit.pair
  const [before, after] = [childrenOf(base, 'items'), childrenOf(head, 'items')]
  if (before.length > 0 || after.length > 0) visit.compare(before, after)
  const [excluded, excludes] = [base, head].map((parts) => parts.flatMap((part) => part.get('not') ?? []))
  const gone = (excluded ?? []).filter((was) => !excludes?.some((is) => visit.areSame(was, is)))
  const come = (excludes ?? []).filter((is) => !excluded?.some((was) => visit.areSame(was, is)))
  if (gone.length === 0 && come.length === 0) return
  const id =
    gone.length === 0 ? 'exclusion-added' : come.length === 0 ? 'exclusion-removed' : 'exclusion-changed'
  visit.report(id, {}, { at: come[0] ?? gone[0] })
}
