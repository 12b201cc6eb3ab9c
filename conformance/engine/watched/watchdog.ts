import { Worker } from 'node:worker_threads'
import { clockPerProcessorTime, processorMs } from '../../processor-time.ts'

/** What the thread posts: events while it works, and what it gives in the end. */
export type ThreadMessage<Event, Value> = { event: Event } | { value: Value }

/** What a thread is started with, besides its own data. */
export interface Watched {
  /** Counts up as long as the thread's event loop turns: {@link beat}. */
  beats: Int32Array
}

export type Ending<Value> =
  | { kind: 'done'; value: Value }
  | { kind: 'blocked'; forMs: number }
  | { kind: 'outOfMemory' }

export interface WatchOptions<Event> {
  /** The module that runs in the thread. */
  script: URL
  /** Its `workerData` (structured clone). */
  data: object
  onEvent(event: Event): void
  /** How much processor time may pass while the event loop stands still; by the clock, ten times as much. */
  blockedAfterMs: number
  /** How much the heap may take; buffers are not on it. */
  memoryMb: number
}

/**
 * Runs a module in a thread and ends it when its event loop stands still, or its heap is full: what blocks the loop also
 * blocks every time limit inside it. Rejects with what the module throws.
 */
export function runWatched<Event, Value>(options: WatchOptions<Event>): Promise<Ending<Value>> {
  const { script, data, onEvent, blockedAfterMs, memoryMb } = options
  const beats = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT))
  const worker = new Worker(script, {
    workerData: { ...data, beats },
    resourceLimits: { maxOldGenerationSizeMb: memoryMb },
  })
  const intervalMs = blockedAfterMs / 20
  let seen = 0
  let stillMs = 0
  let waitedMs = 0
  let used = processorMs()
  const { promise, resolve, reject } = Promise.withResolvers<Ending<Value>>()
  // Intervals are counted, not time: when the machine was suspended, this thread stood still as well.
  const watch = setInterval(() => {
    const now = Atomics.load(beats, 0)
    const before = used
    used = processorMs()
    // Until the first beat, the thread loads its modules.
    const isStill = now === seen && now > 0
    // On a busy machine, what takes seconds elsewhere takes a minute. This thread itself computes next to nothing.
    stillMs = isStill ? stillMs + Math.min(used - before, intervalMs) : 0
    waitedMs = isStill ? waitedMs + intervalMs : 0
    seen = now
    if (stillMs < blockedAfterMs && waitedMs < clockPerProcessorTime * blockedAfterMs) return
    void worker.terminate()
    resolve({ kind: 'blocked', forMs: Math.max(stillMs, blockedAfterMs) })
  }, intervalMs)
  worker.on('message', (message: ThreadMessage<Event, Value>) => {
    if ('event' in message) onEvent(message.event)
    else resolve({ kind: 'done', value: message.value })
  })
  worker.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'ERR_WORKER_OUT_OF_MEMORY') resolve({ kind: 'outOfMemory' })
    else reject(error)
  })
  worker.on('exit', (code) =>
    reject(new Error(`the thread ended with code ${code} before its work was done`)),
  )
  return promise.finally(() => clearInterval(watch))
}

/** Call it in the thread. The timer keeps nothing running. */
export function beat({ beats }: Watched): void {
  const count = () => Atomics.add(beats, 0, 1)
  count()
  setInterval(count, 100).unref()
}
