import { setTimeout as sleep } from 'node:timers/promises'
import { type CheckId, SetupError, type Spoil } from '../catalogue/check.ts'
import type { Keyring } from '../credentials/keyring.ts'
import type { Redactor } from '../credentials/redact.ts'
import { isWholeMessage, parseMessage, type WireAnswer } from '../http/message.ts'
import type { Pace } from '../http/rate-limiter.ts'
import { type Question, usagePath } from '../http/request.ts'
import { type Answer, fieldValue } from '../http/response.ts'
import { isUnfinished, Patience } from '../http/retry-budget.ts'
import { type Carrier, type Exchange, type Limits, NoAnswer, type Outgoing } from '../http/transport.ts'
import type { RecordedExchange } from '../results/evidence/evidence.ts'
import type { Facts } from './context.ts'

/** The deployment as one check meets it. */
export interface Target {
  /** The answer as an ordinary client receives it. The same question is asked once in a run, unless it is `fresh`. */
  ask(question?: Question): Promise<Answer>
  /** The answer from a raw socket, with what an ordinary client hides or repairs. */
  wire(question?: Question): Promise<WireAnswer>
}

export interface DeploymentOptions {
  carrier: Carrier
  /** With an optional path prefix; no trailing slash. */
  base: string
  workspace: string
  keyring: Keyring
  redactor: Redactor
  pace: Pace
  limits: Limits
  /** `altostrat-contract/1.0.0`; each check's id is added to it. */
  userAgent: string
  /** Sent with every request, e.g. what a gateway in front asks for. */
  extraFields?: Record<string, string>
}

type Channel = 'ask' | 'wire'
type Sent = { channel: Channel; answer: Answer | Exchange }

/** A request of the run: every check that asks the same question shares it. */
interface Sending {
  /** From 1, in the order of sending. */
  number: number
  startedAt: Date
  notes: string[]
  sent: Promise<Sent>
  /** Every check that asked sees the same message. */
  parsed?: WireAnswer
}

/** One deployment for one run: sends, paces, remembers, records. The only way from a check to the network. */
export class Deployment {
  #options: DeploymentOptions
  #answers = new Map<string, Sending>()
  #patience: Patience
  #count = 0

  constructor(options: DeploymentOptions) {
    this.#options = options
    this.#patience = new Patience(options.limits)
  }

  /** A view for one check: its name in the requests, its exchanges in `record`, its spoil over the answers. */
  view(record: RecordedExchange[] = [], name?: CheckId, spoil?: { spoil: Spoil; facts: Facts }): Target {
    const respoken = (question: Question) => spoil?.spoil.question?.(question, spoil.facts) ?? question
    const spoiled = async <A extends Answer>(answer: A, question: Question): Promise<A> =>
      spoil?.spoil.answer
        ? { ...answer, ...(await spoil.spoil.answer(structuredCloneAnswer(answer), question, spoil.facts)) }
        : answer
    const put = async (channel: Channel, question: Question) => {
      const acted = respoken(question)
      const outgoing = this.#outgoing(acted, name)
      const exact =
        channel === 'wire' || acted.version !== undefined || isExactOnly(outgoing.path, this.#options.base)
      const sending = this.#once(
        exact ? 'wire' : 'ask',
        outgoing,
        acted.fresh === true || acted.isKept === true,
      )
      const { number, startedAt } = sending
      const url = new URL(this.#options.base).origin + outgoing.path
      const entry: RecordedExchange = { number, startedAt, url, outgoing, notes: [] }
      record.push(entry)
      try {
        let { answer } = await sending.sent
        entry.notes = [...sending.notes]
        if ('bytes' in answer) {
          const { timing, end } = answer
          const bytes = spoil?.spoil.raw?.(answer.bytes, question)
          if (!bytes) sending.parsed ??= parseMessage(answer.bytes, outgoing.method, timing, end)
          answer = bytes ? parseMessage(bytes, outgoing.method, timing, end) : sending.parsed!
        }
        entry.answer = await spoiled(answer, question)
        return entry.answer
      } catch (error) {
        entry.notes = [...sending.notes]
        if (error instanceof NoAnswer) entry.notes.push(`no answer: ${error.message}`)
        throw error
      }
    }
    return {
      ask: (question = {}) => put('ask', question),
      wire: (question = {}) => put('wire', question) as Promise<WireAnswer>,
    }
  }

  #outgoing(question: Question, name?: CheckId): Outgoing {
    const { workspace, userAgent, extraFields } = this.#options
    const prefix = new URL(this.#options.base).pathname.replace(/\/$/, '')
    const path = question.path ?? usagePath(question.workspace ?? workspace)
    const authorization = this.#authorization(question)
    return {
      method: question.method ?? 'GET',
      path: prefix + path + (question.query ? `?${question.query}` : ''),
      fields: {
        'User-Agent': name ? `${userAgent} ${name}` : userAgent,
        ...extraFields,
        ...(authorization !== undefined && { Authorization: authorization }),
        ...question.headers,
      },
      ...(question.version && { version: question.version }),
      ...(question.isKept && { isKept: true }),
    }
  }

  #authorization({ as = 'member' }: Question): string | string[] | undefined {
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

  #once(channel: Channel, outgoing: Outgoing, isFresh: boolean): Sending {
    const { 'User-Agent': _, ...fields } = outgoing.fields
    const key = JSON.stringify([channel, outgoing.version, outgoing.method, outgoing.path, fields])
    const known = isFresh ? undefined : this.#answers.get(key)
    if (known) return known
    const notes = outgoing.isKept ? ['over a connection that requests share'] : []
    const sending: Sending = {
      number: ++this.#count,
      startedAt: new Date(),
      notes,
      sent: this.#whenFree(channel, outgoing, notes),
    }
    if (!isFresh) this.#answers.set(key, sending)
    return sending
  }

  /** Waits where the deployment asks for it (RFC 9110 §10.2.3); a verdict is never asked for twice. */
  async #whenFree(channel: Channel, outgoing: Outgoing, notes: string[]): Promise<Sent> {
    for (let waits = 0; ; waits++) {
      const sent = await this.#withRetry(channel, outgoing, notes)
      const answer =
        'bytes' in sent.answer
          ? parseMessage(sent.answer.bytes, outgoing.method, sent.answer.timing)
          : sent.answer
      if (answer.status !== 429 && answer.status !== 503) return sent
      const asked = retryAfterMs(fieldValue(answer, 'retry-after'))
      const wait = this.#patience.wait(answer.status, asked, waits)
      notes.push(`answered ${answer.status}, waited ${wait} ms`)
      this.#options.pace.pause(wait)
      await sleep(wait)
    }
  }

  /** Repeats a request once where the connection failed, and says so. */
  async #withRetry(channel: Channel, outgoing: Outgoing, notes: string[]): Promise<Sent> {
    try {
      return await this.#patiently(channel, outgoing)
    } catch (error) {
      if (!(error instanceof NoAnswer) || error.code === 'ETIMEDOUT') throw error
      // Not HTTP for a strict parser: ours reads on, so that each check can judge its own statement.
      if (error.isMalformed) return await this.#patiently('wire', outgoing)
      notes.push(`retried after: ${error.message}`)
      return await this.#patiently(channel, outgoing)
    }
  }

  /** Waits for an answer as long as there is patience; of one that is not waited for in full nothing is said. */
  async #patiently(channel: Channel, outgoing: Outgoing): Promise<Sent> {
    const limits = this.#patience.limitsFor(outgoing)
    try {
      const sent = await this.#send(channel, { ...outgoing, ...(limits && { limits }) })
      if (!isUnfinished(sent.answer)) return sent
      this.#patience.lose(outgoing)
      if (!limits) return sent
    } catch (error) {
      if (!(error instanceof NoAnswer) || error.code !== 'ETIMEDOUT') throw error
      this.#patience.lose(outgoing)
      if (!limits) throw error
    }
    throw new SetupError(
      'too many answers did not end within the limits: this one was waited for no longer than it takes to tell',
    )
  }

  async #send(channel: Channel, outgoing: Outgoing): Promise<Sent> {
    const { carrier, pace } = this.#options
    await pace.turn()
    if (channel === 'ask') return { channel, answer: await carrier.ask(outgoing) }
    const isComplete = (bytes: Buffer) => isWholeMessage(bytes, outgoing.method)
    const fields = { 'Accept-Encoding': 'identity', ...outgoing.fields }
    return { channel, answer: await carrier.exchange({ ...outgoing, fields }, isComplete) }
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
function structuredCloneAnswer<A extends Answer>(answer: A): A {
  const { body, ...rest } = answer
  return { ...structuredClone(rest), body: Buffer.from(body) } as A
}
