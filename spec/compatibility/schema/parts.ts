import type { Element } from '../element.ts'

/**
 * A schema as the list of schemas that must all be satisfied: itself, those of `allOf`, and a `oneOf` or `anyOf` with
 * a single alternative. So it does not matter which part contains a keyword (OAS 3.0.3 §4.7.24.1).
 */
export function partsOf(schema: Element | undefined, found: Element[] = []): Element[] {
  if (!schema || found.some(({ pointer }) => pointer === schema.pointer)) return found
  found.push(schema)
  for (const part of schema.get('allOf')?.items() ?? []) partsOf(part, found)
  for (const choice of ['oneOf', 'anyOf']) {
    const alternatives = schema.get(choice)?.items() ?? []
    if (alternatives.length === 1) partsOf(alternatives[0], found)
  }
  return found
}

/** The values of a keyword in all parts. */
export const valuesOf = <T>(parts: Element[], keyword: string): T[] =>
  parts.filter((part) => part.has(keyword)).map((part) => part.read<T>(keyword) as T)

/** The children of a keyword in all parts. */
export const childrenOf = (parts: Element[], ...keys: string[]): Element[] =>
  parts.flatMap((part) => partsOf(part.get(...keys)))

export const typeOf = (schema: Element | undefined) => typeOfParts(partsOf(schema))

/** The type that all parts agree on; without one, the type that the other keywords imply. */
export function typeOfParts(parts: Element[]): string | undefined {
  const written = [...new Set(valuesOf<string>(parts, 'type'))]
  const types = written.filter((type) => type !== 'number' || !written.includes('integer'))
  // Parts that contradict each other leave no value at all.
  if (types.length > 0) return types.sort().join(' and ')
  if (parts.some((part) => part.has('properties') || part.has('additionalProperties'))) return 'object'
  return parts.some((part) => part.has('items')) ? 'array' : undefined
}

/** The place of a keyword: where it is written, else the schema. */
export function placeOf(parts: Element[], keyword: string): Element | undefined {
  return parts.find((part) => part.has(keyword))?.leaf(keyword)
}
