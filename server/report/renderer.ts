import { createHash } from 'node:crypto'
import { extname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Piscina } from 'piscina'
import type { UsageData } from '../../fixtures/workspace.ts'
import { ByteCache } from './cache.ts'
import { RendererBusyError } from './renderer-busy-error.ts'

export interface RendererOptions {
  /** Reports drawn at the same time, each in a thread of its own. */
  threads: number
  /** Reports that may wait for a thread. */
  queue: number
  /** Bytes of finished reports that are kept for repeated requests. */
  cacheBytes: number
}

export interface ReportRenderer {
  /**
   * The report as PDF. Requests for the same data share one rendering. Rejects with `RendererBusyError` when
   * the queue is full, and with the signal's reason when it is aborted.
   */
  render(data: UsageData, signal?: AbortSignal): Promise<Buffer>
  close(): Promise<void>
}

interface Job {
  data: string
  key: string
  /** How many requests still want it. */
  wanted: number
  promise: Promise<Buffer>
  resolve(pdf: Buffer): void
  reject(error: unknown): void
}

const worker = fileURLToPath(new URL(`./worker${extname(import.meta.url)}`, import.meta.url))
const smallest: UsageData = {
  workspace: { id: 'ws', name: 'ws', billing_mode: 'single' },
  asOf: '2000-01-01T00:00:00Z',
  billingAccounts: [],
  organizations: [],
}

/** Renders reports in threads. They start at once, so that the first report does not wait for them. */
export function createRenderer({ threads, queue, cacheBytes }: RendererOptions): ReportRenderer {
  const pool = new Piscina<string, Uint8Array>({
    filename: worker,
    minThreads: threads,
    maxThreads: threads,
    execArgv: [],
    // Lower priority, so that rendering never delays cheap requests.
    niceIncrement: 10,
  })
  const cache = new ByteCache(cacheBytes)
  const jobs = new Map<string, Job>()
  const waiting = new Set<Job>()
  let running = 0
  pool.run(JSON.stringify(smallest)).catch(() => {}) // If threads cannot start, the first request rejects with the reason.

  const start = (job: Job): void => {
    running += 1
    pool
      .run(job.data)
      .then((bytes) => {
        const pdf = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
        cache.set(job.key, pdf)
        job.resolve(pdf)
      }, job.reject)
      .finally(() => {
        running -= 1
        jobs.delete(job.key)
        const [next] = waiting
        if (!next) return
        waiting.delete(next)
        start(next)
      })
  }

  const enqueue = (key: string, data: string): Job => {
    if (running >= threads && waiting.size >= queue) throw new RendererBusyError()
    const job: Job = { data, key, wanted: 0, ...Promise.withResolvers<Buffer>() }
    jobs.set(key, job)
    if (running < threads) start(job)
    else waiting.add(job)
    return job
  }

  /** A waiting job that no request wants any more leaves the queue; a running one is finished and cached. */
  const leave = (job: Job): void => {
    job.wanted -= 1
    if (job.wanted > 0 || !waiting.delete(job)) return
    jobs.delete(job.key)
  }

  return {
    async render(data, signal) {
      signal?.throwIfAborted()
      const json = JSON.stringify(data)
      const key = createHash('sha256').update(json).digest('base64')
      const kept = cache.get(key)
      if (kept) return kept
      const job = jobs.get(key) ?? enqueue(key, json)
      job.wanted += 1
      if (!signal) return job.promise
      const aborted = Promise.withResolvers<never>()
      const abort = () => {
        leave(job)
        aborted.reject(signal.reason)
      }
      signal.addEventListener('abort', abort, { once: true })
      try {
        return await Promise.race([job.promise, aborted.promise])
      } finally {
        signal.removeEventListener('abort', abort)
      }
    },
    close: () => pool.destroy(),
  }
}
