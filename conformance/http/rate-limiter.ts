import { setTimeout as sleep } from 'node:timers/promises'

/** Lets through at most `rate` requests a second on average, and a burst of one second's worth. */
export class RateLimiter {
  #interval: number
  #burst: number
  #next = 0

  constructor(rate: number) {
    this.#interval = 1000 / rate
    this.#burst = 1000
  }

  /** Holds all requests back for this many milliseconds. */
  pause(ms: number, now = performance.now()): void {
    this.#next = Math.max(this.#next, now + ms)
  }

  /** Resolves when the next request may be sent. */
  async acquire(now = performance.now()): Promise<void> {
    this.#next = Math.max(this.#next, now - this.#burst) + this.#interval
    if (this.#next > now) await sleep(this.#next - now)
  }
}

/** Runs the task on every item, at most `width` at once; results are in the order of the items. */
export async function mapConcurrently<T, R>(
  items: T[],
  width: number,
  task: (item: T) => Promise<R>,
): Promise<R[]> {
  const results: R[] = []
  const queue = items.entries()
  await Promise.all(
    Array.from({ length: width }, async () => {
      for (const [index, item] of queue) results[index] = await task(item)
    }),
  )
  return results
}
