import { type Clock, systemClock } from '../http/clock.ts'
import type { Throttling } from '../http/sender.ts'

/** What a check sends on average; only for an estimate. */
const requestsPerCheck = 3

/** Tells how long a run takes that its deployment slows down: once for each wait, however many requests wait. */
export class PaceNotice {
  readonly #tell: (text: string) => void
  readonly #clock: Clock
  #toldUntil = 0
  #checksLeft = 0

  constructor(tell: (text: string) => void, clock: Clock = systemClock) {
    this.#tell = tell
    this.#clock = clock
  }

  /** Call it as the run begins and as each check ends. */
  setChecksLeft(count: number): void {
    this.#checksLeft = count
  }

  /** Call it whenever the deployment makes the run wait. */
  show({ waitMs, rate }: Throttling): void {
    const now = this.#clock.now()
    if (now < this.#toldUntil) return
    this.#toldUntil = now + waitMs
    const left = this.#checksLeft * requestsPerCheck
    const seconds = waitMs / 1000 + left / rate
    this.#tell(
      `the deployment limits requests: waiting ${Math.ceil(waitMs / 1000)} s, then about ${describeRate(rate)}; about ${describeTime(seconds)} to go`,
    )
  }
}

const describeRate = (rate: number) =>
  rate >= 1
    ? `${Math.round(rate)} requests a second`
    : `${Math.max(Math.round(rate * 60), 1)} requests a minute`

const describeTime = (seconds: number) =>
  seconds < 90 ? `${Math.ceil(seconds)} s` : `${Math.round(seconds / 60)} min`
