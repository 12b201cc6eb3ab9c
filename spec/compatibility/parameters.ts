import type { Comparison } from './comparison.ts'
import type { Element } from './element.ts'
import { alignExploded } from './exploded.ts'
import type { OperationPair } from './operation-pair.ts'
import {
  areWrittenAlike,
  isListOf,
  itemsOf,
  type Parameter,
  parameterIn,
  schemaHolder,
  serialization,
} from './parameter.ts'
import type { Direction } from './rules/rule.ts'

/** Parameter Object: OAS 3.0.3 §4.7.12. */
export function compareParameters(comparison: Comparison, { operations, items, paths }: OperationPair) {
  const [base, head] = ([0, 1] as const).map((side) => declaredIn(items[side], operations[side]))
  const aligned = alignExploded(base!, head!)
  const [before, after] = [byIdentity(aligned[0], paths[0]), byIdentity(aligned[1], paths[1])]
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
  for (const { name, element, isRequired } of come)
    comparison.report(isRequired ? 'required-parameter-added' : 'parameter-added', element.mention, { name })
}

/** The parameters of a path item and of its operation, which come last. */
const declaredIn = (item: Element, operation: Element): Parameter[] =>
  [item, operation].flatMap((owner) => (owner.get('parameters')?.items() ?? []).map(parameterIn))

/** By location and name; path parameters by position in the template. */
function byIdentity(parameters: Parameter[], path: string): Map<string, Parameter> {
  const inTemplate = [...path.matchAll(/\{([^{}]*)\}/g)].map((match) => match[1])
  const found = new Map<string, Parameter>()
  for (const parameter of parameters) {
    const { name, in: place } = parameter
    if (place === 'header' && /^(accept|content-type|authorization)$/i.test(name)) continue
    found.set(`${place} ${keyOf(place, name, inTemplate)}`, parameter)
  }
  return found
}

function keyOf(place: string, name: string, inTemplate: (string | undefined)[]): string {
  if (place === 'header') return name.toLowerCase()
  return place === 'path' && inTemplate.includes(name) ? String(inTemplate.indexOf(name)) : name
}

function isSameButForName({ schemas }: Comparison, base: Parameter, head: Parameter): boolean {
  return (
    base.in === head.in &&
    base.isRequired === head.isRequired &&
    serialization(base) === serialization(head) &&
    schemas.areSame(base.schema, head.schema)
  )
}

function compareParameter(comparison: Comparison, was: Parameter, is: Parameter) {
  const [base, head, name] = [was.element, is.element, is.name]
  const report = (id: Parameters<Comparison['report']>[0], context = {}) =>
    comparison.report(id, head, { name, ...context })
  if (!was.isRequired && is.isRequired) report('parameter-became-required')
  if (was.isRequired && !is.isRequired) report('parameter-became-optional')
  for (const [flag, on, off] of flags) {
    const [before, after] = [base.read(flag) === true, head.read(flag) === true]
    if (before !== after) report(after ? on : off)
  }
  comparison.documentation([base, head], ['description', 'example', 'examples'])
  if (isListOf(is, was)) {
    report('parameter-became-list')
    return compareValueOf(comparison, was, { ...is, schema: itemsOf(is) }, 'sent')
  }
  if (isListOf(was, is)) {
    report('parameter-became-single')
    return compareValueOf(comparison, { ...was, schema: itemsOf(was) }, is, 'sent')
  }
  if (!areWrittenAlike(was, is))
    return report('parameter-serialization-changed', { from: serialization(was), to: serialization(is) })
  compareValueOf(comparison, was, is, 'sent')
}

/** Compares the schemas of two parameters or headers that are serialized alike. */
export function compareValueOf(comparison: Comparison, was: Parameter, is: Parameter, direction: Direction) {
  const notation = is.element.has('content') ? 'json' : 'text'
  const [base, head] = [was, is].map(({ element }) => schemaHolder(element))
  comparison.schema([base!, was.schema], [head!, is.schema], direction, notation)
}

const flags = [
  ['allowReserved', 'reserved-characters-allowed', 'reserved-characters-forbidden'],
  ['allowEmptyValue', 'empty-value-allowed', 'empty-value-forbidden'],
  ['deprecated', 'parameter-deprecated', 'parameter-restored'],
] as const
