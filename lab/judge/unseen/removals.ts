import { addressingStrategies } from '../../../conformance/pdf/judge/layout/addressing.ts'
import { anchorChoices } from '../../../conformance/pdf/judge/layout/anchors.ts'
import { layouts } from '../../../conformance/pdf/judge/reading/divide.ts'
import { languages } from '../../../conformance/pdf/judge/vocabulary/languages.ts'
import { nameOf, type Removal } from './remove.ts'

/** Everything that the judge is measured without: each language, and each strategy for layouts. */
export const removals: Removal[] = [
  ...[...languages.keys()].map((name): Removal => ({ kind: 'language', name })),
  ...layouts.map((layout): Removal => ({ kind: 'owners', name: nameOf(layout) })),
  ...Object.keys(anchorChoices).map((name): Removal => ({ kind: 'anchors', name })),
  ...Object.keys(addressingStrategies).map((name): Removal => ({ kind: 'addresses', name })),
]
