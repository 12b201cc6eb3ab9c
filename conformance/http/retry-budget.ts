import { SetupError } from '../setup-error.ts'
import type { ReceivedResponse } from './response.ts'
import type { Limits, PreparedRequest, RawExchange } from './transport.ts'

/** The longest wait that a 429 or 503 may demand, the waits of one request, and all waits of a run together. */
const maxWaitMs = 10_000
const maxWaits = 2
const maxWaitedMs = 60_000

/** After 6 timeouts, limits drop to 1/15 (at least 2 s and 1 MiB). */
const maxUnfinished = 6
const reduction = 15
const minTimeoutMs = 2000
const minBytes = 2 ** 20

/** How long a run waits for a deployment that does not answer, so that the run ends however often that happens. */
export class RetryBudget {
  #limits: Limits
  #waitedMs = 0
  #unfinished = new Map<string, number>()

  constructor(limits: Limits) {
    this.#limits = limits
  }

  /** Milliseconds to wait before the next attempt. Throws SetupError where that is too long, or one wait too many. */
  waitBeforeRetry(status: number, demandedMs: number, waits: number): number {
    if (waits === maxWaits || demandedMs > maxWaitMs || this.#waitedMs + demandedMs > maxWaitedMs)
      throw new SetupError(
        `the deployment is busy: answered ${status} ${waits + 1} times; lower --rate or try later`,
      )
    this.#waitedMs += demandedMs
    return demandedMs
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
