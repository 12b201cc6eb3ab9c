import { ascii85In } from './ascii85.ts'
import { type InflationBudget, inflatedIn } from './compressed.ts'
import type { Decoding } from './decoding.ts'
import { alphabets, decodedDigits } from './digits.ts'
import { mayHaveEscapes } from './escapes.ts'
import { unescaped } from './unescaped.ts'

/** Everything that a text may encode: escapes replaced, digits of base64 and the like, Ascii85, compressed data. Linear. */
export function* decode(
  text: string,
  budget: InflationBudget,
  isUnescaped: boolean | undefined,
): Generator<Decoding> {
  if (!isUnescaped && mayHaveEscapes(text)) yield* unescaped(text)
  for (const alphabet of alphabets) yield* decodedDigits(text, alphabet, budget)
  yield* ascii85In(text, budget)
  yield* inflatedIn(text, budget)
}
