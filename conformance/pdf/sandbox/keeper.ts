import { Worker } from 'node:worker_threads'
import type { Job, Reply } from './protocol.ts'

/** The process a sandbox starts: a thread does the work, and this one, never busy, watches the memory of both. */
const memoryMb = Number(process.argv[2])
const extension = import.meta.url.endsWith('.ts') ? '.ts' : '.js'
const pollEveryMs = 20

const residentMb = () => process.memoryUsage.rss() / 2 ** 20
const outOfMemory: Reply = { ending: { kind: 'outOfMemory', memoryMb }, reusable: false }
let isOver = false

function reply(answer: Reply): void {
  if (isOver) return
  isOver = !answer.reusable
  process.send?.(answer, () => isOver && process.exit())
}

const thread = new Worker(new URL(`./thread${extension}`, import.meta.url), {
  resourceLimits: { maxOldGenerationSizeMb: memoryMb },
})

setInterval(() => {
  if (residentMb() > memoryMb) reply(outOfMemory)
}, pollEveryMs)

thread.on('message', (ending: Reply['ending']) => {
  // Memory that a task leaves behind would count against the next one.
  reply({ ending, reusable: residentMb() < memoryMb / 2 })
})
thread.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'ERR_WORKER_OUT_OF_MEMORY') reply(outOfMemory)
  else reply({ ending: { kind: 'crashed', reason: String(error) }, reusable: false })
})
thread.on('exit', (code) => {
  reply({
    ending: { kind: 'crashed', reason: `the task ended its thread with code ${code}` },
    reusable: false,
  })
})

process.on('message', (job: Job) => thread.postMessage(job))
process.on('disconnect', () => process.exit())
