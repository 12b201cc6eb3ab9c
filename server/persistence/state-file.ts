import { existsSync } from 'node:fs'
import { mkdir, open, readFile, rename } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Logger } from 'pino'
import type { State } from '../domain/state.ts'
import { StartError } from '../start-error.ts'
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
          running = replace(path, JSON.stringify(toDocument(current()), null, 1))
          return running as Promise<void>
        })
      return next
    },
  }
}

/** Replaces a file atomically: after a crash there is either the old one or the new one. */
async function replace(path: string, content: string): Promise<void> {
  const draft = `${path}.tmp`
  try {
    await mkdir(dirname(path), { recursive: true })
    await using file = await open(draft, 'w', 0o600)
    await file.writeFile(`${content}\n`)
    await file.sync()
    await rename(draft, path)
    // The rename is on disk once the directory is.
    await using directory = await open(dirname(path), 'r')
    await directory.sync()
  } catch (error) {
    throw new StartError(path, `cannot be written (${(error as Error).message})`)
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
