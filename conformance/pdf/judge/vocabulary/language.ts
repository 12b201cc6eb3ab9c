import type { KnownProductType } from '../../../../spec/product-types.ts'

/**
 * Phrases, parted by commas, in lower case; the usual one first. `(x)` is with or without x, `[x|y]` one of them, and
 * `*` any ending of a word; by itself it is any word. Inflected forms are phrases of their own.
 */
export type Phrases = string

/** The words in which reports of one language say what they show. A language is one file of `languages/`. */
export interface Language {
  /** In English. */
  name: string
  /** What product types are called, beside their keys and English labels. */
  types: Partial<Record<KnownProductType, Phrases>>
  figures: Record<FigureWord, Phrases>
  /** In place of a limit: nothing limits. */
  unlimited: Phrases
  /** In place of a limit: nothing is allowed. */
  disabled: Phrases
  /** Alone in its place: there is no such figure. */
  nothing: Phrases
  /** Beside a limit: it is another organization's. */
  inherited: Phrases
  /** Beside a limit, in front of the name of the organization that it is inherited from. */
  source?: Phrases
  /** Heads the sums over all organizations. */
  total: Phrases
  /** Heads the sums over some of them. */
  subtotal: Phrases
  /** Heads other figures over several organizations. */
  statistic: Phrases
  /** In front of the name of an organization above the one in question. */
  parent: Phrases
  /** Stands between usage and limit: `12 of 50`. */
  joint?: Phrases
  /** Stands between limit and usage, where the language says the whole first. */
  reversedJoint?: Phrases
  conjunction?: Phrases
  page: Phrases
  workspace: Phrases
  /** Heads the names. */
  organization: Phrases
  /** Heads a list of organizations that are no more in use. */
  archived?: Phrases
  /** Heads a list that holds those of other lists too. */
  everything?: Phrases
  /** Behind the number of organizations in a heading, where it is not what heads the names: `2 entries`. */
  counter?: Phrases
  /** Begins lines about the report itself. */
  furniture: Phrases
}

/** What labels call figures. `free`, `share` and `effective` limits may stand beside the others, and need not. */
export type FigureWord = 'usage' | 'limit' | 'direct' | 'subtree' | 'free' | 'share' | 'effective'
