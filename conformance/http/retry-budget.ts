import { SetupError } from '../catalogue/check.ts'
import type { ReceivedResponse } from './response.ts'
import type { Limits, PreparedRequest, RawExchange } from './transport.ts'

/** Longest wait that a 429 or 503 may ask for, how often one request is held back, and for how long all together. */
const maxWaitMs = 10_000
const maxWaits = 2
const maxWaitedMs = 60_000

/** So many answers that never came to an end are waited for in full; those after them for a fifteenth, if that is much. */
const mostUnfinished = 6
const part = 15
const leastMs = 2000
const leastBytes = 2 ** 20

/** How long a run bears with a deployment that does not answer, so that it ends however often that happens. */
export class RetryBudget {
  #limits: Limits
  #waitedMs = 0
  #unfinished = new Map<string, number>()

  constructor(limits: Limits) {
    this.#limits = limits
  }

  /** How long to wait before asking again. Throws SetupError where it is for too long, or once too often. */
  waitBeforeRetry(status: number, askedMs: number, waits: number): number {
    if (waits === maxWaits || askedMs > maxWaitMs || this.#waitedMs + askedMs > maxWaitedMs)
      throw new SetupError(
        `the deployment is busy: answered ${status} ${waits + 1} times; lower --rate or try later`,
      )
    this.#waitedMs += askedMs
    return askedMs
  }

  /** Lower limits for a request of a kind that was often left unanswered; undefined while there is patience. */
  limitsFor(prepared: PreparedRequest): Limits | undefined {
    if ((this.#unfinished.get(kindOf(prepared)) ?? 0) < mostUnfinished) return undefined
    const { timeoutMs, maxBytes } = this.#limits
    return {
      timeoutMs: Math.min(timeoutMs, Math.max(leastMs, timeoutMs / part)),
      maxBytes: Math.min(maxBytes, Math.max(leastBytes, maxBytes / part)),
    }
  }

  /** To be told of each answer that did not end within the limits. */
  recordUnfinished(prepared: PreparedRequest): void {
    const kind = kindOf(prepared)
    this.#unfinished.set(kind, (this.#unfinished.get(kind) ?? 0) + 1)
  }
}

/** A deployment may know nothing of one method and answer the others well. */
const kindOf = ({ method, onSharedConnection: isKept }: PreparedRequest) =>
  `${method}${isKept ? ', kept' : ''}`

/** Whether the limits ended an answer, and not the deployment. */
export function isUnfinished(response: ReceivedResponse | RawExchange): boolean {
  const end = 'bytes' in response ? response.end : response.truncated
  return end === 'timeout' || end === 'too large'
}
