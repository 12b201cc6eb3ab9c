import { randomUUID } from 'node:crypto'
import { link, unlink, writeFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { dirname, isAbsolute, join } from 'node:path'
import { makeFolder } from '../../spec/make-folder.ts'
import { StartError } from '../start-error.ts'

/** Where a file lives that outlives restarts, unless an option names another: below the XDG state directory. */
export function ownFile(name: string, env: NodeJS.ProcessEnv = process.env): string {
  const state = env.XDG_STATE_HOME
  // XDG Base Directory Specification: a relative path there is invalid and to be ignored.
  const base = state && isAbsolute(state) ? state : join(homedir(), '.local', 'state')
  return join(base, 'altostrat-contract', name)
}

/**
 * Writes a file that only its owner may read, unless there is one. Any number of processes may do so at once: all end
 * up with the same content. Throws {@link StartError}.
 */
export async function createOnce(file: string, content: string): Promise<void> {
  const draft = `${file}.${randomUUID()}`
  try {
    makeFolder(dirname(file), 0o700)
    await writeFile(draft, content, { mode: 0o600, flag: 'wx' })
    // link() never replaces: of several processes the first one's whole file wins, and all read that.
    await link(draft, file).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error
    })
  } catch (error) {
    const reason = `cannot be written (${(error as Error).message})`
    throw new StartError(
      file,
      `${reason}: choose another place by option, or for all such files by XDG_STATE_HOME`,
    )
  } finally {
    await unlink(draft).catch(() => {})
  }
}
