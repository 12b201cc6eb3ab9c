import { parentPort } from 'node:worker_threads'
import type { Job, Reply } from './protocol.ts'

async function perform({ module, name, input }: Job): Promise<Reply['ending']> {
  try {
    const task = (await import(module))[name]
    if (typeof task !== 'function') throw new TypeError(`${module} exports no function ${name}`)
    return { kind: 'done', value: await task(input) }
  } catch (error) {
    return { kind: 'crashed', reason: String(error) }
  }
}

parentPort?.on('message', async (job: Job) => {
  const ending = await perform(job)
  try {
    parentPort?.postMessage(ending)
  } catch (error) {
    parentPort?.postMessage({ kind: 'crashed', reason: String(error) })
  }
})
