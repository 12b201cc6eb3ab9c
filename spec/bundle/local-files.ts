import { realpath, stat } from 'node:fs/promises'
import { basename, dirname, join, relative, resolve, sep } from 'node:path'
import { notThere } from '../bounded-file.ts'
import { ContractError } from '../contract-error.ts'
import { readContractText } from '../contract-text.ts'
import type { ContractFiles } from './contract-files.ts'

/** The files of a contract on disk. A symbolic link must not lead out of its directory. */
export function localFiles(first: string): ContractFiles {
  const directory = dirname(first)
  const nameOf = (path: string) => (path === basename(first) ? first : join(directory, path))
  const readOne = async (path: string): Promise<string> => {
    const name = nameOf(path)
    if (name !== first) await assertReadable(directory, name)
    return readContractText(name)
  }
  const readIfThere = (path: string) =>
    readOne(path).catch((error: ContractError) => {
      if (error.reason === notThere) return undefined
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

/**
 * The first file may be a pipe: whoever named it writes to it. Of what a contract of somebody else refers to, a symbolic
 * link may lead out of the directory, where it has nothing to read, and a pipe may never end.
 */
async function assertReadable(directory: string, file: string): Promise<void> {
  const home = await realpath(resolve(directory))
  // What is not there leads nowhere; whoever reads it says so.
  const place = await realpath(file).catch(() => home)
  if (relative(home, place).split(sep)[0] === '..')
    throw new ContractError(file, undefined, "leads out of the directory of the contract's first file")
  const found = await stat(place)
  if (!found.isFile() && !found.isDirectory()) throw new ContractError(file, undefined, 'is no regular file')
}
