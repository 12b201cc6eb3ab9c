import { isDeepStrictEqual } from 'node:util'
import type { CheckId } from '../catalogue/check.ts'
import { BodyStore } from '../http/body-store.ts'
import type { RawResponse } from '../http/message.ts'
import type { RequestSpec } from '../http/request.ts'
import type { ReceivedResponse } from '../http/response.ts'
import type { Channel, Received, Sender, SendOutcome } from '../http/sender.ts'
import { NoResponseError, type PreparedRequest } from '../http/transport.ts'
import type { RecordedExchange } from '../results/evidence/evidence.ts'
import { ExchangeLog } from './exchange-log.ts'
import { type AppliedMutation, mutateRequest, mutateResponse } from './mutate.ts'
import { assertSendable, prepareRequest, type RequestDefaults } from './prepare-request.ts'
import type { AnsweredRequest, Target } from './target.ts'

/** For whom a {@link Target} is made. */
export interface View {
  /** Named in the `User-Agent` of its requests. */
  check?: CheckId
  /** Receives the exchanges. */
  log?: ExchangeLog
  /** Laid over the requests and responses. */
  mutation?: AppliedMutation | undefined
}

/** A request of the run, shared by all checks that need the same one. */
interface SharedRequest {
  /** From 1, in the order of sending. */
  number: number
  startedAt: Date
  outcome: Promise<SendOutcome>
}

/** One deployment for one run, and the only way from a check to the network. */
export class Deployment implements Disposable {
  #defaults: RequestDefaults
  #sender: Sender
  #bodies = new BodyStore()
  #shared = new Map<string, SharedRequest>()
  /** The answered requests of the run by their number, in the order of sending; no mutation is applied to them. */
  #answered = new Map<number, RecordedExchange>()
  #count = 0

  constructor(defaults: RequestDefaults, sender: Sender) {
    this.#defaults = defaults
    this.#sender = sender
  }

  /** Whether its responses are so large that checks should run one at a time. */
  get hasLargeResponses(): boolean {
    return this.#bodies.hasLarge
  }

  /** The deployment as one check sees it. */
  viewFor({ log = new ExchangeLog(), ...rest }: View = {}): Target {
    const view = { ...rest, log }
    return {
      request: (request = {}) => this.#exchange('client', request, view),
      // What is sent raw is parsed by our own parser, which returns this type.
      requestRaw: (request = {}) => this.#exchange('raw', request, view) as Promise<RawResponse>,
      findInRun: (find) => this.#findInRun(find, log),
    }
  }

  /** Sends anew what was sent before when it is asked for the next time. */
  forgetAnswers(): void {
    this.#shared.clear()
  }

  /** From the request of a check to the response that it sees, the exchange written to the log. */
  async #exchange(
    channel: Channel,
    request: RequestSpec,
    { check, log, mutation }: View & { log: ExchangeLog },
  ): Promise<ReceivedResponse> {
    const mutated = mutateRequest(request, mutation)
    const prepared = prepareRequest(mutated, this.#defaults, check)
    const { base } = this.#defaults
    const isRaw =
      channel === 'raw' || mutated.version !== undefined || isRewrittenByClients(prepared.path, base)
    if (!isRaw) assertSendable(prepared)
    const isFresh = mutated.fresh === true || mutated.onSharedConnection === true
    const { number, startedAt, outcome } = this.#send(isRaw ? 'raw' : 'client', prepared, isFresh, check)

    const url = new URL(base).origin + prepared.path
    const sent = { number, startedAt, url, spec: request, request: prepared, notes: [] }
    const finish = log.add(sent)
    const ended = await outcome
    if ('error' in ended) {
      const { error, notes } = ended
      finish({
        ...sent,
        notes: error instanceof NoResponseError ? [...notes, `no answer: ${error.message}`] : notes,
      })
      throw error
    }
    if (!this.#answered.has(number))
      this.#answered.set(number, { ...sent, notes: ended.notes, response: ended.received.response })
    const response = await mutateResponse(ended.received, request, prepared.method, mutation)
    return finish({ ...sent, notes: ended.notes, response }) ?? response
  }

  /** Looks at the exchanges of the log first, as the check sees them, and then at those of other checks. */
  #findInRun(find: (answered: AnsweredRequest) => string | undefined, log: ExchangeLog): string | undefined {
    const own = log.exchanges
    const ownNumbers = new Set(own.map(({ number }) => number))
    const others = [...this.#answered.values()].filter(({ number }) => !ownNumbers.has(number))
    for (const exchange of [...own, ...others.sort((one, two) => one.number - two.number)]) {
      const { request, spec, response } = exchange
      const found = response && find({ method: request.method, path: request.path, spec, response })
      if (found === undefined) continue
      log.cite(exchange)
      return found
    }
    return undefined
  }

  /** Sends the request, or returns the same one that was sent before, unless it must be fresh. */
  #send(
    channel: Channel,
    prepared: PreparedRequest,
    isFresh: boolean,
    check: CheckId | undefined,
  ): SharedRequest {
    const key = JSON.stringify([channel, this.#contentOf(prepared)])
    const known = isFresh ? undefined : this.#shared.get(key)
    if (known) return known
    const outcome = this.#sender
      .send(channel, prepared, () => this.#controlFor(prepared, check))
      .then((ended) => this.#keep(ended))
    const request: SharedRequest = { number: ++this.#count, startedAt: new Date(), outcome }
    if (!isFresh) this.#shared.set(key, request)
    return request
  }

  /** The outcome with its bytes in the store of the run. */
  #keep(ended: SendOutcome): SendOutcome {
    if ('error' in ended) return ended
    const { received, notes } = ended
    try {
      return {
        notes,
        received: received.raw ? this.#keepRaw(received) : { response: this.#bodies.keep(received.response) },
      }
    } catch (error) {
      return { notes, error }
    }
  }

  #keepRaw({ response, raw }: Extract<Received, { raw: object }>): Received {
    return { response: this.#bodies.keep(response), raw: this.#bodies.keep(raw) }
  }

  /** Removes what the run kept of the responses. */
  [Symbol.dispose](): void {
    this.#bodies[Symbol.dispose]()
  }

  /** What distinguishes a request from others: all but the check that it is sent for, which our `User-Agent` names. */
  #contentOf({ version, method, path, headers: { 'User-Agent': agent, ...headers } }: PreparedRequest) {
    const isOurs = String(agent).startsWith(this.#defaults.userAgent)
    return [version, method, path, headers, isOurs ? undefined : agent]
  }

  /** The member's plain request for the export; undefined where the request is that one, or there is no token. */
  #controlFor(prepared: PreparedRequest, check: CheckId | undefined): PreparedRequest | undefined {
    if (!this.#defaults.keyring.holds('member')) return undefined
    const control = prepareRequest({}, this.#defaults, check)
    return isDeepStrictEqual(this.#contentOf(control), this.#contentOf(prepared)) ? undefined : control
  }
}

/** Whether an ordinary client would normalize this path (dot segments, control characters) before sending it. */
function isRewrittenByClients(path: string, base: string): boolean {
  const url = new URL(new URL(base).origin + path)
  return url.pathname + url.search !== path
}
