import { ofAllLanguages } from './languages.ts'
import { sourceOf } from './phrases.ts'

/** What a product type is called, beside its key: the source of a pattern, empty for a type that no language knows. */
export const typeWords = (type: string): string =>
  sourceOf(...ofAllLanguages(({ types }) => (types as Record<string, string | undefined>)[type]))
