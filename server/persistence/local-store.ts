import { getSystemErrorMessage } from 'node:util'
import type { Logger } from 'pino'
import { type GivenFixtures, loadFixtures } from '../../fixtures/load-fixtures.ts'
import { type State, stateFrom } from '../domain/state.ts'
import { Problem } from '../http/problem.ts'
import { journalInMemory } from '../mock/journal/journal-store.ts'
import { emptyRuleBook } from '../mock/rule-book.ts'
import { keptInMemory } from './kept.ts'
import { openStateFile } from './state-file.ts'
import { journalLength, type Store } from './store.ts'

export interface LocalStoreOptions {
  /** A directory of fixtures, or fixtures as values; default ours. */
  fixtures: string | GivenFixtures | undefined
  stateFile: string | undefined
  log: Logger
  clock: () => Date
}

/**
 * A store in the memory of one server. Its state starts as the fixtures, or as the state file has it. Where a change cannot
 * be written, the state returns to what is on disk, and the change rejects with the problem `unavailable`. Throws
 * `StartError` where the file is in use or cannot be read or written.
 */
export async function openLocalStore(options: LocalStoreOptions): Promise<Store> {
  const { log, clock, stateFile: path } = options
  let fixtures = loadFixtures(options.fixtures)
  let state: State = stateFrom(fixtures)
  const undo = (written: State) => {
    state = written
  }
  const file = path ? await openStateFile({ path, current: () => state, undo, log, clock }) : undefined
  if (file) {
    try {
      state = (await file.read()) ?? state
      await file.write()
    } catch (error) {
      file.close()
      throw error
    }
  }
  const save = async () => {
    await file?.write().catch((error: Error) => {
      log.error({ err: error }, 'a change was undone, because the state could not be written')
      throw new Problem(
        'unavailable',
        `The change was undone: the state could not be written${reasonOf(error)}.`,
      )
    })
  }
  const rules = emptyRuleBook()
  return {
    isShared: false,
    state: keptInMemory(() => state, save),
    rules: keptInMemory(() => rules),
    journal: journalInMemory(journalLength),
    reset() {
      state = stateFrom(fixtures)
      return save()
    },
    reloadFixtures() {
      fixtures = loadFixtures(options.fixtures)
      // An edited fixture must not discard a state that is kept across restarts.
      if (!file) state = stateFrom(fixtures)
      return !file
    },
    async refresh() {},
    isReady: () => true,
    close: () => file?.close(),
  }
}

/** What the operating system says, without the file's path, which is nothing for clients. */
function reasonOf({ cause }: Error): string {
  const { errno } = (cause ?? {}) as NodeJS.ErrnoException
  return errno === undefined ? '' : ` (${getSystemErrorMessage(errno)})`
}
