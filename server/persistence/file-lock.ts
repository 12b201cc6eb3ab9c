import { randomUUID } from 'node:crypto'
import { rmSync, statSync, utimesSync } from 'node:fs'
import { link, rename, rm, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { dirname } from 'node:path'
import { readRegularFile } from '../../spec/bounded-file.ts'
import { makeFolder } from '../../spec/make-folder.ts'
import { StartError } from '../start-error.ts'

/** Keeps other processes from using a file, as long as they ask for it. */
export interface FileLock {
  /** Throws {@link StartError} where another process has taken the lock over. */
  assertHeld(): void
  release(): void
}

interface Holder {
  id: string
  pid: number
  host: string
  /** When the process started (ISO 8601): process ids are used again, in containers always the same one. */
  startedAt: string
}

const refreshMs = 5_000
/** A lock whose holder has not refreshed it for this long may be taken over. */
const staleMs = 20_000

/**
 * Locks a file by another one beside it. The lock of a process that has ended is taken over. Throws {@link StartError}
 * that names the process that uses the file.
 */
export async function lockFile(path: string): Promise<FileLock> {
  const lock = `${path}.lock`
  const own: Holder = { id: randomUUID(), pid: process.pid, host: hostname(), startedAt: processStart }
  const refuse = ({ pid, host, startedAt }: Holder): never => {
    const where = host === own.host ? '' : ` on ${host}`
    throw new StartError(
      path,
      `process ${pid}${where}, started at ${startedAt}, uses this file; end it, or use another file (${lock})`,
    )
  }
  await acquire(lock, own, refuse).catch((error: unknown) => {
    throw error instanceof StartError
      ? error
      : new StartError(lock, `cannot be written (${(error as Error).message})`)
  })
  const refresh = setInterval(() => {
    if (readHolder(lock)?.id === own.id) touch(lock)
  }, refreshMs).unref()
  return {
    assertHeld() {
      const holder = readHolder(lock)
      if (holder?.id === own.id) return
      if (holder) refuse(holder)
      throw new StartError(lock, 'is gone, so other processes may have used the file; start again')
    },
    release() {
      clearInterval(refresh)
      if (readHolder(lock)?.id === own.id) rmSync(lock, { force: true })
    },
  }
}

const processStart = new Date(Math.round(performance.timeOrigin)).toISOString()

async function acquire(lock: string, own: Holder, refuse: (holder: Holder) => never): Promise<void> {
  const draft = `${lock}.${own.id}`
  try {
    makeFolder(dirname(lock))
    await writeFile(draft, JSON.stringify(own), { mode: 0o600, flag: 'wx' })
    // link() never replaces, and what it makes is complete from the beginning.
    const isFirst = await link(draft, lock).then(
      () => true,
      (error: NodeJS.ErrnoException) => {
        if (error.code === 'EEXIST') return false
        throw error
      },
    )
    if (isFirst) return
    const holder = readHolder(lock)
    if (holder && isInUse(holder, lock)) refuse(holder)
    // Of several processes that take over at once, the last one has the lock; the others find out by `assertHeld`.
    await rename(draft, lock)
  } finally {
    await rm(draft, { force: true })
  }
  const holder = readHolder(lock)
  if (holder && holder.id !== own.id) refuse(holder)
}

function isInUse({ pid, host, startedAt }: Holder, lock: string): boolean {
  if (host === hostname()) {
    // Of this process, or of one before it that had the same id.
    if (pid === process.pid) return startedAt === processStart
    if (!isRunning(pid)) return false
  }
  return Math.abs(Date.now() - (statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? 0)) < staleMs
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    // A process of another user may not be signalled, and runs.
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** Undefined where there is no lock, or none that can be read. */
function readHolder(lock: string): Holder | undefined {
  try {
    const holder: Partial<Holder> = JSON.parse(readRegularFile(lock, 2 ** 16).toString())
    return typeof holder.pid === 'number' && typeof holder.id === 'string' ? (holder as Holder) : undefined
  } catch {
    return undefined
  }
}

function touch(lock: string): void {
  const now = new Date()
  try {
    utimesSync(lock, now, now)
  } catch {
    // The next write says what is wrong.
  }
}
