import type { ExpectedFigures, Figure, Role } from '../reading/expectation.ts'
import type { Placed } from '../reading/roles.ts'
import { weights } from './weights.ts'

const roles: readonly Role[] = ['subtree', 'direct', 'limit']

/** Quantities with their owners, and how likely each is as each of the figures. */
export interface Evidence {
  context: ExpectedFigures
  figures: Figure[]
  placed: Placed[]
  /** By quantity and figure; null for what is no figure of anybody. */
  likelihoods: (Float64Array | null)[]
}

/** Which quantities are alike: for each the place of its address in `texts`, which are in order of appearance. */
export interface Addresses {
  of: Int32Array
  texts: string[]
}

/** Weighs each quantity once, for all the ways to address them. */
export function weigh(placed: Placed[], context: ExpectedFigures): Evidence {
  const figures = context.types.flatMap((type) => roles.map((role): Figure => ({ type, role })))
  const likelihoods = placed.map((each) =>
    isCell(each)
      ? Float64Array.from(figures, ({ type, role }) => likelihoodOf(each, type, role, context))
      : null,
  )
  return { context, figures, placed, likelihoods }
}

export function addressesOf({ placed }: Evidence, textOf: (each: Placed) => string): Addresses {
  const known = new Map<string, number>()
  const of = new Int32Array(placed.length)
  for (const [at, each] of placed.entries()) {
    const text = textOf(each)
    const address = known.get(text) ?? known.size
    known.set(text, address)
    of[at] = address
  }
  return { of, texts: [...known.keys()] }
}

/** Neither a share nor carried over from elsewhere, and its owner may be somebody. */
function isCell({ owner, carried, value }: Placed): boolean {
  return owner !== null && owner.candidates.length > 0 && !carried && value.kind !== 'percent'
}

/** How much likelier a quantity is as this figure of its owner than as some other. */
function likelihoodOf({ owner, value }: Placed, type: string, role: Role, context: ExpectedFigures): number {
  const expected = owner!.candidates.map((at) => context.expected(at, type, role))
  const nothing = role === 'limit' ? null : 0
  // Whoever has something to show is not explained without it.
  const shown = expected.every((figure) => figure !== nothing) ? weights.shown : 0
  if (value.kind === 'number')
    return expected.includes(value.value)
      ? shown + Math.min(weights.mostSurprise, context.surprise(value.value!))
      : weights.mismatch
  if (role !== 'limit') return expected.includes(0) ? weights.fittingBlank : weights.strayWord
  const says = value.kind === 'zero' ? [0] : value.kind === 'word' ? [0, null] : [null]
  if (!says.some((figure) => expected.includes(figure))) return weights.strayWord
  return weights.fittingWord + (value.kind === 'zero' ? shown : 0)
}
