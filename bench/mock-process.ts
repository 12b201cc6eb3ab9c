import { setTimeout } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { createMock } from '../server/mock/create-mock.ts'

// The process that memory.ts measures. argv: the folder of a built package.
const entry = fileURLToPath(
  new URL(`../${process.argv[2]}/dist/server/mock/package-entry.js`, import.meta.url),
)

process.on('message', async (what) => {
  if (what === 'start') {
    const entered = (await import(entry)) as { createMock: typeof createMock }
    const mock = await entered.createMock()
    process.send?.({ url: mock.url, token: await mock.tokenFor('owner') })
    return
  }
  // What finalizers release is collected the next time.
  for (let times = 0; times < 3; times++) {
    globalThis.gc?.()
    await setTimeout(100)
  }
  const { heapUsed, external, rss } = process.memoryUsage()
  const [heap, outside, resident] = [heapUsed, external, rss].map((bytes) => bytes / 1e6)
  process.send?.({ heap, external: outside, resident })
})
process.on('disconnect', () => process.exit())
