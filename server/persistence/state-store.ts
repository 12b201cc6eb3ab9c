import type { Logger } from 'pino'
import { type GivenFixtures, loadFixtures } from '../../fixtures/load-fixtures.ts'
import { type State, stateFrom } from '../domain/state.ts'
import { openStateFile } from './state-file.ts'

/** The state that a server serves. It starts as the fixtures, or as the state file has it. */
export interface StateStore {
  current(): State
  /** Resolves once the state is on disk; at once where there is no state file. */
  save(): Promise<void>
  /** Returns to the fixtures. */
  reset(): Promise<void>
  /** Reads the fixtures again, and returns to them unless a state file is in use. Throws what is wrong with them. */
  reloadFixtures(): void
}

export interface StateStoreOptions {
  /** A directory of fixtures, or fixtures as values; default ours. */
  fixtures: string | GivenFixtures | undefined
  stateFile: string | undefined
  log: Logger
  clock: () => Date
}

export async function openStateStore(options: StateStoreOptions): Promise<StateStore> {
  const { log, clock } = options
  let fixtures = loadFixtures(options.fixtures)
  const file = options.stateFile ? openStateFile(options.stateFile, () => state, { log, clock }) : undefined
  let state: State = (await file?.read()) ?? stateFrom(fixtures)
  const save = async () => file?.write()
  await save()
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
  }
}
