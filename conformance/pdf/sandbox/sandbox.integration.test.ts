import { deflateSync } from 'node:zlib'
import { afterAll, describe, expect, test } from 'vitest'
import { atFullSize, sample } from '../../../vitest.sampling.ts'
import { runLimited, Sandbox } from './sandbox.ts'

const module = new URL('./vitest.tasks.ts', import.meta.url).href
const task = (name: string) => ({ module, name })

describe('a task in the sandbox', () => {
  const limits = { timeoutMs: 60_000, memoryMb: 256 }
  const sandbox = new Sandbox(limits)
  afterAll(() => sandbox.close())

  test('hands back its value, bytes included', async () => {
    const input = { bytes: new Uint8Array([1, 2]), when: new Date(0) }
    await expect(runLimited(task('echo'), input)).resolves.toEqual({ kind: 'done', value: input })
  })

  test('sees none of the program’s credentials', async () => {
    process.env.STAGING_TOKEN = 'secret'
    const ending = await sandbox.run<string[]>(task('environment'), null)
    expect(ending).toMatchObject({ kind: 'done', value: expect.not.arrayContaining(['STAGING_TOKEN']) })
  })

  test.each([['loop'], ['backtrack']])('%s is ended by its processor time', async (name) => {
    expect(await runLimited(task(name), null, { timeoutMs: 700 })).toEqual({
      kind: 'timedOut',
      timeoutMs: 700,
    })
  })

  test('what waits is ended by the clock, and not before', async () => {
    expect(await runLimited(task('never'), null, { timeoutMs: 100 })).toMatchObject({ kind: 'timedOut' })
    expect(await runLimited(task('wait'), 1500, { timeoutMs: 1000 })).toEqual({ kind: 'done', value: 1500 })
  })

  test('each task has the time for itself', async () => {
    const sandbox = new Sandbox({ timeoutMs: 1000 })
    for (const _ of [1, 2, 3])
      expect(await sandbox.run(task('work'), 450)).toEqual({ kind: 'done', value: 450 })
    sandbox.close()
  })

  test.each(sample(3, [['fillBuffers'], ['fillHeap'], ['growMap']]))(
    '%s is ended by its memory',
    async (name) => {
      const ending = await new Sandbox({ timeoutMs: 60_000, memoryMb: 256 }).run(task(name), null)
      expect(ending).toEqual({ kind: 'outOfMemory', memoryMb: 256 })
    },
  )

  atFullSize('a decompression bomb is ended by its memory', async () => {
    const bomb = deflateSync(Buffer.alloc(2 ** 28))
    const ending = await runLimited(task('inflateAll'), bomb, limits)
    expect(ending).toEqual({ kind: 'outOfMemory', memoryMb: 256 })
  })

  test.each([
    ['fail', /RangeError: too far/],
    ['endProcess', /code 7/],
    ['abort', /SIGSEGV/],
    ['unclonable', /could not be cloned/],
    ['rejectLater', /this is not caught/],
    ['absent', /exports no function absent/],
  ])('%s is a crash with its reason', async (name, reason) => {
    const ending = await sandbox.run(task(name), 'too far')
    expect(ending).toMatchObject({ kind: 'crashed', reason: expect.stringMatching(reason) })
  })

  test('others go on, and the next one finds everything as before', async () => {
    const endings = await Promise.all([
      sandbox.run(task('fail'), 'again'),
      sandbox.run(task('echo'), 1),
      sandbox.run(task('endProcess'), null),
      sandbox.run(task('echo'), 2),
    ])
    expect(endings.map(({ kind }) => kind)).toEqual(['crashed', 'done', 'crashed', 'done'])
    expect(await sandbox.run(task('echo'), 3)).toEqual({ kind: 'done', value: 3 })
  })
})
