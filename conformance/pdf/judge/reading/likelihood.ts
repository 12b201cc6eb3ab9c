import { weights } from '../weights.ts'
import type { ExpectedFigures, Role } from './expectation.ts'
import type { OwnedCell } from './ownership.ts'

/** Neither a share nor carried over from elsewhere, and its owner may be somebody. */
export function isCell({ owner, carried, value }: OwnedCell): boolean {
  return owner !== null && owner.candidates.length > 0 && !carried && value.kind !== 'percent'
}

/** How much likelier a quantity is as this figure of its owner than as some other. */
export function likelihoodOf(
  { owner, value }: OwnedCell,
  type: string,
  role: Role,
  context: ExpectedFigures,
): number {
  const expected = owner!.candidates.map((at) => context.expected(at, type, role))
  const nothing = role === 'limit' ? null : 0
  // Whoever has something to show is not explained without it.
  const shown = expected.every((figure) => figure !== nothing) ? weights.shown : 0
  if (value.kind === 'number')
    return expected.includes(value.value)
      ? shown + Math.min(weights.mostSurprise, context.surprise(value.value!))
      : weights.mismatch
  if (role !== 'limit') return expected.includes(0) ? weights.fittingBlank : weights.strayWord
  // For a limit of 0 a dash says nothing for certain: words for no limit elsewhere make it one.
  if (value.kind === 'dash' && expected.includes(0)) return 0
  const says = value.kind === 'zero' ? [0] : value.kind === 'word' ? [0, null] : [null]
  if (!says.some((figure) => expected.includes(figure))) return weights.strayWord
  return weights.fittingWord + (value.kind === 'zero' ? shown : 0)
}
