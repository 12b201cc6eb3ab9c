import { open, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { makeFolder } from '../../spec/make-folder.ts'
import { StartError } from '../start-error.ts'

/** Replaces a file atomically: after a crash there is either the old one or the new one. Throws {@link StartError}. */
export async function replaceFile(path: string, content: string): Promise<void> {
  const draft = `${path}.tmp`
  try {
    makeFolder(dirname(path))
    await using file = await open(draft, 'w', 0o600)
    await file.writeFile(`${content}\n`)
    await file.sync()
    await rename(draft, path)
    // The rename is on disk once the directory is.
    await using directory = await open(dirname(path), 'r')
    await directory.sync()
  } catch (error) {
    await rm(draft, { force: true }).catch(() => {})
    throw new StartError(path, `cannot be written (${(error as Error).message})`, error)
  }
}
