import { Worker } from 'node:worker_threads'
import type { Job, Reply } from './protocol.ts'

/** The process that a sandbox starts: it runs one job after the other while a thread watches its memory. */
const memoryMb = Number(process.argv[2])
const extension = import.meta.url.endsWith('.ts') ? '.ts' : '.js'
new Worker(new URL(`./memory-watch${extension}`, import.meta.url), { workerData: { memoryMb } })

async function run({ module, name, input }: Job): Promise<Reply['ending']> {
  try {
    const task = (await import(module))[name]
    if (typeof task !== 'function') throw new TypeError(`${module} exports no function ${name}`)
    return { kind: 'done', value: await task(input) }
  } catch (error) {
    return { kind: 'crashed', reason: String(error) }
  }
}

process.on('message', async (job: Job) => {
  const ending = await run(job)
  // Memory that a task leaves behind would count against the next one.
  const reusable = process.memoryUsage.rss() < (memoryMb / 2) * 2 ** 20
  try {
    process.send?.({ ending, reusable })
  } catch (error) {
    process.send?.({ ending: { kind: 'crashed', reason: String(error) }, reusable })
  }
})
process.on('disconnect', () => process.exit())
