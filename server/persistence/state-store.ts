import { getSystemErrorMessage } from 'node:util'
import type { Logger } from 'pino'
import { type GivenFixtures, loadFixtures } from '../../fixtures/load-fixtures.ts'
import { type State, stateFrom } from '../domain/state.ts'
import { Problem } from '../http/problem.ts'
import { openStateFile } from './state-file.ts'

/** The state that a server serves. It starts as the fixtures, or as the state file has it. */
export interface StateStore {
  current(): State
  /**
   * Resolves once the state is on disk; at once where there is no state file. Where it cannot be written, the state
   * returns to what is on disk, and this rejects with the problem `unavailable`.
   */
  save(): Promise<void>
  /** Returns to the fixtures. */
  reset(): Promise<void>
  /** Reads the fixtures again, and returns to them unless a state file is in use. Throws what is wrong with them. */
  reloadFixtures(): void
  /** Lets other processes use the state file. */
  close(): void
}

export interface StateStoreOptions {
  /** A directory of fixtures, or fixtures as values; default ours. */
  fixtures: string | GivenFixtures | undefined
  stateFile: string | undefined
  log: Logger
  clock: () => Date
}

/** Throws `StartError` where the state file is in use or cannot be read or written. */
export async function openStateStore(options: StateStoreOptions): Promise<StateStore> {
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
  return {
    current: () => state,
    save,
    reset() {
      state = stateFrom(fixtures)
      return save()
    },
    reloadFixtures() {
      fixtures = loadFixtures(options.fixtures)
      // An edited fixture must not discard a state that is kept across restarts.
      if (!file) state = stateFrom(fixtures)
    },
    close: () => file?.close(),
  }
}

/** What the operating system says, without the file's path, which is nothing for clients. */
function reasonOf({ cause }: Error): string {
  const { errno } = (cause ?? {}) as NodeJS.ErrnoException
  return errno === undefined ? '' : ` (${getSystemErrorMessage(errno)})`
}
