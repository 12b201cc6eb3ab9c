import type { ExpectedFigures, Figure, Role } from './expectation.ts'
import { isCell, likelihoodOf } from './likelihood.ts'
import type { Placed } from './ownership.ts'

const roles: readonly Role[] = ['subtree', 'direct', 'limit']

/** Quantities with their owners, and how likely each is as each of the figures. */
export interface Evidence {
  context: ExpectedFigures
  figures: Figure[]
  placed: Placed[]
  /** By quantity, then by figure; 0 for what is no figure of anybody. */
  likelihoods: Float64Array
}

/** Which quantities are alike: for each the place of its address in `texts`, which are in order of appearance. */
export interface Addresses {
  of: Int32Array
  texts: string[]
}

/** Weighs each quantity once, for all the ways to address them. */
export function weigh(placed: Placed[], context: ExpectedFigures): Evidence {
  const figures = context.types.flatMap((type) => roles.map((role): Figure => ({ type, role })))
  const likelihoods = new Float64Array(placed.length * figures.length)
  for (const [at, each] of placed.entries())
    if (isCell(each))
      for (const [index, { type, role }] of figures.entries())
        likelihoods[at * figures.length + index] = likelihoodOf(each, type, role, context)
  return { context, figures, placed, likelihoods }
}

/** How likely a quantity is as one of the figures, both by their places in the evidence. */
export const likelihoodAt = ({ likelihoods, figures }: Evidence, at: number, index: number): number =>
  likelihoods[at * figures.length + index]!

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
