import { existsSync } from 'node:fs'
import { readFile, rename } from 'node:fs/promises'
import type { Logger } from 'pino'
import type { State } from '../domain/state.ts'
import { StartError } from '../start-error.ts'
import { replaceFile } from './replace-file.ts'
import { fromDocument, toDocument } from './state-document.ts'

/** The file that keeps the state across restarts. It has one writer. */
export interface StateFile {
  /** Undefined where there is no file, or one that was damaged and has been set aside. */
  read(): Promise<State | undefined>
  /** Resolves once the state as it is now, or a later one, is on disk. */
  write(): Promise<void>
}

/** Both operations throw {@link StartError} where the file cannot be read, written or set aside. */
export function openStateFile(
  path: string,
  current: () => State,
  { log, clock }: { log: Logger; clock: () => Date },
): StateFile {
  let running: Promise<unknown> = Promise.resolve()
  let next: Promise<void> | undefined
  return {
    async read() {
      const source = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') return undefined
        throw new StartError(path, error.message)
      })
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
      next ??= running
        .catch(() => {})
        .then(() => {
          next = undefined
          running = replaceFile(path, JSON.stringify(toDocument(current()), null, 1))
          return running as Promise<void>
        })
      return next
    },
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
