import { setTimeout as sleep } from 'node:timers/promises'
import { type CheckId, type Mutation, SetupError } from '../catalogue/check.ts'
import type { Keyring } from '../credentials/keyring.ts'
import type { Redactor } from '../credentials/redact.ts'
import { isWholeMessage, parseMessage, type RawResponse } from '../http/message.ts'
import type { RateLimiter } from '../http/rate-limiter.ts'
import { type RequestSpec, usagePath } from '../http/request.ts'
import { headerValue, type ReceivedResponse } from '../http/response.ts'
import { isUnfinished, RetryBudget } from '../http/retry-budget.ts'
import {
  type Carrier,
  type Limits,
  NoResponseError,
  type PreparedRequest,
  type RawExchange,
} from '../http/transport.ts'
import type { RecordedExchange } from '../results/evidence/evidence.ts'
import type { RunContext } from './context.ts'

/** The deployment as one check meets it. */
export interface Target {
  /** The answer as an ordinary client receives it. The same question is asked once in a run, unless it is `fresh`. */
  request(request?: RequestSpec): Promise<ReceivedResponse>
  /** The answer from a raw socket, with what an ordinary client hides or repairs. */
  requestRaw(request?: RequestSpec): Promise<RawResponse>
}

export interface DeploymentOptions {
  transport: Carrier
  /** With an optional path prefix; no trailing slash. */
  base: string
  workspace: string
  keyring: Keyring
  redactor: Redactor
  rateLimiter: RateLimiter
  limits: Limits
  /** `altostrat-contract/1.0.0`; each check's id is added to it. */
  userAgent: string
  /** Sent with every request, e.g. what a gateway in front asks for. */
  extraHeaders?: Record<string, string>
}

type Channel = 'ask' | 'wire'
type Sent = { channel: Channel; answer: ReceivedResponse | RawExchange }

/** A request of the run: every check that asks the same question shares it. */
interface Sending {
  /** From 1, in the order of sending. */
  number: number
  startedAt: Date
  notes: string[]
  sent: Promise<Sent>
  /** Every check that asked sees the same message. */
  parsed?: RawResponse
}

/** One deployment for one run: sends, paces, remembers, records. The only way from a check to the network. */
export class Deployment {
  #options: DeploymentOptions
  #answers = new Map<string, Sending>()
  #patience: RetryBudget
  #count = 0

  constructor(options: DeploymentOptions) {
    this.#options = options
    this.#patience = new RetryBudget(options.limits)
  }

  /** A view for one check: its name in the requests, its exchanges in `record`, its spoil over the answers. */
  viewFor(
    record: RecordedExchange[] = [],
    name?: CheckId,
    mutation?: { spoil: Mutation; facts: RunContext },
  ): Target {
    const respoken = (request: RequestSpec) => mutation?.spoil.request?.(request, mutation.facts) ?? request
    const spoiled = async <A extends ReceivedResponse>(response: A, request: RequestSpec): Promise<A> =>
      mutation?.spoil.response
        ? {
            ...response,
            ...(await mutation.spoil.response(structuredCloneAnswer(response), request, mutation.facts)),
          }
        : response
    const put = async (channel: Channel, request: RequestSpec) => {
      const acted = respoken(request)
      const prepared = this.#outgoing(acted, name)
      const exact =
        channel === 'wire' || acted.version !== undefined || isExactOnly(prepared.path, this.#options.base)
      const sending = this.#once(
        exact ? 'wire' : 'ask',
        prepared,
        acted.fresh === true || acted.onSharedConnection === true,
      )
      const { number, startedAt } = sending
      const url = new URL(this.#options.base).origin + prepared.path
      const entry: RecordedExchange = { number, startedAt, url, request: prepared, notes: [] }
      record.push(entry)
      try {
        let { answer: response } = await sending.sent
        entry.notes = [...sending.notes]
        if ('bytes' in response) {
          const { timing, end } = response
          const bytes = mutation?.spoil.raw?.(response.bytes, request)
          if (!bytes) sending.parsed ??= parseMessage(response.bytes, prepared.method, timing, end)
          response = bytes ? parseMessage(bytes, prepared.method, timing, end) : sending.parsed!
        }
        entry.response = await spoiled(response, request)
        return entry.response
      } catch (error) {
        entry.notes = [...sending.notes]
        if (error instanceof NoResponseError) entry.notes.push(`no answer: ${error.message}`)
        throw error
      }
    }
    return {
      request: (request = {}) => put('ask', request),
      requestRaw: (request = {}) => put('wire', request) as Promise<RawResponse>,
    }
  }

  #outgoing(request: RequestSpec, name?: CheckId): PreparedRequest {
    const { workspace, userAgent, extraHeaders: extraFields } = this.#options
    const prefix = new URL(this.#options.base).pathname.replace(/\/$/, '')
    const path = request.path ?? usagePath(request.workspace ?? workspace)
    const authorization = this.#authorization(request)
    return {
      method: request.method ?? 'GET',
      path: prefix + path + (request.query ? `?${request.query}` : ''),
      headers: {
        'User-Agent': name ? `${userAgent} ${name}` : userAgent,
        ...extraFields,
        ...(authorization !== undefined && { Authorization: authorization }),
        ...request.headers,
      },
      ...(request.version && { version: request.version }),
      ...(request.onSharedConnection && { onSharedConnection: true }),
    }
  }

  #authorization({ as = 'member' }: RequestSpec): string | string[] | undefined {
    if (as === 'nobody') return undefined
    if (typeof as === 'string') return `Bearer ${this.#options.keyring.token(as)}`
    for (const value of [as.authorization].flat()) {
      const token = value.replace(/^\S+ +/, '')
      // A word such as "undefined" is no secret, and stands in sentences of ours.
      if (!/^[a-z]*$/i.test(token))
        this.#options.redactor.learn(token, as.label.replaceAll(/\W+/g, '_').toUpperCase())
    }
    return as.authorization
  }

  #once(channel: Channel, prepared: PreparedRequest, isFresh: boolean): Sending {
    const { 'User-Agent': _, ...headers } = prepared.headers
    const key = JSON.stringify([channel, prepared.version, prepared.method, prepared.path, headers])
    const known = isFresh ? undefined : this.#answers.get(key)
    if (known) return known
    const notes = prepared.onSharedConnection ? ['over a connection that requests share'] : []
    const sending: Sending = {
      number: ++this.#count,
      startedAt: new Date(),
      notes,
      sent: this.#whenFree(channel, prepared, notes),
    }
    if (!isFresh) this.#answers.set(key, sending)
    return sending
  }

  /** Waits where the deployment asks for it (RFC 9110 §10.2.3); a verdict is never asked for twice. */
  async #whenFree(channel: Channel, prepared: PreparedRequest, notes: string[]): Promise<Sent> {
    for (let waits = 0; ; waits++) {
      const sent = await this.#withRetry(channel, prepared, notes)
      const response =
        'bytes' in sent.answer
          ? parseMessage(sent.answer.bytes, prepared.method, sent.answer.timing)
          : sent.answer
      if (response.status !== 429 && response.status !== 503) return sent
      const asked = retryAfterMs(headerValue(response, 'retry-after'))
      const wait = this.#patience.waitBeforeRetry(response.status, asked, waits)
      notes.push(`answered ${response.status}, waited ${wait} ms`)
      this.#options.rateLimiter.pause(wait)
      await sleep(wait)
    }
  }

  /** Repeats a request once where the connection failed, and says so. */
  async #withRetry(channel: Channel, prepared: PreparedRequest, notes: string[]): Promise<Sent> {
    try {
      return await this.#patiently(channel, prepared)
    } catch (error) {
      if (!(error instanceof NoResponseError) || error.code === 'ETIMEDOUT') throw error
      // Not HTTP for a strict parser: ours reads on, so that each check can judge its own statement.
      if (error.isMalformed) return await this.#patiently('wire', prepared)
      notes.push(`retried after: ${error.message}`)
      return await this.#patiently(channel, prepared)
    }
  }

  /** Waits for an answer as long as there is patience; of one that is not waited for in full nothing is said. */
  async #patiently(channel: Channel, prepared: PreparedRequest): Promise<Sent> {
    const limits = this.#patience.limitsFor(prepared)
    try {
      const sent = await this.#send(channel, { ...prepared, ...(limits && { limits }) })
      if (!isUnfinished(sent.answer)) return sent
      this.#patience.recordUnfinished(prepared)
      if (!limits) return sent
    } catch (error) {
      if (!(error instanceof NoResponseError) || error.code !== 'ETIMEDOUT') throw error
      this.#patience.recordUnfinished(prepared)
      if (!limits) throw error
    }
    throw new SetupError(
      'too many answers did not end within the limits: this one was waited for no longer than it takes to tell',
    )
  }

  async #send(channel: Channel, prepared: PreparedRequest): Promise<Sent> {
    const { transport, rateLimiter } = this.#options
    await rateLimiter.acquire()
    if (channel === 'ask') return { channel, answer: await transport.request(prepared) }
    const isComplete = (bytes: Buffer) => isWholeMessage(bytes, prepared.method)
    const headers = { 'Accept-Encoding': 'identity', ...prepared.headers }
    return { channel, answer: await transport.requestRaw({ ...prepared, headers }, isComplete) }
  }
}

/** Whether an ordinary client would rewrite this path (dot segments, control characters) instead of sending it. */
function isExactOnly(path: string, base: string): boolean {
  const { origin } = new URL(base)
  const url = new URL(origin + path)
  return url.pathname + url.search !== path
}

function retryAfterMs(value: string | undefined): number {
  if (value === undefined) return 1000
  if (/^\d+$/.test(value)) return Number(value) * 1000
  const date = Date.parse(value)
  return Number.isNaN(date) ? 1000 : Math.max(date - Date.now(), 0)
}

/** A copy that may be changed; structuredClone would turn the Buffer into a plain Uint8Array. */
function structuredCloneAnswer<A extends ReceivedResponse>(response: A): A {
  const { body, ...rest } = response
  return { ...structuredClone(rest), body: Buffer.from(body) } as A
}
