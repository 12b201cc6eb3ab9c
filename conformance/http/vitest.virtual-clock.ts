import type { Clock } from './clock.ts'

/** Time that passes only where somebody waits for it, in order. */
export class VirtualClock implements Clock {
  #now = 1_800_000_000_000
  #sleepers: { until: number; wake: () => void }[] = []

  now(): number {
    return this.#now
  }

  sleep(ms: number): Promise<void> {
    return new Promise((wake) => {
      this.#sleepers.push({ until: this.#now + ms, wake })
      setImmediate(() => this.#wakeNext())
    })
  }

  #wakeNext(): void {
    const [next] = this.#sleepers.toSorted((one, other) => one.until - other.until)
    if (!next) return
    this.#sleepers.splice(this.#sleepers.indexOf(next), 1)
    this.#now = Math.max(this.#now, next.until)
    next.wake()
  }
}
