import type { Element } from './element.ts'
import { choiceIn, choiceKeywords, listsIn, partsOf, typesOf, valuesOf } from './schema/parts.ts'

/** Parameter Object: OAS 3.0.3 §4.7.12. */
export interface Parameter {
  name: string
  in: string
  /** Where it stands: the Parameter Object, or the property of an exploded object. */
  element: Element
  isRequired: boolean
  schema: Element | undefined
}

/** The schema of a parameter or header stands in itself or in its one media type. */
export const schemaHolder = (element: Element) => element.get('content')?.entries()[0]?.[1] ?? element

export const parameterIn = (element: Element): Parameter => ({
  name: String(element.read('name')),
  in: String(element.read('in')),
  element,
  isRequired: element.read('required') === true,
  schema: schemaHolder(element).get('schema'),
})

const scalars = ['string', 'number', 'integer', 'boolean']

/** How the value of a parameter or header is written; `explode` counts only for arrays and objects (§4.7.12.2). */
export function serialization({
  in: place,
  element,
  schema,
}: Pick<Parameter, 'in' | 'element' | 'schema'>): string {
  const [mediaType] = element.get('content')?.entries()[0] ?? []
  if (mediaType) return mediaType
  const style = element.read<string>('style') ?? (place === 'query' || place === 'cookie' ? 'form' : 'simple')
  const exploded = element.read<boolean>('explode') ?? style === 'form'
  return exploded && !isSingle(schema) ? `${style}, exploded` : style
}

const isSingle = (schema: Element | undefined) => shapesOf(schema).every((shape) => shape === 'single')

/** What a value may be, by its types and those of alternatives. */
function shapesOf(schema: Element | undefined, inside: string[] = []): ('single' | 'several')[] {
  const types = typesOf(schema)
  if (types) return types.map((type) => (scalars.includes(type) ? 'single' : 'several'))
  const shapes = partsOf(schema)
    .flatMap((part) => choiceKeywords.flatMap((keyword) => choiceIn(part, keyword).alternatives))
    .filter(({ pointer }) => !inside.includes(pointer))
    .flatMap((one) => shapesOf(one, [...inside, one.pointer]))
  return shapes.length > 0 ? shapes : ['several']
}

/** Whether what fits both parameters is written alike: `explode` makes no difference to single values. */
export function areWrittenAlike(one: Parameter, other: Parameter): boolean {
  const [from, to] = [serialization(one), serialization(other)]
  if (from === to) return true
  if (from.split(', ')[0] !== to.split(', ')[0]) return false
  const shapes = [one, other].map(({ schema }) => new Set(shapesOf(schema)))
  return shapes.every((some) => some.has('single')) && !shapes.every((some) => some.has('several'))
}

/** The schema of a list's items. */
export const itemsOf = ({ schema }: Pick<Parameter, 'schema'>): Element | undefined =>
  partsOf(schema)
    .find((part) => part.has('items'))
    ?.get('items')

/**
 * Whether a parameter is a list that a single value is written in as before: `tag=a` of the style `form`. Without
 * `explode` commas separate the items, so that the value must have none.
 */
export function isListOf(list: Parameter, single: Parameter): boolean {
  if (typesOf(list.schema)?.join() !== 'array' || !isSingle(single.schema) || !itemsOf(list)) return false
  const [style] = serialization(list).split(', ')
  if (style !== serialization(single) || (style !== 'form' && style !== 'simple')) return false
  const least = Math.max(0, ...valuesOf<number>(partsOf(list.schema), 'minItems'))
  return least <= 1 && (serialization(list) !== style || !mayHoldComma(single))
}

function mayHoldComma({ schema }: Parameter): boolean {
  if (!typesOf(schema)?.includes('string')) return false
  const [values] = listsIn(partsOf(schema))
  return !values || values.some((value) => String(value).includes(','))
}
