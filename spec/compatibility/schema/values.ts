import { canonical, changedFields } from '../comparison.ts'
import type { Element } from '../element.ts'
import { bounds } from '../rules/schema.ts'
import { placeOf, typeOfParts, valuesOf } from './parts.ts'
import type { Visit } from './visit.ts'

/** Type and the keywords that bound a value itself: OAS 3.0.3 §4.7.24. A changed type says all there is to say. */
export function compareValues(visit: Visit): 'judged' | undefined {
  compareAnnotations(visit)
  if (compareType(visit) === 'judged') return 'judged'
  compareNull(visit)
  compareEnum(visit)
  compareBounds(visit)
  compareWords(visit)
  compareMultiple(visit)
  compareDefault(visit)
  return undefined
}

function compareType(visit: Visit): 'judged' | undefined {
  const [from, to] = [typeOfParts(visit.pair.base), typeOfParts(visit.pair.head)]
  if (from === to) return undefined
  const facts = { from: from ? `type ${from}` : 'any type', to: to ? `type ${to}` : 'any type' }
  const at = { at: placeOf(visit.pair.head, 'type') }
  if (from === 'integer' && to === 'number') visit.report('type-widened', facts, at)
  else if (from === 'number' && to === 'integer') visit.report('type-narrowed', facts, at)
  else {
    visit.report(!to ? 'type-widened' : !from ? 'type-narrowed' : 'type-changed', facts, at)
    return 'judged'
  }
  return undefined
}

/** Many write `nullable` beside `allOf`, and mean it, though a part that is not nullable forbids it. */
function isNullable(parts: Element[]): boolean {
  const typed = parts.filter((part) => part.has('type'))
  const outermost = parts[0]?.read('nullable') === true
  return outermost || (typed.length > 0 && typed.every((part) => part.read('nullable') === true))
}

function compareNull(visit: Visit) {
  const [was, is] = [isNullable(visit.pair.base), isNullable(visit.pair.head)]
  if (was !== is)
    visit.report(is ? 'null-allowed' : 'null-forbidden', {}, { at: placeOf(visit.pair.head, 'nullable') })
}

function enumOf(parts: Element[]): Map<string, unknown> | undefined {
  const [first, ...others] = valuesOf<unknown[]>(parts, 'enum').map(
    (values) => new Map(values.map((value) => [canonical(value) as string, value])),
  )
  return first && new Map([...first].filter(([key]) => others.every((other) => other.has(key))))
}

function compareEnum(visit: Visit) {
  const [before, after] = [enumOf(visit.pair.base), enumOf(visit.pair.head)]
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

type Bound = (typeof bounds)[number]

/** The tightest limit in all parts, as a number that compares and as words. */
function limitOf(parts: Element[], bound: Bound): { order: number; words: string } | undefined {
  const limits = parts
    .filter((part) => part.has(bound.keyword))
    .map((part) => {
      const limit = part.read<number>(bound.keyword) as number
      const exclusive = 'exclusive' in bound && part.read(bound.exclusive) === true
      return { limit, exclusive, words: exclusive ? `${limit}, itself excluded` : String(limit) }
    })
    .filter(({ limit }) => bound.upper || 'exclusive' in bound || limit > 0)
  limits.sort(
    (a, b) => (a.limit - b.limit) * (bound.upper ? 1 : -1) || Number(b.exclusive) - Number(a.exclusive),
  )
  const [tightest] = limits
  return tightest && { order: tightest.limit, words: tightest.words }
}

function compareBounds(visit: Visit) {
  for (const bound of bounds) {
    const [was, is] = [limitOf(visit.pair.base, bound), limitOf(visit.pair.head, bound)]
    if (was?.words === is?.words) continue
    const facts = { from: was?.words, to: is?.words }
    const at = { at: placeOf(visit.pair.head, bound.keyword) }
    if (!was || !is) visit.report(`${bound.id}-${is ? 'added' : 'removed'}`, facts, at)
    else {
      const isExclusive = is.words.includes('excluded')
      const raised = is.order === was.order ? isExclusive !== bound.upper : is.order > was.order
      visit.report(`${bound.id}-${raised ? 'raised' : 'lowered'}`, facts, at)
    }
  }
  const unique = (parts: Element[]) => valuesOf(parts, 'uniqueItems').includes(true)
  if (unique(visit.pair.base) !== unique(visit.pair.head))
    visit.report(unique(visit.pair.head) ? 'unique-items-required' : 'unique-items-lifted')
}

/** Formats that contain others. */
const wider: Record<string, string> = { int32: 'int64', float: 'double' }

function compareWords(visit: Visit) {
  for (const keyword of ['pattern', 'format'] as const) {
    const [from, to] = [visit.pair.base, visit.pair.head].map((parts) =>
      [...new Set(valuesOf<string>(parts, keyword))].sort().join(' and '),
    )
    if (from === to) continue
    const how = !from ? 'added' : !to ? 'removed' : 'changed'
    const id =
      keyword === 'format' && wider[from as string] === to
        ? 'format-widened'
        : keyword === 'format' && wider[to as string] === from
          ? 'format-narrowed'
          : (`${keyword}-${how}` as const)
    visit.report(id, { from, to }, { at: placeOf(visit.pair.head, keyword) })
  }
}

function compareMultiple(visit: Visit) {
  const [was = 0, is = 0] = [visit.pair.base, visit.pair.head].map(
    (parts) => valuesOf<number>(parts, 'multipleOf')[0] ?? 0,
  )
  if (was === is) return
  const facts = { from: was || 'anything', to: is || 'anything' }
  const id =
    !was || (is && is % was === 0)
      ? 'multiple-narrowed'
      : !is || was % is === 0
        ? 'multiple-widened'
        : 'multiple-changed'
  visit.report(id, facts, { at: placeOf(visit.pair.head, 'multipleOf') })
}

function compareDefault(visit: Visit) {
  const [from, to] = [visit.pair.base, visit.pair.head].map((parts) => valuesOf<unknown>(parts, 'default')[0])
  if (canonical(from) === canonical(to)) return
  const id = from === undefined ? 'default-added' : to === undefined ? 'default-removed' : 'default-changed'
  visit.report(id, { from, to }, { at: placeOf(visit.pair.head, 'default') })
}

function compareAnnotations(visit: Visit) {
  const { base, head, inXml } = visit.pair
  if (base.length === 0 || head.length === 0) return
  const [was, is] = [base, head].map((parts) => valuesOf(parts, 'deprecated').includes(true))
  if (was !== is) visit.report(is ? 'schema-deprecated' : 'schema-restored')
  for (const field of changedFields(base, head, ['title', 'description', 'externalDocs', 'example']))
    visit.report('documentation-changed', { field }, { at: placeOf(head, field) })
  if (changedFields(base, head, ['xml']).includes('xml'))
    visit.report(
      inXml ? 'xml-changed' : 'documentation-changed',
      { field: 'xml' },
      { at: placeOf(head, 'xml') },
    )
}
