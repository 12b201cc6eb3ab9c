import { mkdirSync, statSync } from 'node:fs'
import { dirname } from 'node:path'

/**
 * Makes a folder and those above it; one that exists stays as it is. Throws what the system says. Node's `recursive` never
 * returns where a folder exists and none can be made in it, as below /proc.
 */
export function makeFolder(path: string, mode?: number): void {
  const make = () => mkdirSync(path, mode === undefined ? {} : { mode })
  try {
    make()
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'EEXIST' && statSync(path).isDirectory()) return
    if (code !== 'ENOENT' || dirname(path) === path) throw error
    makeFolder(dirname(path), mode)
    make()
  }
}
