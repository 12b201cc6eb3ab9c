import type { SigningKey } from '../authentication/signing-key.ts'
import type { State } from '../domain/state.ts'
import type { JournalStore } from '../mock/journal/journal-store.ts'
import type { RuleBook } from '../mock/rule-book.ts'
import type { Kept } from './kept.ts'

/** How many requests a journal keeps. */
export const journalLength = 500

/** What a server keeps: in its memory, in a file, or in a Redis that it shares with its replicas. */
export interface Store {
  /** Whether other servers use it as well: what one of them has answered, the others know. */
  isShared: boolean
  /** The key that all of them sign tokens with. */
  signingKey?: SigningKey
  state: Kept<State>
  rules: Kept<RuleBook>
  journal: JournalStore
  /** Returns to the fixtures. */
  reset(): Promise<void>
  /**
   * Reads the fixtures again, and returns to them unless the state outlives the process. Returns whether it did. Throws what
   * is wrong with them.
   */
  reloadFixtures(): boolean
  /** Brings in what other replicas have changed. Rejects with the problem `unavailable` while the store is out of reach. */
  refresh(): Promise<void>
  /** Whether requests can be answered by now. */
  isReady(): boolean
  close(): void
}
