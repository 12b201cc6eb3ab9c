import { type Clock, systemClock } from './clock.ts'
import type { RateLimit } from './rate-limit-fields.ts'

/**
 * After each response that is served the interval shrinks by this factor, down to the one that was agreed: slowly, since
 * the deployment may still limit, and fast once it has served twice as many as before its last refusal.
 */
const recovery = { cautious: 0.99, fast: 0.8 }
/** Fewer responses say nothing about a rate: the first refusal after them doubles the interval, whatever wait it demands. */
const fewestObserved = 20
/** Slower than this is no run. Where nothing is served at all, the interval grows no further than to the second one. */
const longestIntervalMs = 60_000
const longestGuessMs = 4000
/** The longest window that is waited for before anything was refused. */
const longestWindowMs = 120_000
/** So many windows in a row in which fewer than so many requests are served are not believed. */
const fewServed = 3

/**
 * Lets through at most `rate` requests a second on average, and a burst of one second's worth. Slower where the
 * deployment says how much it serves, or shows it by refusing: down to what it has served.
 */
export class RateLimiter {
  readonly #clock: Clock
  readonly #agreedInterval: number
  #interval: number
  #burst = 1000
  #next = Number.NEGATIVE_INFINITY
  #pausedUntil = Number.NEGATIVE_INFINITY
  #inFlight = 0
  /** When the deployment last refused, or the run began, and what it has served since. */
  #since: number
  #served = 0
  /** What was served when the last window ended, and how many windows in a row served next to nothing. */
  #servedBefore = 0
  #smallWindows = 0
  /** What was served up to the last refusal, from the one before it. */
  #servedUntilRefusal = 0

  constructor(rate: number, clock: Clock = systemClock) {
    this.#clock = clock
    this.#agreedInterval = 1000 / rate
    this.#interval = this.#agreedInterval
    this.#since = clock.now()
  }

  /** Runs a request as soon as it may be sent. */
  async run<T>(send: () => Promise<T>): Promise<T> {
    const start = this.#clock.now()
    this.#next = Math.max(this.#next, start - this.#burst) + this.#interval
    const slot = this.#next
    for (let now = start; now < Math.max(slot, this.#pausedUntil); now = this.#clock.now())
      await this.#clock.sleep(Math.max(slot, this.#pausedUntil) - now)
    this.#inFlight += 1
    try {
      return await send()
    } finally {
      this.#inFlight -= 1
    }
  }

  /** Holds all requests back for this many milliseconds. */
  pause(ms: number): void {
    this.#pausedUntil = Math.max(this.#pausedUntil, this.#clock.now() + ms)
  }

  /**
   * Takes note of a response that was served. Where it says that no more are served than are on their way, the others
   * wait until its window ends: returns for how many milliseconds.
   */
  recordServed(limit: RateLimit | undefined): number {
    this.#served += 1
    const factor = this.#served > 2 * this.#servedUntilRefusal ? recovery.fast : recovery.cautious
    this.#interval = Math.max(this.#agreedInterval, this.#interval * factor)
    if (!limit || limit.remaining > this.#inFlight || limit.resetMs > longestWindowMs) return 0
    // A deployment whose every response says that nothing remains, and that serves all the same, would stop the run.
    this.#smallWindows = this.#served - this.#servedBefore < fewServed ? this.#smallWindows + 1 : 0
    this.#servedBefore = this.#served
    if (this.#smallWindows > fewServed) return 0
    this.pause(limit.resetMs)
    return limit.resetMs
  }

  /** Slows down to what was served since the last refusal. `sentAt` and `waitMs` are of the request that was refused. */
  recordRefused(sentAt: number, waitMs: number): void {
    // Requests that were on their way together are refused together: one reason to slow down, not several.
    if (sentAt < this.#since) return
    const now = this.#clock.now()
    const isObserved = this.#served > 0 && (this.#served >= fewestObserved || this.#isSlowed)
    const interval = isObserved
      ? (now + waitMs - this.#since) / this.#served
      : Math.min(this.#interval * 2, longestGuessMs)
    this.#interval = Math.min(Math.max(interval, this.#interval), longestIntervalMs)
    this.#burst = 0
    this.#next = Math.max(this.#next, now)
    this.#since = now + waitMs
    this.#servedUntilRefusal = this.#served
    this.#served = 0
    this.#servedBefore = 0
  }

  get #isSlowed(): boolean {
    return this.#interval > this.#agreedInterval
  }

  /** Requests a second that can be expected from now on. */
  get rate(): number {
    return 1000 / this.#interval
  }
}
