import type { Element } from '../element.ts'
import type { Direction } from '../rules/rule.ts'
import { childrenOf, keysIn, placeOf, valuesOf } from './parts.ts'
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
  comparePatterns(visit)
  compareAdditional(visit)
}

/** A read-only property is not sent, a write-only one is not received (§4.7.24.1). */
const hiddenIn: Record<Direction, string> = { sent: 'readOnly', received: 'writeOnly' }

function propertiesOf(parts: Element[], direction: Direction): Map<string, Element[]> {
  return new Map(
    [...keysIn(parts, 'properties')]
      .map((name): [string, Element[]] => [name, childrenOf(parts, 'properties', name)])
      .filter(([, property]) => !valuesOf(property, hiddenIn[direction]).includes(true)),
  )
}

function required(parts: Element[], visible: Map<string, Element[]>, direction: Direction): Set<string> {
  const known = keysIn(parts, 'properties')
  const isHidden = (name: string) => known.has(name) && !visible.has(name)
  const names = valuesOf<string[]>(parts, 'required').flat()
  return new Set(names.filter((name) => !isHidden(name) && direction in hiddenIn))
}

function added(visit: Visit, name: string, isRequired: boolean, at: Element | undefined) {
  const id = isRequired ? 'required-property-added' : 'property-added'
  const isNewKind = additionalOf(visit.pair.base) === 'nothing'
  visit.report(isNewKind ? `${id}-to-closed` : id, { name }, { at })
}

function removed(visit: Visit, name: string, wasRequired: boolean, at: Element | undefined) {
  const missed = wasRequired && visit.pair.direction === 'received'
  visit.report(missed ? 'required-property-removed' : 'property-removed', { name }, { at })
}

type Additional = 'anything' | 'nothing' | Element[]

/** `unevaluatedProperties` says the same of an object whose parts are known (JSON Schema 2020-12 §11.3). */
const closing = ['additionalProperties', 'unevaluatedProperties']

function additionalOf(parts: Element[]): Additional {
  if (closing.some((keyword) => valuesOf(parts, keyword).includes(false))) return 'nothing'
  const schemas = closing.flatMap((keyword) => childrenOf(parts, keyword)).filter(isSaying)
  return schemas.length > 0 ? schemas : 'anything'
}

const isSaying = ({ value }: Element) => typeof value === 'object' && Object.keys(value!).length > 0

function compareAdditional(visit: Visit) {
  const [was, is] = [additionalOf(visit.pair.base), additionalOf(visit.pair.head)]
  const at = { at: placeOf(visit.pair.head, ...closing) }
  if (Array.isArray(was) && Array.isArray(is)) visit.compare(was, is)
  else if (was === is) return
  else if (is === 'nothing') visit.report('additional-properties-forbidden', {}, at)
  else if (was === 'nothing') visit.report('additional-properties-allowed', {}, at)
  else if (was === 'anything') visit.report('additional-properties-narrowed', {}, at)
  else visit.report('additional-properties-widened', {}, at)
}

/** The schemas of properties by patterns of their names: JSON Schema 2020-12 §10.3.2.2. */
function comparePatterns(visit: Visit) {
  const { base, head } = visit.pair
  for (const pattern of keysIn([...base, ...head], 'patternProperties')) {
    const [was, is] = [base, head].map((parts) => childrenOf(parts, 'patternProperties', pattern))
    const at = { at: (is?.[0] ?? was?.[0])?.mention }
    if (was!.length > 0 && is!.length > 0) visit.compare(was!, is!)
    // Where other names are forbidden, naming a pattern allows more.
    else if (is!.length > 0)
      visit.report(
        additionalOf(base) === 'nothing' ? 'name-pattern-allowed' : 'name-pattern-added',
        { pattern },
        at,
      )
    else
      visit.report(
        additionalOf(head) === 'nothing' ? 'name-pattern-forbidden' : 'name-pattern-removed',
        { pattern },
        at,
      )
  }
}
