import type { Layout } from '../../../conformance/pdf/judge/reading/ownership.ts'

/** What the judge is measured without. */
export interface Removal {
  /** A language, or a strategy that says whose a quantity is, which names have a record, or which quantities are alike. */
  kind: 'language' | 'owners' | 'anchors' | 'addresses'
  /** The language's tag, or the strategy's name. */
  name: string
}

export const nameOf = ({ mode, align, columns }: Layout) => `${mode}/${align}/${columns}`

/**
 * Removes it from the judge of this thread, which must not be loaded yet: its modules derive words from the languages
 * that are there. Nothing of it is imported by this module for that reason.
 */
export async function remove({ kind, name }: Removal): Promise<void> {
  if (kind === 'language') {
    const { languages } = await import('../../../conformance/pdf/judge/vocabulary/languages.ts')
    ;(languages as Map<string, unknown>).delete(name)
  } else if (kind === 'anchors') {
    const { anchorChoices } = await import('../../../conformance/pdf/judge/layout/anchors.ts')
    delete anchorChoices[name]
  } else if (kind === 'addresses') {
    const { addressingStrategies } = await import('../../../conformance/pdf/judge/layout/addressing.ts')
    delete addressingStrategies[name]
  } else {
    const { layouts } = await import('../../../conformance/pdf/judge/reading/divide.ts')
    layouts.splice(0, layouts.length, ...layouts.filter((layout) => nameOf(layout) !== name))
  }
}
