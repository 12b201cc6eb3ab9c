import { execFile } from 'node:child_process'
import { basename, dirname, posix, resolve } from 'node:path'
import { promisify } from 'node:util'
import { ContractError } from '../contract-error.ts'
import { textFrom } from '../contract-text.ts'
import type { ContractFiles } from './contract-files.ts'

const run = promisify(execFile)
const mostBytes = 64 * 1024 * 1024

/** Where git is started, and what it calls the contract's first file: `path` counts from the repository's root or `.`. */
interface GitPlace {
  ref: string
  path: string
  cwd: string
  env: NodeJS.ProcessEnv
}

/** The files of a contract as git has them in `git:REF[:PATH]`. Nothing is fetched, and no symbolic link followed. */
export function gitFiles(source: string, current: string): ContractFiles {
  const { ref, path: first, ...place } = placeOf(source, current)
  const objectOf = (path: string) => `${ref}:${first.slice(0, first.lastIndexOf('/') + 1)}${path}`
  const nameOf = (path: string) => (path === posix.basename(first) ? source : `git:${objectOf(path)}`)
  const git = (args: string[], input = '') => {
    const running = run('git', args, { ...place, maxBuffer: mostBytes, encoding: 'buffer' })
    // Git may end before it has read what it is asked for; its exit code says why.
    running.child.stdin?.on('error', () => {}).end(input)
    return running.then(
      ({ stdout }) => stdout,
      (error: GitError) => {
        throw new ContractError(source, undefined, explain(error, place.cwd))
      },
    )
  }
  return {
    entry: posix.basename(first),
    nameOf,
    readEntry: async () => textFrom(source, await git(['show', `${ref}:${first}`])),
    async read(paths) {
      const asked = paths.filter((path) => !path.includes('\n'))
      if (asked.length === 0) return new Map()
      const objects = asked.map((path) => `${objectOf(path)}\n`).join('')
      return textsIn(await git(['cat-file', '--batch'], objects), asked, nameOf)
    },
  }
}

/** The output of `git cat-file --batch`: for each object `<id> <type> <size>`, its bytes, and a line feed. */
function textsIn(output: Buffer, paths: string[], nameOf: ContractFiles['nameOf']): Map<string, string> {
  const texts = new Map<string, string>()
  let at = 0
  for (const path of paths) {
    const end = output.indexOf('\n', at)
    const [, type, size] = / (\w+) (\d+)$/.exec(output.toString('utf8', at, end)) ?? []
    at = end + 1
    if (size === undefined) continue
    if (type === 'blob') texts.set(path, textFrom(nameOf(path), output.subarray(at, at + Number(size))))
    at += Number(size) + 1
  }
  return texts
}

export function parseGitSource(source: string): { ref: string; path?: string } {
  const [, ref, path] = /^git:([^:]*)(?::(.*))?$/.exec(source) ?? []
  if (!ref || ref.startsWith('-') || path === '')
    throw new ContractError(source, undefined, 'expected git:REF or git:REF:PATH')
  return { ref, ...(path && { path }) }
}

/** Without a path in `source`, that of `current` is used; if it is in git as well, it has one. */
function placeOf(source: string, current: string): GitPlace {
  const { ref, path } = parseGitSource(source)
  if (path) return { ref, path, cwd: process.cwd(), env: process.env }
  const [, there] = /^git:[^:]*(?::(.*))?$/.exec(current) ?? []
  if (there) return placeOf(`${source}:${there}`, current)
  // A git hook sets GIT_DIR relative to the top of the working tree; git is started elsewhere here.
  const { GIT_DIR, GIT_WORK_TREE, ...env } = process.env
  return { ref, path: `./${basename(current)}`, cwd: dirname(resolve(current)), env }
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
  if (isUnknown)
    return `${said} It has to be fetched first; CI often checks out the last commit only (GitHub: fetch-depth: 0, GitLab: GIT_DEPTH: "0").`
  const isElsewhere = /^path '.*' (exists on disk, but not in|does not exist in) /.test(said)
  return isElsewhere ? `${said}: the file is new, or was moved (git:REF:PATH says from where)` : said
}
