import { ContractError } from '../contract-error.ts'
import type { ContractFiles } from './contract-files.ts'
import { gitFiles, parseGitSource } from './git-files.ts'
import { localFiles } from './local-files.ts'

/** Throws for what is neither `FILE` nor `git:REF[:PATH]`, whatever the file system and git hold. */
export function assertSource(source: string): void {
  if (/^[a-z][a-z\d+.-]*:\/\//i.test(source))
    throw new ContractError(
      source,
      undefined,
      'a URL; nothing is fetched: give a file that it was saved to, or git:REF[:PATH]',
    )
  if (source.startsWith('git:')) parseGitSource(source)
}

/** `FILE` or `git:REF[:PATH]`; without PATH, git is asked for the place of `current`. Nothing is fetched. */
export function contractFiles(source: string, current: string): ContractFiles {
  assertSource(source)
  return source.startsWith('git:') ? gitFiles(source, current) : localFiles(source)
}
