import type { Element } from '../element.ts'
import { canonical } from '../equality.ts'
import { childrenOf, keysIn, partsOf, typesOfParts, valuesOf } from './parts.ts'

/**
 * How much two schemas have in common, from 0 to 1: types, properties, which of them are required, keywords and their
 * values. 0 where a property of both has one value only, another one in each: such a property tells kinds apart.
 */
export function likeness(was: Element, is: Element): number {
  const [before, after] = [partsOf(was), partsOf(is)]
  const [marks, marksNow] = [marksOf(before), marksOf(after)]
  if ([...marks].some(([name, value]) => (marksNow.get(name) ?? value) !== value)) return 0
  const [had, has] = [featuresOf(before), featuresOf(after)]
  const common = [...had].filter((feature) => has.has(feature)).length
  return common / Math.max(1, had.size + has.size - common)
}

/** Whether a property that allows one value only allows the same in both: `kind: { const: card }`. */
export function haveSameMark(was: Element, is: Element): boolean {
  const marksNow = marksOf(partsOf(is))
  return [...marksOf(partsOf(was))].some(([name, value]) => marksNow.get(name) === value)
}

/** The properties that allow one value only, with that value. */
function marksOf(parts: Element[]): Map<string, string> {
  return new Map(
    [...keysIn(parts, 'properties')].flatMap((name) => {
      const [list] = valuesOf<unknown[]>(childrenOf(parts, 'properties', name), 'enum')
      return list?.length === 1 ? [[name, canonical(list[0])!]] : []
    }),
  )
}

const annotations = new Set(['title', 'description', 'examples', 'externalDocs', 'deprecated', 'allOf'])

function featuresOf(parts: Element[]): Set<string> {
  const found = new Set((typesOfParts(parts) ?? []).map((type) => `type ${type}`))
  for (const part of parts)
    for (const [keyword, { value }] of part.fields()) {
      if (annotations.has(keyword) || keyword === 'type') continue
      if (keyword === 'properties') for (const name of Object.keys(value as object)) found.add(`has ${name}`)
      else if (keyword === 'required') for (const name of value as string[]) found.add(`needs ${name}`)
      else found.add(keyword).add(`${keyword} ${canonical(value)}`)
    }
  return found
}
