import type { ReceivedResponse } from '../http/response.ts'
import type { RecordedExchange } from '../results/evidence/evidence.ts'

/** The exchanges of one check, in the order in which its requests were sent. */
export class ExchangeLog {
  #exchanges: RecordedExchange[] = []
  #onExchange: (exchange: RecordedExchange, isRead: boolean) => void
  #lookedAt: number | undefined

  /** `onExchange` is called as a request is sent, and before its response is looked into for the first time. */
  constructor(onExchange: (exchange: RecordedExchange, isRead: boolean) => void = () => {}) {
    this.#onExchange = onExchange
  }

  /**
   * Adds a request as it is sent. The function returned puts the finished exchange in its place, and gives its response
   * back as the check is to read it.
   */
  add(sent: RecordedExchange): (finished: RecordedExchange) => ReceivedResponse | undefined {
    const index = this.#exchanges.push(sent) - 1
    this.#onExchange(sent, false)
    return (finished) => {
      this.#exchanges[index] = finished
      return finished.response && this.#watch(finished.response, index)
    }
  }

  /** Adds an exchange of another check as the one that this check looked into last. */
  cite(exchange: RecordedExchange): void {
    this.#lookedAt = this.#exchanges.push(exchange) - 1
  }

  /**
   * Notices when a response is looked into for the first time. The last one before a check fails shows the fault: of
   * several requests sent at once, that need not be the last one.
   */
  #watch(response: ReceivedResponse, index: number): ReceivedResponse {
    let isUnread = true
    return new Proxy(response, {
      get: (read, name, receiver) => {
        // To await a value is to ask it for `then`.
        if (name !== 'then' && isUnread) {
          this.#lookedAt = index
          isUnread = false
          this.#onExchange(this.#exchanges[index]!, true)
        }
        return Reflect.get(read, name, receiver)
      },
    })
  }

  get exchanges(): RecordedExchange[] {
    return [...this.#exchanges]
  }

  /** The index of the exchange that the check looked into last, for the first time; of the last one where it did not. */
  get lookedAt(): number {
    return this.#lookedAt ?? this.#exchanges.length - 1
  }
}
