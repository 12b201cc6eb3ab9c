import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { basename, dirname } from 'node:path'
import { promisify } from 'node:util'
import { ContractError, linesOf } from '../contract-error.ts'
import { type ContractDocument, contractFile, documentFrom, parseSource } from '../document.ts'
import { assertReferences } from './references.ts'

const run = promisify(execFile)

/** A valid contract from any source, all its references inside itself. */
export interface ReadContract extends ContractDocument {
  /** The line (from 1) of the value at a JSON pointer, or of its nearest ancestor. */
  lineOf(pointer: string): number | undefined
}

/**
 * Reads a contract from `FILE` or from git as `git:REF[:PATH]`. PATH counts from the repository's root, as git does;
 * without it, `current` is looked up in REF. Throws {@link ContractError} for whatever cannot be read or compared.
 */
export async function readContract(source: string, current: string = contractFile): Promise<ReadContract> {
  const text = await textOf(source, current)
  const openapi = parseSource(source, text)
  let lines: ReturnType<typeof linesOf> | undefined
  const lineOf = (pointer: string) => {
    lines ??= linesOf(text)
    return lines(pointer)
  }
  assertReferences(source, openapi, lineOf)
  return { ...(await documentFrom(source, text, openapi)), lineOf }
}

async function textOf(source: string, current: string): Promise<string> {
  if (source.startsWith('git:')) return fromGit(source, current)
  if (/^[a-z][a-z\d+.-]*:\/\//i.test(source))
    throw new ContractError(
      source,
      undefined,
      'a URL; nothing is fetched: give a file that it was saved to, or git:REF[:PATH]',
    )
  return readFile(source, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new ContractError(source, undefined, reasons[error.code ?? ''] ?? error.message)
  })
}

const reasons: Record<string, string> = {
  ENOENT: 'no such file',
  EISDIR: 'a directory, expected a file',
  EACCES: 'may not be read',
}

const mostBytes = 64 * 1024 * 1024

async function fromGit(source: string, current: string): Promise<string> {
  const [, ref, path] = /^git:([^:]*)(?::(.*))?$/.exec(source) ?? []
  if (!ref || ref.startsWith('-') || path === '')
    throw new ContractError(source, undefined, 'expected git:REF or git:REF:PATH')
  const [object, cwd] = path
    ? [`${ref}:${path}`, process.cwd()]
    : [`${ref}:./${basename(current)}`, dirname(current)]
  try {
    const { stdout } = await run('git', ['show', object], { cwd, maxBuffer: mostBytes })
    return stdout
  } catch (error) {
    throw new ContractError(source, undefined, explain(error as Error & { code?: unknown; stderr?: string }))
  }
}

function explain({ code, stderr, message }: Error & { code?: unknown; stderr?: string }): string {
  if (code === 'ENOENT') return 'git could not be started'
  const said = stderr?.split('\n')[0]?.replace(/^fatal: /, '') || message
  const isUnknown = /invalid object name|unknown revision|bad revision/.test(said)
  return isUnknown ? `${said} It has to be fetched first; CI often checks out the last commit only.` : said
}
