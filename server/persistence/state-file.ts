import { existsSync, realpathSync, statSync } from 'node:fs'
import { rename } from 'node:fs/promises'
import { setImmediate } from 'node:timers/promises'
import type { Logger } from 'pino'
import type { State } from '../domain/state.ts'
import { StartError } from '../start-error.ts'
import { lockFile } from './file-lock.ts'
import { readKeptFile } from './kept-file.ts'
import { replaceFile } from './replace-file.ts'
import { fromDocument, restoreState, toDocument } from './state-document.ts'

/** The file that keeps the state across restarts. It has one writer. */
export interface StateFile {
  /** Undefined where there is no file, or one that was damaged and has been set aside. */
  read(): Promise<State | undefined>
  /**
   * Resolves once the state as it is now, or a later one, is on disk. Where that fails, it rejects after `undo` was
   * called with the state that is on disk, and so does every other call that waits.
   */
  write(): Promise<void>
  /** Lets other processes use the file. */
  close(): void
}

export interface StateFileOptions {
  path: string
  current(): State
  undo(written: State): void
  log: Logger
  clock(): Date
}

/** More than a hundred of the largest workspaces have. */
const maxBytes = 128 * 2 ** 20

/** It and the operations throw {@link StartError} where the file is in use, or cannot be read, written or set aside. */
export async function openStateFile(options: StateFileOptions): Promise<StateFile> {
  const { path: given, current, undo, log, clock } = options
  // A device or pipe would be moved aside, and replaced by a file.
  const entry = statSync(given, { throwIfNoEntry: false })
  if (entry?.isFile() === false)
    throw new StartError(given, 'is no regular file, which the state could be kept in')
  // By whatever link processes name the file, it has one lock; and the link stays when the file is replaced.
  const path = entry ? realpathSync(given) : given
  const lock = await lockFile(path)
  let running: Promise<void> = Promise.resolve()
  let next: Promise<void> | undefined
  let written: string | undefined

  async function writeCurrent(): Promise<void> {
    next = undefined
    const content = JSON.stringify(toDocument(current()), null, 1)
    try {
      lock.assertHeld()
      await replaceFile(path, content)
      written = content
    } catch (error) {
      // A change that was made meanwhile is undone as well, so its `write` must have been called: it rejects with this one.
      await setImmediate()
      if (written !== undefined) undo(restoreState(JSON.parse(written)))
      next = undefined
      running = Promise.resolve()
      throw error
    }
  }

  return {
    async read() {
      const source = readKeptFile(path, maxBytes)
      if (source === undefined) return undefined
      try {
        return fromDocument(JSON.parse(source))
      } catch (error) {
        const aside = await setAside(path, clock())
        log.error(`${path} is damaged and kept as ${aside}: ${(error as Error).message}`)
        return undefined
      }
    },
    write() {
      // All calls during a write share the next one.
      next ??= running.then(() => {
        running = writeCurrent()
        return running
      })
      return next
    },
    close: () => lock.release(),
  }
}

async function setAside(path: string, now: Date): Promise<string> {
  const stem = `${path}.damaged-${now.toISOString().replaceAll(':', '')}`
  let aside = stem
  for (let count = 2; existsSync(aside); count++) aside = `${stem}-${count}`
  await rename(path, aside).catch((error: Error) => {
    throw new StartError(path, `is damaged and cannot be set aside (${error.message})`)
  })
  return aside
}
