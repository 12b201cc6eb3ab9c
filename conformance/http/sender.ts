import { setTimeout as sleep } from 'node:timers/promises'
import { SetupError } from '../setup-error.ts'
import { isWholeMessage, parseMessage, type RawResponse } from './message.ts'
import type { RateLimiter } from './rate-limiter.ts'
import { headerValue, type ReceivedResponse } from './response.ts'
import { isUnfinished, RetryBudget } from './retry-budget.ts'
import {
  type Limits,
  NoResponseError,
  type PreparedRequest,
  type RawExchange,
  type Transport,
} from './transport.ts'

/** How a request travels: with an ordinary client, or byte for byte over a socket of its own. */
export type Channel = 'client' | 'raw'

/** A response, and the bytes that it was parsed from where it came over a raw socket. */
export type Received =
  | { response: ReceivedResponse; raw?: undefined }
  | { response: RawResponse; raw: RawExchange }

/** How sending ended; `notes` say what happened on the way: a retry, a wait. */
export type SendOutcome = { notes: string[] } & ({ received: Received } | { error: unknown })

/** Sends requests at the agreed rate, and repeats them within the retry budget. */
export class Sender {
  #transport: Transport
  #rateLimiter: RateLimiter
  #budget: RetryBudget

  constructor(transport: Transport, rateLimiter: RateLimiter, limits: Limits) {
    this.#transport = transport
    this.#rateLimiter = rateLimiter
    this.#budget = new RetryBudget(limits)
  }

  /** Never rejects: an error is an outcome, so that the notes on what came before it are not lost. */
  async send(channel: Channel, prepared: PreparedRequest): Promise<SendOutcome> {
    const notes: string[] = []
    const note = (text: string) => void notes.push(text)
    if (prepared.onSharedConnection) note('over a connection that requests share')
    try {
      return { received: await this.#sendUntilFree(channel, prepared, note), notes }
    } catch (error) {
      return { error, notes }
    }
  }

  /** Waits as long as the deployment demands (RFC 9110 §10.2.3). Any other status is final. */
  async #sendUntilFree(channel: Channel, prepared: PreparedRequest, note: Note): Promise<Received> {
    for (let waits = 0; ; waits++) {
      const received = await this.#sendWithRetry(channel, prepared, note)
      const { status } = received.response
      if (status !== 429 && status !== 503) return received
      const demandedMs = retryAfterMs(headerValue(received.response, 'retry-after'))
      const wait = this.#budget.waitBeforeRetry(status, demandedMs, waits)
      note(`answered ${status}, waited ${wait} ms`)
      this.#rateLimiter.pause(wait)
      await sleep(wait)
    }
  }

  /** Repeats a request once where the connection failed. */
  async #sendWithRetry(channel: Channel, prepared: PreparedRequest, note: Note): Promise<Received> {
    try {
      return await this.#sendWithinBudget(channel, prepared)
    } catch (error) {
      if (!(error instanceof NoResponseError) || error.code === 'ETIMEDOUT') throw error
      // No HTTP for Node's strict parser. Ours reads on, so that each check can judge its own statement.
      if (error.isMalformed) return await this.#sendWithinBudget('raw', prepared)
      note(`retried after: ${error.message}`)
      return await this.#sendWithinBudget(channel, prepared)
    }
  }

  /** Applies lower limits after several timeouts; a response that they cut off says nothing about the deployment. */
  async #sendWithinBudget(channel: Channel, prepared: PreparedRequest): Promise<Received> {
    const limits = this.#budget.limitsFor(prepared)
    try {
      const received = await this.#sendOnce(channel, { ...prepared, ...(limits && { limits }) })
      if (!isUnfinished(received.raw ?? received.response)) return received
      this.#budget.recordUnfinished(prepared)
      if (!limits) return received
    } catch (error) {
      if (!(error instanceof NoResponseError) || error.code !== 'ETIMEDOUT') throw error
      this.#budget.recordUnfinished(prepared)
      if (!limits) throw error
    }
    throw new SetupError(
      'too many answers did not end within the limits, so this one was given less time and not judged: raise limits.timeoutMs and limits.maxBytes, or find out why the deployment is slow',
    )
  }

  async #sendOnce(channel: Channel, prepared: PreparedRequest): Promise<Received> {
    await this.#rateLimiter.acquire()
    if (channel === 'client') return { response: await this.#transport.request(prepared) }
    const { method } = prepared
    const headers = { 'Accept-Encoding': 'identity', ...prepared.headers }
    const raw = await this.#transport.requestRaw({ ...prepared, headers }, (bytes) =>
      isWholeMessage(bytes, method),
    )
    return { response: parseMessage(raw.bytes, method, raw.timing, raw.end), raw }
  }
}

type Note = (text: string) => void

/** One second where the header is missing or cannot be read. */
function retryAfterMs(value: string | undefined): number {
  if (value === undefined) return 1000
  if (/^\d+$/.test(value)) return Number(value) * 1000
  const date = Date.parse(value)
  return Number.isNaN(date) ? 1000 : Math.max(date - Date.now(), 0)
}
