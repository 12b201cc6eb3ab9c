import type { Element } from '../element.ts'
import { canonical, changedFields } from '../equality.ts'
import { compareBounds } from './bounds.ts'
import {
  choiceIn,
  choiceKeywords,
  formatsIn,
  isType,
  listsIn,
  placeOf,
  typesOfParts,
  valuesOf,
} from './parts.ts'
import type { Visit } from './visit.ts'

/** Type and the keywords that restrict a value itself: OAS 3.0.3 §4.7.24. A changed type ends the comparison. */
export function compareValues(visit: Visit): 'judged' | undefined {
  compareAnnotations(visit)
  if (compareType(visit) === 'judged') return 'judged'
  compareNull(visit)
  compareEnum(visit)
  compareBounds(visit)
  comparePatternAndFormat(visit)
  compareDefault(visit)
  return undefined
}

function compareType(visit: Visit): 'judged' | undefined {
  const [from, to] = [typesOfParts(visit.pair.base), typesOfParts(visit.pair.head)]
  const isText = visit.pair.notation === 'text'
  const [isWidened, isNarrowed] = [contains(to, from, isText), contains(from, to, isText)]
  if (isWidened && isNarrowed) return undefined
  const id = isWidened ? 'type-widened' : isNarrowed ? 'type-narrowed' : 'type-changed'
  visit.report(id, { from: inWords(from), to: inWords(to) }, { at: placeOf(visit.pair.head, 'type') })
  // The other keywords are comparable where one type of both has them.
  return from && to && (isWidened || (isNarrowed && contains(from, to, false))) ? undefined : 'judged'
}

/**
 * Whether every value of the second types is of one of the first. In text, numbers and booleans are strings too. Parts
 * that contradict each other leave no type, which is comparable with nothing.
 */
function contains(wide: string[] | undefined, narrow: string[] | undefined, isText: boolean): boolean {
  if (wide?.length === 0 || narrow?.length === 0) return wide?.length === narrow?.length
  if (!wide || !narrow) return !wide
  const isScalar = (type: string) => ['integer', 'number', 'boolean'].includes(type)
  return narrow.every((type) => isType(type, wide) || (isText && wide.includes('string') && isScalar(type)))
}

const inWords = (types: string[] | undefined) => {
  if (!types) return 'any type'
  return types.length > 0 ? `type ${[...types].sort().join(' or ')}` : 'no type'
}

/**
 * `nullable` of OpenAPI 3.0 beside `allOf` counts, as most writers mean it, although a part that is not nullable
 * forbids null.
 */
function isNullable(parts: Element[]): boolean {
  const isChosen = (part: Element) => choiceKeywords.some((keyword) => choiceIn(part, keyword).allowsNull)
  if (parts[0]?.read('nullable') === true || parts.some(isChosen)) return true
  const typed = parts.filter((part) => part.has('type'))
  if (typed.length > 0) return typed.every((part) => part.read<string[]>('type')?.includes('null'))
  return parts.some((part) => part.has('enum')) && isListed(parts)
}

/** By the letter an enum must list null; many leave it out and still mean it. Both readings are compared. */
const isListed = (parts: Element[]) =>
  valuesOf<unknown[]>(parts, 'enum').every((values) => values.includes(null))

function compareNull(visit: Visit) {
  const { base, head } = visit.pair
  const [meant, means] = [isNullable(base), isNullable(head)]
  const [was, is] = [meant && isListed(base), means && isListed(head)]
  const at = { at: placeOf(head, 'nullable', 'type') }
  if ((!meant && means) || (!was && is)) visit.report('null-allowed', {}, at)
  else if ((meant && !means) || (was && !is)) visit.report('null-forbidden', {}, at)
}

/** The values that all parts list, without null; a boolean always has two. */
function enumOf(parts: Element[], isText: boolean): Map<string, unknown> | undefined {
  const keyOf = (value: unknown) => (isText ? String(value) : canonical(value)!)
  const lists = listsIn(parts)
  if (typesOfParts(parts)?.join() === 'boolean') lists.push([true, false])
  const [first, ...others] = lists.map((values) => new Map(values.map((value) => [keyOf(value), value])))
  if (!first) return undefined
  return new Map(
    [...first].filter(([key, value]) => value !== null && others.every((other) => other.has(key))),
  )
}

function compareEnum(visit: Visit) {
  const isText = visit.pair.notation === 'text'
  const [before, after] = [enumOf(visit.pair.base, isText), enumOf(visit.pair.head, isText)]
  const at = { at: placeOf(visit.pair.head, 'enum') }
  if (!before && after) visit.report('enum-added', { values: [...after.values()] }, at)
  if (before && !after) visit.report('enum-removed', { values: [...before.values()] }, at)
  if (!before || !after) return
  const gone = [...before].filter(([key]) => !after.has(key)).map(([, value]) => value)
  const come = [...after].filter(([key]) => !before.has(key)).map(([, value]) => value)
  if (gone.length > 0 && come.length > 0)
    visit.report('enum-changed', { from: [...before.values()], to: [...after.values()] }, at)
  else if (gone.length > 0) visit.report('enum-values-removed', { values: gone }, at)
  else if (come.length > 0) visit.report('enum-values-added', { values: come }, at)
}

/** Formats that contain others. */
const wider: Record<string, string> = { int32: 'int64', float: 'double' }

/** Where no format is named, JSON's numbers are these at most (RFC 8259 §6): naming them changes generated code alone. */
const widest = Object.values(wider)

function comparePatternAndFormat(visit: Visit) {
  for (const keyword of ['pattern', 'format'] as const) {
    const [from = '', to = ''] = [visit.pair.base, visit.pair.head].map((parts) => wordsOf(parts, keyword))
    if (from === to) continue
    const how = !from ? 'added' : !to ? 'removed' : 'changed'
    const isWider = keyword === 'format' && wider[from] === to
    const isNarrower = keyword === 'format' && wider[to] === from
    const id = isWider ? 'format-widened' : isNarrower ? 'format-narrowed' : (`${keyword}-${how}` as const)
    const effect = how !== 'changed' && widest.includes(from || to) ? 'unsettled' : undefined
    visit.report(id, { from, to }, { at: placeOf(visit.pair.head, keyword, 'contentEncoding'), effect })
  }
}

/** What the parts name; the format `password` is a hint for user interfaces and restricts nothing. */
const wordsOf = (parts: Element[], keyword: 'pattern' | 'format') =>
  (keyword === 'format' ? formatsIn(parts) : [...new Set(valuesOf<string>(parts, keyword))])
    .filter((word) => word !== 'password')
    .sort()
    .join(' and ')

function compareDefault(visit: Visit) {
  const [from, to] = [visit.pair.base, visit.pair.head].map((parts) => valuesOf<unknown>(parts, 'default')[0])
  if (canonical(from) === canonical(to)) return
  const id = from === undefined ? 'default-added' : to === undefined ? 'default-removed' : 'default-changed'
  visit.report(id, { from, to }, { at: placeOf(visit.pair.head, 'default') })
}

function compareAnnotations(visit: Visit) {
  const { base, head, notation } = visit.pair
  if (base.length === 0 || head.length === 0) return
  const [was, is] = [base, head].map((parts) => valuesOf(parts, 'deprecated').includes(true))
  if (was !== is) visit.report(is ? 'schema-deprecated' : 'schema-restored')
  for (const field of changedFields(base, head, [
    'title',
    'description',
    'externalDocs',
    'examples',
    'contentMediaType',
  ]))
    visit.report('documentation-changed', { field }, { at: placeOf(head, field) })
  if (changedFields(base, head, ['xml']).includes('xml'))
    visit.report(
      notation === 'xml' ? 'xml-changed' : 'documentation-changed',
      { field: 'xml' },
      { at: placeOf(head, 'xml') },
    )
}
