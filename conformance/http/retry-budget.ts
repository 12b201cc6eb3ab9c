import { type Clock, systemClock } from './clock.ts'
import type { ReceivedResponse } from './response.ts'
import type { Limits, PreparedRequest, RawExchange } from './transport.ts'

/** The longest wait that a response may demand, and all waits of a run together. */
const maxWaitMs = 120_000
const maxWaitedMs = 3_600_000
/** How long nothing may be served before refusals count as final, and how often it is then tried again. */
const maxStalledMs = 180_000
const probeIntervalMs = 10_000

/** How often a request waits as it is told, before it is compared with others. */
const toldWaits = 2
/** Waits without being told, each twice as long as the one before, from a second: 3 s for a 503, 63 s for a 429. */
const untoldWaits: Record<number, number> = { 429: 6, 503: 2 }
/** The most waits of one request while others are served. */
const maxWaits = 20
/** After so many requests whose answer is a 429 or 503 of their own, no more time is spent on the next one. */
const maxOwnRefusals = 3

/** After 6 timeouts, limits drop to 1/15 (at least 2 s and 1 MiB). */
const maxUnfinished = 6
const reduction = 15
const minTimeoutMs = 2000
const minBytes = 2 ** 20

/** A 429 or 503, and what is known of the request that it answers. */
export interface Refusal {
  status: number
  toldMs: number | undefined
  waits: number
  isContended: boolean
}

/** How long a run waits for a deployment that does not answer, so that the run ends however often that happens. */
export class RetryBudget {
  readonly #limits: Limits
  readonly #clock: Clock
  #unfinished = new Map<string, number>()
  #waitedMs = 0
  #waitedUntil = 0
  #served = 0
  #lastServedAt: number
  #nextProbeAt = 0
  #ownRefusals = 0

  constructor(limits: Limits, clock: Clock = systemClock) {
    this.#limits = limits
    this.#clock = clock
    this.#lastServedAt = clock.now()
  }

  /** How many responses were neither 429 nor 503 so far. */
  get served(): number {
    return this.#served
  }

  recordServed(): void {
    this.#served += 1
    this.#lastServedAt = this.#clock.now()
  }

  /** Takes leave to send a request: false where nothing was served for minutes, but for one in ten seconds. */
  takeAttempt(): boolean {
    const now = this.#clock.now()
    if (this.#isStalled(now) && now < this.#nextProbeAt) return false
    this.#nextProbeAt = now + probeIntervalMs
    return true
  }

  #isStalled(now: number): boolean {
    return now - this.#lastServedAt > maxStalledMs
  }

  /** Counts a request that is answered 429 or 503 each time, while others are served. */
  recordOwnRefusal(): void {
    this.#ownRefusals += 1
  }

  /**
   * Milliseconds to wait before the request is repeated; undefined where waiting is over. `toldMs`: what the response
   * demands; `waits`: how often the request has waited; `isContended`: whether requests like it are served at times.
   */
  waitBeforeRetry({ status, toldMs, waits, isContended }: Refusal): number | undefined {
    const now = this.#clock.now()
    const isKnown = this.#ownRefusals >= maxOwnRefusals && toldMs === undefined
    const planned = toldMs === undefined ? (untoldWaits[status] ?? 0) : toldWaits
    const wait = toldMs ?? Math.min(1000 * 2 ** waits, 32_000)
    const isOver =
      isKnown ||
      waits >= (isContended ? maxWaits : planned) ||
      wait > maxWaitMs ||
      this.#isStalled(now) ||
      this.#waitedMs + wait > maxWaitedMs
    if (isOver) return undefined
    // Requests that wait at the same time wait once.
    this.#waitedMs += Math.max(now + wait - Math.max(now, this.#waitedUntil), 0)
    this.#waitedUntil = Math.max(this.#waitedUntil, now + wait)
    return wait
  }

  /** Lower limits for a kind of request that timed out often; undefined while the usual ones apply. */
  limitsFor(prepared: PreparedRequest): Limits | undefined {
    if ((this.#unfinished.get(kindOf(prepared)) ?? 0) < maxUnfinished) return undefined
    const { timeoutMs, maxBytes } = this.#limits
    return {
      timeoutMs: Math.min(timeoutMs, Math.max(minTimeoutMs, timeoutMs / reduction)),
      maxBytes: Math.min(maxBytes, Math.max(minBytes, maxBytes / reduction)),
    }
  }

  /** Counts a response that did not end within the limits. */
  recordUnfinished(prepared: PreparedRequest): void {
    const kind = kindOf(prepared)
    this.#unfinished.set(kind, (this.#unfinished.get(kind) ?? 0) + 1)
  }
}

/** A deployment may hang for one method and respond to the others. */
const kindOf = ({ method, onSharedConnection: isKept }: PreparedRequest) =>
  `${method}${isKept ? ', kept' : ''}`

/** Whether the limits ended a response, and not the deployment. */
export function isUnfinished(response: ReceivedResponse | RawExchange): boolean {
  const end = 'bytes' in response ? response.end : response.truncated
  return end === 'timeout' || end === 'too large'
}
