import type { Comparison } from './comparison.ts'
import type { Element } from './element.ts'
import type { OperationPair } from './operation-pair.ts'
import type { Direction } from './rules/rule.ts'
import { typesOf } from './schema/parts.ts'

interface Parameter {
  name: string
  in: string
  element: Element
}

/** Parameter Object: OAS 3.0.3 §4.7.12. */
export function compareParameters(comparison: Comparison, { operations, items, paths }: OperationPair) {
  const [before, after] = [0, 1].map((side) =>
    parametersOf(items[side]!, operations[side]!, paths[side]!),
  ) as [Map<string, Parameter>, Map<string, Parameter>]
  const gone = new Set([...before].filter(([key]) => !after.has(key)).map(([, parameter]) => parameter))
  const come = new Set([...after].filter(([key]) => !before.has(key)).map(([, parameter]) => parameter))
  for (const [key, parameter] of before) {
    const now = after.get(key)
    if (now) compareParameter(comparison, parameter, now)
  }
  for (const was of gone) {
    const moved = [...come].find(({ name }) => name === was.name)
    const renamed = [...come].filter((is) => isSameButForName(comparison, was, is))
    const is = moved ?? (renamed.length === 1 ? renamed[0] : undefined)
    if (!is) continue
    if (moved)
      comparison.report('parameter-moved', is.element.mention, { name: was.name, from: was.in, to: is.in })
    else comparison.report('parameter-renamed', is.element.mention, { from: was.name, to: is.name })
    gone.delete(was)
    come.delete(is)
  }
  for (const { name, element } of gone) comparison.report('parameter-removed', element.mention, { name })
  for (const { name, element } of come)
    comparison.report(isRequired(element) ? 'required-parameter-added' : 'parameter-added', element.mention, {
      name,
    })
}

/** Parameters of operation and path item by location and name; path parameters by position in the template. */
function parametersOf(item: Element, operation: Element, path: string): Map<string, Parameter> {
  const inTemplate = [...path.matchAll(/\{([^{}]*)\}/g)].map((match) => match[1])
  const found = new Map<string, Parameter>()
  for (const element of [item, operation].flatMap((owner) => owner.get('parameters')?.items() ?? [])) {
    const name = String(element.read('name'))
    const place = String(element.read('in'))
    if (place === 'header' && /^(accept|content-type|authorization)$/i.test(name)) continue
    found.set(`${place} ${keyOf(place, name, inTemplate)}`, { name, in: place, element })
  }
  return found
}

function keyOf(place: string, name: string, inTemplate: (string | undefined)[]): string {
  if (place === 'header') return name.toLowerCase()
  return place === 'path' && inTemplate.includes(name) ? String(inTemplate.indexOf(name)) : name
}

const isRequired = (parameter: Element) => parameter.read('required') === true

function isSameButForName({ schemas }: Comparison, base: Parameter, head: Parameter): boolean {
  return (
    base.in === head.in &&
    isRequired(base.element) === isRequired(head.element) &&
    serialization(base) === serialization(head) &&
    schemas.areSame(base.element.get('schema'), head.element.get('schema'))
  )
}

function compareParameter(comparison: Comparison, was: Parameter, is: Parameter) {
  const [base, head, name] = [was.element, is.element, is.name]
  const report = (id: Parameters<Comparison['report']>[0], context = {}) =>
    comparison.report(id, head, { name, ...context })
  if (!isRequired(base) && isRequired(head)) report('parameter-became-required')
  if (isRequired(base) && !isRequired(head)) report('parameter-became-optional')
  for (const [flag, on, off] of flags) {
    const [before, after] = [base.read(flag) === true, head.read(flag) === true]
    if (before !== after) report(after ? on : off)
  }
  comparison.documentation([base, head], ['description', 'example', 'examples'])
  const [from, to] = [serialization(was), serialization(is)]
  if (from !== to) return report('parameter-serialization-changed', { from, to })
  compareValueOf(comparison, [base, head], 'sent')
}

/** Compares the schemas of two parameters or headers that are serialized alike. */
export function compareValueOf(
  comparison: Comparison,
  [base, head]: [Element, Element],
  direction: Direction,
) {
  const notation = head.has('content') ? 'json' : 'text'
  comparison.schema([schemaHolder(base), schemaHolder(head)], direction, notation)
}

const flags = [
  ['allowReserved', 'reserved-characters-allowed', 'reserved-characters-forbidden'],
  ['allowEmptyValue', 'empty-value-allowed', 'empty-value-forbidden'],
  ['deprecated', 'parameter-deprecated', 'parameter-restored'],
] as const

/** The schema of a parameter or header stands in itself or in its one media type. */
const schemaHolder = (element: Element) => element.get('content')?.entries()[0]?.[1] ?? element

/** How the value of a parameter or header is written; `explode` counts only for arrays and objects (§4.7.12.2). */
export function serialization({ in: place, element }: Pick<Parameter, 'in' | 'element'>): string {
  const [mediaType] = element.get('content')?.entries()[0] ?? []
  if (mediaType) return mediaType
  const style = element.read<string>('style') ?? (place === 'query' || place === 'cookie' ? 'form' : 'simple')
  const exploded = element.read<boolean>('explode') ?? style === 'form'
  const types = typesOf(element.get('schema')) ?? ['object']
  const isSingle = types.every((type) => ['string', 'number', 'integer', 'boolean'].includes(type))
  return exploded && !isSingle ? `${style}, exploded` : style
}
