import type { ScenarioName } from './scenarios/catalogue.ts'

export type RuleKind = 'scenario' | 'response'

/** A rule that is set, as `S` describes it, and to how many calls it has been applied. */
export type Active<S> = S & { id: string; played: number }

/** A rule as data. */
export interface RuleEntry {
  kind: RuleKind
  /** What is listed. */
  active: Active<object & { name?: ScenarioName }>
  /** Calls so far that it applies to, those before `after` included. */
  callsInScope: number
  /** The key of the handler that responds; only the server that it was given to has it. */
  handler?: string
}

/** The scenarios and responses that are set, the one set last first. */
export interface RuleBook {
  entries: RuleEntry[]
  lastId: number
}

export const emptyRuleBook = (): RuleBook => ({ entries: [], lastId: 0 })

/** Sets a rule; `setting` is what is listed, `handler` the key of what responds in its place. */
export function addRule<S extends object>(
  book: RuleBook,
  kind: RuleKind,
  setting: S,
  handler?: string,
): Active<S> {
  book.lastId += 1
  const active = { ...setting, id: `${kind}-${book.lastId}`, played: 0 }
  book.entries.unshift({ kind, active, callsInScope: 0, ...(handler && { handler }) })
  return { ...active }
}

export function listRules({ entries }: RuleBook, kind: RuleKind): Active<object>[] {
  return entries.filter((entry) => entry.kind === kind).map(({ active }) => ({ ...active }))
}

/** Returns whether there was one with this id. */
export function removeRule(book: RuleBook, id: string, kind?: RuleKind): boolean {
  const before = book.entries.length
  book.entries = book.entries.filter((entry) => entry.active.id !== id || (kind && entry.kind !== kind))
  return book.entries.length < before
}

/** Removes all, or those of a kind. Returns whether there were any. */
export function clearRules(book: RuleBook, kind?: RuleKind): boolean {
  const before = book.entries.length
  book.entries = kind ? book.entries.filter((entry) => entry.kind !== kind) : []
  return book.entries.length < before
}
