import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { basename, dirname, resolve } from 'node:path'
import { promisify } from 'node:util'
import { contractFile } from '../contract-document.ts'
import { ContractError } from '../contract-error.ts'

const run = promisify(execFile)

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

/** The text of a contract: of `FILE`, or of what git has as `git:REF[:PATH]`. Nothing is fetched. */
export async function textOf(source: string, current: string): Promise<string> {
  assertSource(source)
  const bytes = await (source.startsWith('git:') ? fromGit(source, current) : fromFile(source))
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    throw new ContractError(source, undefined, 'no UTF-8 text, as YAML and JSON are')
  }
}

const reasons: Record<string, string> = {
  ENOENT: 'no such file',
  EISDIR: 'a directory, expected a file',
  EACCES: 'may not be read',
}

const fromFile = (file: string): Promise<Buffer> =>
  readFile(file).catch((error: NodeJS.ErrnoException) => {
    throw new ContractError(file, undefined, reasons[error.code ?? ''] ?? error.message)
  })

const mostBytes = 64 * 1024 * 1024

async function fromGit(source: string, current: string): Promise<Buffer> {
  const { object, ...place } = objectOf(source, current)
  try {
    const options = { ...place, maxBuffer: mostBytes, encoding: 'buffer' } as const
    return (await run('git', ['show', object], options)).stdout
  } catch (error) {
    throw new ContractError(source, undefined, explain(error as GitError, place.cwd))
  }
}

function parseGitSource(source: string): { ref: string; path: string | undefined } {
  const [, ref, path] = /^git:([^:]*)(?::(.*))?$/.exec(source) ?? []
  if (!ref || ref.startsWith('-') || path === '')
    throw new ContractError(source, undefined, 'expected git:REF or git:REF:PATH')
  return { ref, path }
}

/** The arguments for `git show`. Without a path in `source`, that of `current` is used. */
function objectOf(source: string, current: string): { object: string; cwd: string; env: NodeJS.ProcessEnv } {
  const { ref, path } = parseGitSource(source)
  if (path) return { object: `${ref}:${path}`, cwd: process.cwd(), env: process.env }
  const [, there] = /^git:[^:]*(?::(.*))?$/.exec(current) ?? []
  if (there) return objectOf(`${source}:${there}`, current)
  const file = current.startsWith('git:') ? contractFile : current
  // A git hook sets GIT_DIR relative to the top of the working tree; git is started elsewhere here.
  const { GIT_DIR, GIT_WORK_TREE, ...env } = process.env
  return { object: `${ref}:./${basename(file)}`, cwd: dirname(resolve(file)), env }
}

type GitError = Error & { code?: unknown; stderr?: Buffer }

function explain({ code, stderr, message }: GitError, cwd: string): string {
  if (code === 'ENOENT') return 'git could not be started'
  const [first = '', ...others] = String(stderr ?? '').split('\n')
  const said = first.replace(/^fatal: /, '') || message
  if (said.includes('not a git repository')) return `${said}; looked in ${cwd}`
  const remedy = others.find((line) => line.includes('safe.directory'))
  if (remedy) return `${said}; if it is yours: ${remedy.trim()}`
  const isUnknown = /invalid object name|unknown revision|bad revision/.test(said)
  return isUnknown ? `${said} It has to be fetched first; CI often checks out the last commit only.` : said
}
