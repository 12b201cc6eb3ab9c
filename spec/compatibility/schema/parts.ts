import type { Element } from '../element.ts'
import { canonical } from '../equality.ts'

/**
 * A schema as the list of schemas that must all be satisfied: itself, those of `allOf`, and a `oneOf` or `anyOf` with
 * a single alternative. So it does not matter which part contains a keyword (OAS 3.0.3 §4.7.24.1).
 */
export function partsOf(schema: Element | undefined, found: Element[] = []): Element[] {
  if (!schema || found.some(({ pointer }) => pointer === schema.pointer)) return found
  found.push(schema)
  for (const part of schema.get('allOf')?.items() ?? []) partsOf(part, found)
  for (const keyword of choiceKeywords) {
    const { alternatives } = choiceIn(schema, keyword)
    if (alternatives.length === 1) partsOf(alternatives[0], found)
  }
  return found
}

export const choiceKeywords = ['oneOf', 'anyOf'] as const

/** The alternatives of a `oneOf` or `anyOf`; that the value may be null is not one of them. */
export function choiceIn(schema: Element, keyword: (typeof choiceKeywords)[number]) {
  const all = schema.get(keyword)?.items() ?? []
  const alternatives = all.filter((one) => !isNull(one))
  return { alternatives, allowsNull: alternatives.length < all.length }
}

/** Keywords beside which an enum still says all that fits; extensions among them. */
const listing = /^(type|enum|title|description|deprecated|examples|externalDocs|x-.*)$/

/** The values of a choice whose alternatives do nothing but list some: an enum, written so that each can be described. */
export function listedIn(schema: Element, keyword: (typeof choiceKeywords)[number]): unknown[] | undefined {
  const { alternatives } = choiceIn(schema, keyword)
  if (alternatives.length < 2) return undefined
  const lists = alternatives.map((one) => {
    const isPlain = one.has('enum') && Object.keys(one.value as object).every((key) => listing.test(key))
    return isPlain ? one.read<unknown[]>('enum')! : []
  })
  const values = lists.flat()
  const isClear =
    keyword === 'anyOf' || new Set(values.map((value) => canonical(value))).size === values.length
  return isClear && lists.every((list) => list.length > 0) ? values : undefined
}

/** The lists of values that must all contain a value: those of `enum`, and choices of values. */
export const listsIn = (parts: Element[]): unknown[][] => [
  ...valuesOf<unknown[]>(parts, 'enum'),
  ...parts.flatMap((part) =>
    choiceKeywords.map((keyword) => listedIn(part, keyword)).filter((list) => list !== undefined),
  ),
]

/** Whether null is the only value that fits. */
function isNull(schema: Element): boolean {
  const [types, values] = [schema.read<string[]>('type'), schema.read<unknown[]>('enum')]
  const isOnly = (list: unknown[] | undefined, word: unknown) => list?.length === 1 && list[0] === word
  return isOnly(types, 'null') || isOnly(values, null)
}

/** The values of a keyword in all parts. */
export const valuesOf = <T>(parts: Element[], keyword: string): T[] =>
  parts.filter((part) => part.has(keyword)).map((part) => part.read<T>(keyword) as T)

/** The names in a map of all parts, such as `properties`. */
export const keysIn = (parts: Element[], keyword: string): Set<string> =>
  new Set(valuesOf<object>(parts, keyword).flatMap((map) => Object.keys(map)))

/** The children of a keyword in all parts. */
export const childrenOf = (parts: Element[], ...keys: (string | number)[]): Element[] =>
  parts.flatMap((part) => partsOf(part.get(...keys)))

/** The schemas that some item of a list must fit; none where `minContains` is 0 (JSON Schema 2020-12 §10.3.1.3). */
export const containedIn = (parts: Element[]): Element[] =>
  valuesOf<number>(parts, 'minContains').includes(0) ? [] : childrenOf(parts, 'contains')

export const typesOf = (schema: Element | undefined) => typesOfParts(partsOf(schema))

/**
 * The types that all parts allow, without null; without one that names a type, what the other keywords imply. None at
 * all where the parts contradict each other.
 */
export function typesOfParts(parts: Element[]): string[] | undefined {
  const listed = parts.flatMap((part) =>
    choiceKeywords
      .filter((keyword) => listedIn(part, keyword))
      .map((keyword) => choiceIn(part, keyword).alternatives.flatMap((one) => typesOfParts([one]) ?? [])),
  )
  const named = [...valuesOf<string[]>(parts, 'type'), ...listed].map((types) =>
    types.filter((type) => type !== 'null'),
  )
  if (named.length > 0)
    return named.reduce((all, types) => [
      ...new Set([
        ...all.filter((type) => isType(type, types)),
        ...types.filter((type) => isType(type, all)),
      ]),
    ])
  if (parts.some((part) => part.has('properties') || part.has('additionalProperties'))) return ['object']
  if (parts.some((part) => part.has('items') || part.has('prefixItems'))) return ['array']
  const values = listsIn(parts).flat()
  return values.length > 0
    ? [...new Set(values.map(typeOfValue))].filter((type) => type !== 'null')
    : undefined
}

function typeOfValue(value: unknown): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'array'
  return Number.isInteger(value) ? 'integer' : typeof value
}

/** Whether every value of a type is of one of the others: each integer is a number. */
export const isType = (type: string, others: string[]) =>
  others.includes(type) || (type === 'integer' && others.includes('number'))

/**
 * The formats that the parts name. What OpenAPI 3.0 calls `byte` and `binary` are encoding and media type of the content
 * in 3.1 (OAS 3.1.1 §4.4.1.2).
 */
export const formatsIn = (parts: Element[]): string[] => [
  ...new Set(
    parts.flatMap((part) => {
      const encoding = part.read<string>('contentEncoding')
      const isBinary = !encoding && part.read('contentMediaType') === 'application/octet-stream'
      const implied = encoding && /^base64(url)?$/i.test(encoding) ? 'byte' : isBinary ? 'binary' : encoding
      return [part.read<string>('format'), implied].filter((format) => format !== undefined)
    }),
  ),
]

/** The place of a keyword, or of the first one of several: where it is written, else the schema. */
export function placeOf(parts: Element[], ...keywords: string[]): Element | undefined {
  for (const keyword of keywords) {
    const part = parts.find((part) => part.has(keyword))
    if (part) return part.leaf(keyword)
  }
  return undefined
}
