import { NotStartedError, SetupError } from '../setup-error.ts'
import { type Clock, systemClock } from './clock.ts'
import { isWholeMessage, parseMessage, type RawResponse } from './message.ts'
import { readRateLimit, retryAfterMs } from './rate-limit-fields.ts'
import { RateLimiter } from './rate-limiter.ts'
import type { ReceivedResponse } from './response.ts'
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

export interface SenderOptions {
  limits: Limits
  /** Requests a second at most. */
  rate: number
  clock?: Clock | undefined
  /** Called where the deployment makes the run wait, or serves less than was agreed. */
  onThrottled?: ((throttling: Throttling) => void) | undefined
}

/** How a deployment slows a run down. */
export interface Throttling {
  waitMs: number
  /** Requests a second that it seems to serve. */
  rate: number
}

/** Shorter waits are not worth a word. */
const notableWaitMs = 3000

/** Sends requests no faster than agreed and than the deployment serves, and repeats them within the retry budget. */
export class Sender {
  readonly #transport: Transport
  readonly #rateLimiter: RateLimiter
  readonly #budget: RetryBudget
  readonly #clock: Clock
  readonly #onThrottled: SenderOptions['onThrottled']

  constructor(transport: Transport, { limits, rate, clock = systemClock, onThrottled }: SenderOptions) {
    this.#transport = transport
    this.#clock = clock
    this.#rateLimiter = new RateLimiter(rate, clock)
    this.#budget = new RetryBudget(limits, clock)
    this.#onThrottled = onThrottled
  }

  /**
   * Never rejects: an error is an outcome, so that the notes on what came before it are not lost. `controlOf` gives a
   * request without anything unusual, which shows whether a 429 or 503 is about this request or about all.
   */
  async send(
    channel: Channel,
    prepared: PreparedRequest,
    controlOf: () => PreparedRequest | undefined = () => undefined,
  ): Promise<SendOutcome> {
    const notes: string[] = []
    const note = (text: string) => void notes.push(text)
    if (prepared.onSharedConnection) note('over a connection that requests share')
    try {
      return { received: await this.#sendUntilServed(channel, prepared, controlOf, note), notes }
    } catch (error) {
      return { error, notes }
    }
  }

  /** Waits as the deployment demands (RFC 9110 §10.2.3, RFC 6585 §4). Any status but 429 and 503 is final. */
  async #sendUntilServed(
    channel: Channel,
    prepared: PreparedRequest,
    controlOf: () => PreparedRequest | undefined,
    note: Note,
  ): Promise<Received> {
    const servedBefore = this.#budget.served
    for (let waits = 0; ; waits++) {
      if (!this.#budget.takeAttempt())
        throw new SetupError(
          'the deployment is busy: it has answered nothing but 429 or 503 for minutes; try later',
        )
      const sentAt = this.#clock.now()
      const received = await this.#sendWithRetry(channel, prepared, note)
      const { response } = received
      if (isServed(response)) return received
      const { status } = response
      const toldMs = retryAfterMs(response, this.#clock.now())
      const refusal = { status, toldMs, waits, isContended: false }
      let waitMs = this.#budget.waitBeforeRetry(refusal)
      if (waitMs === undefined) {
        // A 429 with a wait that is too long says that later requests of this kind are served.
        const isTooLong = status === 429 && toldMs !== undefined && waits === 0
        const control = isTooLong ? undefined : controlOf()
        if (control && (await this.#isAlone(channel, prepared, control, note))) {
          note(`answered ${status} each time, while the member's request for the export was served`)
          this.#budget.recordOwnRefusal()
          return received
        }
        waitMs = this.#budget.waitBeforeRetry({ ...refusal, isContended: this.#budget.served > servedBefore })
        const isStarting = status === 503 && toldMs === undefined && this.#budget.served === 0
        if (waitMs === undefined)
          throw new (isStarting ? NotStartedError : SetupError)(
            `the deployment is busy: answered ${status} ${waits + 1} times${toldMs ? `, the last time for ${Math.ceil(toldMs / 1000)} s` : ''}; lower --rate or try later`,
          )
      }
      note(`answered ${status}, waited ${Math.round(waitMs)} ms`)
      await this.#wait(status, sentAt, waitMs, toldMs !== undefined)
    }
  }

  /** Whether this request alone is refused: twice the control is served, and the request is refused after it. */
  async #isAlone(
    channel: Channel,
    prepared: PreparedRequest,
    control: PreparedRequest,
    note: Note,
  ): Promise<boolean> {
    for (let tries = 0; tries < 2; tries++) {
      const { response } = await this.#sendWithRetry('client', control, note)
      if (!isServed(response)) {
        this.#rateLimiter.recordRefused(this.#clock.now(), 0)
        return false
      }
      if (isServed((await this.#sendWithRetry(channel, prepared, note)).response)) return false
    }
    return true
  }

  /** All requests wait where the deployment says how long, or that they are too many; else this one alone. */
  async #wait(status: number, sentAt: number, waitMs: number, isTold: boolean): Promise<void> {
    if (status === 429) this.#rateLimiter.recordRefused(sentAt, waitMs)
    if (isTold) this.#rateLimiter.pause(waitMs)
    if (status === 429 || isTold) this.#notify(waitMs)
    await this.#clock.sleep(waitMs)
  }

  #notify(waitMs: number): void {
    if (waitMs >= notableWaitMs) this.#onThrottled?.({ waitMs, rate: this.#rateLimiter.rate })
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
    const received = await this.#rateLimiter.run(() => this.#transmit(channel, prepared))
    if (isServed(received.response)) {
      this.#budget.recordServed()
      const limit = readRateLimit(received.response, this.#clock.now())
      this.#notify(this.#rateLimiter.recordServed(limit))
    }
    return received
  }

  async #transmit(channel: Channel, prepared: PreparedRequest): Promise<Received> {
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

const isServed = ({ status }: ReceivedResponse) => status !== 429 && status !== 503
