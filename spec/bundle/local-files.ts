import { realpath } from 'node:fs/promises'
import { basename, dirname, join, relative, resolve, sep } from 'node:path'
import { readBoundedFile } from '../bounded-file.ts'
import { ContractError } from '../contract-error.ts'
import type { ContractFiles } from './contract-files.ts'
import { textFrom } from './text.ts'

/** The largest public contracts have 10 MB. */
const maxBytes = 64 * 2 ** 20

const reasons: Record<string, string> = {
  ENOENT: 'no such file',
  EISDIR: 'a directory, expected a file',
  EACCES: 'may not be read',
}

/** The files of a contract on disk. A symbolic link must not lead out of its directory. */
export function localFiles(first: string): ContractFiles {
  const directory = dirname(first)
  const nameOf = (path: string) => (path === basename(first) ? first : join(directory, path))
  const readOne = async (path: string): Promise<string> => {
    const name = nameOf(path)
    try {
      if (name !== first) await assertInside(directory, name)
      return textFrom(name, readBoundedFile(name, maxBytes))
    } catch (error) {
      const { code = '', message } = error as NodeJS.ErrnoException
      throw error instanceof ContractError
        ? error
        : new ContractError(name, undefined, reasons[code] ?? message)
    }
  }
  const readIfThere = (path: string) =>
    readOne(path).catch((error: ContractError) => {
      if (error.reason === reasons.ENOENT) return undefined
      throw error
    })
  return {
    entry: basename(first),
    nameOf,
    readEntry: () => readOne(basename(first)),
    async read(paths) {
      const texts = await Promise.all(paths.map(async (path) => [path, await readIfThere(path)] as const))
      return new Map(texts.flatMap(([path, text]) => (text === undefined ? [] : [[path, text]])))
    },
  }
}

/** A symbolic link may lead out of the directory, where a contract of somebody else has nothing to read. */
async function assertInside(directory: string, file: string): Promise<void> {
  const [home, place] = await Promise.all([realpath(resolve(directory)), realpath(file)])
  if (relative(home, place).split(sep)[0] === '..')
    throw new ContractError(file, undefined, "leads out of the directory of the contract's first file")
}
