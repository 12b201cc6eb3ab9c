import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type FileLock, lockFile } from './file-lock.ts'

let directory: string
let file: string
const locks: FileLock[] = []
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'lock-'))
  file = join(directory, 'state.json')
})
afterEach(() => {
  for (const lock of locks.splice(0)) lock.release()
  rmSync(directory, { recursive: true })
})

async function lock(): Promise<FileLock> {
  const made = await lockFile(file)
  locks.push(made)
  return made
}

const own = { id: 'other', pid: process.pid, host: hostname(), startedAt: '2026-01-01T00:00:00.000Z' }
const leave = (holder: unknown) => writeFileSync(`${file}.lock`, JSON.stringify(holder))
const age = (seconds: number) => {
  const at = new Date(Date.now() - seconds * 1000)
  utimesSync(`${file}.lock`, at, at)
}

test('a process that uses the file is named, and what it leaves behind when killed is taken over', async () => {
  const source = `import { lockFile } from ${JSON.stringify(import.meta.resolve('./file-lock.ts'))}
    await lockFile(${JSON.stringify(file)})
    console.log('locked')
    setInterval(() => {}, 1000)`
  const other = spawn(process.execPath, ['--input-type=module', '--eval', source], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  await once(other.stdout, 'data')
  await expect(lock()).rejects.toThrow(`${file}: process ${other.pid}, started at `)
  other.kill('SIGKILL')
  await once(other, 'close')
  const taken = await lock()
  expect(() => taken.assertHeld()).not.toThrow()
  expect(readdirSync(directory)).toEqual(['state.json.lock'])
})

test.each([
  ['of an earlier process with the same id', own, 0],
  ['of another host that was not refreshed', { ...own, host: 'elsewhere' }, 60],
  ['of a process that has ended, refreshed just now', { ...own, pid: 2 ** 22 + 1 }, 0],
  ['of a process whose id is used again, not refreshed', { ...own, pid: process.ppid }, 60],
  ['that nobody can read', 'nonsense', 0],
])('a lock %s is taken over', async (_, holder, seconds) => {
  leave(holder)
  age(seconds)
  ;(await lock()).assertHeld()
})

test('a lock of another host that is refreshed is respected, with the name of the host', async () => {
  leave({ ...own, host: 'elsewhere' })
  await expect(lock()).rejects.toThrow(`process ${process.pid} on elsewhere, started at 2026-01-01`)
})

test('whoever lost the lock finds out, and does not remove the lock of the other', async () => {
  const first = await lock()
  leave({ ...own, host: 'elsewhere' })
  expect(() => first.assertHeld()).toThrow('on elsewhere')
  first.release()
  expect(readFileSync(`${file}.lock`, 'utf8')).toContain('elsewhere')
  rmSync(`${file}.lock`)
  expect(() => first.assertHeld()).toThrow('is gone')
})

test.each(['free', 'stale'])('of many at once, one gets a %s lock', async (state) => {
  if (state === 'stale') leave({ ...own, host: 'elsewhere' })
  if (state === 'stale') age(60)
  const attempts = await Promise.allSettled(Array.from({ length: 20 }, lock))
  const holders = attempts.filter((attempt) => {
    try {
      if (attempt.status === 'rejected') return false
      attempt.value.assertHeld()
      return true
    } catch {
      return false
    }
  })
  expect(holders).toHaveLength(1)
})
