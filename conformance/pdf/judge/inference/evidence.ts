import type { ExpectedFigures, Figure, Role } from '../reading/expectation.ts'
import { isCell, likelihoodOf } from '../reading/likelihood.ts'
import type { Placed } from '../reading/roles.ts'

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
