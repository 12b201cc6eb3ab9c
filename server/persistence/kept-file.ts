import { readRegularFile } from '../../spec/bounded-file.ts'
import { StartError } from '../start-error.ts'

/**
 * The text of a file of at most `most` bytes that the server keeps; undefined where there is none. Throws
 * {@link StartError} for one that is larger, or no regular file.
 */
export function readKeptFile(path: string, most: number): string | undefined {
  try {
    return readRegularFile(path, most).toString()
  } catch (error) {
    if (((error as Error).cause as NodeJS.ErrnoException)?.code === 'ENOENT') return undefined
    throw new StartError(path, `cannot be read (${(error as Error).message}); name another file`)
  }
}
