import { createLog } from '../server/log.ts'
import { defaultThreads, startServer } from '../server/main.ts'
import { createRenderer } from '../server/report/renderer.ts'

// The process that server.ts and mock.ts measure. Each report has another date, so that none comes from the cache.
const renderer = createRenderer({ threads: defaultThreads(), queue: 64, cacheBytes: 0 })
let second = 0
const server = await startServer({
  log: createLog('silent'),
  render: (data) => {
    second += 1
    return renderer.render({ ...data, asOf: new Date(Date.UTC(2026, 0, 1) + second * 1000).toISOString() })
  },
})
process.send?.({ url: server.url, token: await server.tokenFor('owner') })
process.on('message', () => {
  // Twice: the first collection may release objects that keep others alive.
  for (let times = 0; times < 2; times++) globalThis.gc?.()
  const { heapUsed, external, rss } = process.memoryUsage()
  const [heap, outside, resident] = [heapUsed, external, rss].map((bytes) => bytes / 2 ** 20)
  process.send?.({ peakMegabytes: process.resourceUsage().maxRSS / 1024, heap, external: outside, resident })
})
process.on('disconnect', () => process.exit())
