import { Worker } from 'node:worker_threads'
import { processorMs } from '../../processor-time.ts'
import type { Job, Reply, WatchedLimits } from './protocol.ts'

/** The process that a sandbox starts: it runs one job after the other while a thread watches its memory and its time. */
const [memoryMb, timeoutMs] = process.argv.slice(2).map(Number) as [number, number]
const mostProcessorMs = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT))
const extension = import.meta.url.endsWith('.ts') ? '.ts' : '.js'
const workerData: WatchedLimits = { memoryMb, mostProcessorMs }
new Worker(new URL(`./limit-watch${extension}`, import.meta.url), { workerData })

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
  Atomics.store(mostProcessorMs, 0, Math.ceil(processorMs() + timeoutMs))
  const ending = await run(job)
  Atomics.store(mostProcessorMs, 0, 0)
  // Memory that a task leaves behind would count against the next one.
  const reusable = process.memoryUsage.rss() < (memoryMb / 2) * 2 ** 20
  try {
    process.send?.({ ending, reusable })
  } catch (error) {
    process.send?.({ ending: { kind: 'crashed', reason: String(error) }, reusable })
  }
})
process.on('disconnect', () => process.exit())
