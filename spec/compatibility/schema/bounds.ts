import { counted } from '../../counted.ts'
import type { Element } from '../element.ts'
import { bounds } from '../rules/schema.ts'
import { containedIn, placeOf, typesOfParts, valuesOf } from './parts.ts'
import type { Visit } from './visit.ts'

/** How large, long or many a value may be, and of what it is a multiple: OAS 3.0.3 §4.7.24. */
export function compareBounds(visit: Visit) {
  compareMultiple(visit)
  const isContaining = [visit.pair.base, visit.pair.head].every((parts) => containedIn(parts).length > 0)
  for (const bound of bounds) {
    if (bound.id.endsWith('-contained') && !isContaining) continue
    const [was, is] = [limitOf(visit.pair.base, bound), limitOf(visit.pair.head, bound)]
    if (was?.words === is?.words) continue
    const context = { from: was?.words, to: is?.words }
    const at = { at: placeOf(visit.pair.head, ...keywordsOf(bound)) }
    if (!was || !is) visit.report(`${bound.id}-${is ? 'added' : 'removed'}`, context, at)
    else {
      const isExclusive = is.words.includes('excluded')
      const raised = is.order === was.order ? isExclusive !== bound.upper : is.order > was.order
      visit.report(`${bound.id}-${raised ? 'raised' : 'lowered'}`, context, at)
    }
  }
  const unique = (parts: Element[]) => valuesOf(parts, 'uniqueItems').includes(true)
  if (unique(visit.pair.base) !== unique(visit.pair.head))
    visit.report(unique(visit.pair.head) ? 'unique-items-required' : 'unique-items-lifted')
}

type Bound = (typeof bounds)[number]

const keywordsOf = (bound: Bound) =>
  'exclusive' in bound ? [bound.keyword, bound.exclusive] : [bound.keyword]

/** The tightest limit in all parts, as a number that compares and as words. */
function limitOf(parts: Element[], bound: Bound): { order: number; words: string } | undefined {
  const isWhole = typesOfParts(parts)?.join() === 'integer'
  const limits = keywordsOf(bound)
    .flatMap((keyword, i) => limitsIn(parts, keyword, bound).map((limit) => ({ limit, exclusive: i > 0 })))
    .map(({ limit, exclusive }) =>
      isWhole ? { limit: nextWhole(limit, exclusive, bound.upper), exclusive: false } : { limit, exclusive },
    )
    .filter(({ limit }) => bound.upper || 'exclusive' in bound || 'implied' in bound || limit > 0)
  limits.sort(
    (a, b) => (a.limit - b.limit) * (bound.upper ? 1 : -1) || Number(b.exclusive) - Number(a.exclusive),
  )
  const [tightest] = limits
  if (!tightest) return undefined
  const { limit, exclusive } = tightest
  if ('unit' in bound) return { order: limit, words: counted(limit, bound.unit, plurals[bound.unit]) }
  return { order: limit, words: exclusive ? `${limit}, itself excluded` : String(limit) }
}

const plurals = { character: 'characters', item: 'items', time: 'times', property: 'properties' }

function limitsIn(parts: Element[], keyword: string, bound: Bound): number[] {
  const limits = valuesOf<number>(parts, keyword)
  return limits.length === 0 && 'implied' in bound ? [bound.implied] : limits
}

/** The last whole number within a limit: more than 0 is at least 1. */
function nextWhole(limit: number, exclusive: boolean, upper: boolean): number {
  if (!exclusive) return upper ? Math.floor(limit) : Math.ceil(limit)
  return upper ? Math.ceil(limit) - 1 : Math.floor(limit) + 1
}

function compareMultiple(visit: Visit) {
  const [was = 0, is = 0] = [visit.pair.base, visit.pair.head].map(
    (parts) => valuesOf<number>(parts, 'multipleOf')[0] ?? 0,
  )
  if (was === is) return
  const context = { from: was || 'anything', to: is || 'anything' }
  const id =
    !was || (is && isMultiple(is, was))
      ? 'multiple-narrowed'
      : !is || isMultiple(was, is)
        ? 'multiple-widened'
        : 'multiple-changed'
  visit.report(id, context, { at: placeOf(visit.pair.head, 'multipleOf') })
}

/** Decimal fractions have no exact binary form: 0.1 / 0.01 is not quite 10. */
const isMultiple = (value: number, of: number) => Math.abs(value / of - Math.round(value / of)) < 1e-9
