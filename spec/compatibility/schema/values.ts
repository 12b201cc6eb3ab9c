import type { Element } from '../element.ts'
import { canonical, changedFields } from '../equality.ts'
import { sunsetOf, sunsetRule } from '../sunset.ts'
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
  compareExtensible(visit)
  compareBounds(visit)
  comparePattern(visit)
  compareFormat(visit)
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
  else if (come.length > 0) {
    const effect = isExtensible(visit.pair.base) ? ('extended' as const) : undefined
    visit.report('enum-values-added', { values: come }, { ...at, effect })
  }
}

const extensible = 'x-extensible-enum'

/** Whether clients were told to expect other values: `x-extensible-enum: true` or a list of known values. */
const isExtensible = (parts: Element[]) =>
  valuesOf(parts, extensible).some((value) => value === true || Array.isArray(value))

/** `x-extensible-enum` as a list in place of `enum`: the values that are known so far. */
function compareExtensible(visit: Visit) {
  const [was, is] = [visit.pair.base, visit.pair.head].map((parts) =>
    valuesOf<unknown>(parts, extensible).find((value) => Array.isArray(value)),
  )
  const at = { at: placeOf(visit.pair.head, extensible) }
  if (!was || !is) {
    if (was !== is) visit.report('documentation-changed', { field: extensible }, at)
    return
  }
  const missingIn = (list: unknown[], values: unknown[]) => {
    const known = new Set(list.map(canonical))
    return values.filter((value) => !known.has(canonical(value)))
  }
  const [gone, come] = [missingIn(is, was), missingIn(was, is)]
  if (gone.length > 0) visit.report('extensible-values-removed', { values: gone }, at)
  if (come.length > 0) visit.report('extensible-values-added', { values: come }, at)
}

function compareSunset(visit: Visit) {
  const [from, to] = [visit.pair.base, visit.pair.head].map((parts) =>
    parts.map(({ value }) => sunsetOf(value)).find((day) => day !== undefined),
  )
  const id = sunsetRule(from, to)
  if (id) visit.report(id, { from, to }, { at: placeOf(visit.pair.head, 'x-sunset') })
}

/** Formats that contain others. */
const wider: Record<string, string> = { int32: 'int64', float: 'double' }

/** Where no format is named, JSON's numbers are these at most (RFC 8259 §6): naming them changes generated code alone. */
const widest = Object.values(wider)

/** Whether limits keep whole numbers within the 32 bits of a format (OAS 3.0.3 §4.4). */
function fits(format: string, parts: Element[]): boolean {
  if (format !== 'int32' || typesOfParts(parts)?.join() !== 'integer') return false
  const least = Math.max(...valuesOf<number>(parts, 'minimum'))
  const most = Math.min(...valuesOf<number>(parts, 'maximum'))
  return least >= -(2 ** 31) && most < 2 ** 31
}

function comparePattern(visit: Visit) {
  const [was, is] = [visit.pair.base, visit.pair.head].map(
    (parts) => new Set(valuesOf<string>(parts, 'pattern')),
  )
  const [from, to] = [[...was!].sort().join(' and '), [...is!].sort().join(' and ')]
  if (from === to) return
  const isComparable = was!.size <= 1 && is!.size <= 1
  // The empty pattern, like none, matches every text.
  const isWidened = isComparable && visit.containsPattern(to, from) === true
  const isNarrowed = isComparable && visit.containsPattern(from, to) === true
  if (isWidened && isNarrowed) return
  const id = !from
    ? 'pattern-added'
    : !to
      ? 'pattern-removed'
      : isWidened
        ? 'pattern-widened'
        : isNarrowed
          ? 'pattern-narrowed'
          : 'pattern-changed'
  visit.report(id, { from, to }, { at: placeOf(visit.pair.head, 'pattern') })
}

function compareFormat(visit: Visit) {
  const [from = '', to = ''] = [visit.pair.base, visit.pair.head].map(namedFormats)
  if (from === to) return
  const how = !from ? 'added' : !to ? 'removed' : 'changed'
  const id =
    wider[from] === to
      ? 'format-widened'
      : wider[to] === from
        ? 'format-narrowed'
        : (`format-${how}` as const)
  // Of a format and a wider one or none, the narrower says nothing where limits keep values within it.
  const [narrow, others] =
    id === 'format-added' || id === 'format-narrowed' ? [to, visit.pair.base] : [from, visit.pair.head]
  const changesCodeAlone =
    how === 'changed'
      ? id !== 'format-changed' && fits(narrow, others)
      : widest.includes(narrow) || fits(narrow, others)
  const effect = changesCodeAlone ? 'unsettled' : undefined
  visit.report(id, { from, to }, { at: placeOf(visit.pair.head, 'format', 'contentEncoding'), effect })
}

/** The format `password` is a hint for user interfaces and restricts nothing. */
const namedFormats = (parts: Element[]) =>
  formatsIn(parts)
    .filter((format) => format !== 'password')
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
    if (field !== extensible && field !== 'x-sunset')
      visit.report('documentation-changed', { field }, { at: placeOf(head, field) })
  compareSunset(visit)
  if (changedFields(base, head, ['xml']).includes('xml'))
    visit.report(
      notation === 'xml' ? 'xml-changed' : 'documentation-changed',
      { field: 'xml' },
      { at: placeOf(head, 'xml') },
    )
}
