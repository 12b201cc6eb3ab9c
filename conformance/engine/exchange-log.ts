import type { RecordedExchange } from '../results/evidence/evidence.ts'

/** The exchanges of one check, in the order in which its requests were sent. */
export class ExchangeLog {
  #exchanges: RecordedExchange[] = []

  /** Adds a request as it is sent. The function returned puts the finished exchange in its place. */
  add(sent: RecordedExchange): (finished: RecordedExchange) => void {
    const index = this.#exchanges.push(sent) - 1
    return (finished) => {
      this.#exchanges[index] = finished
    }
  }

  get exchanges(): RecordedExchange[] {
    return [...this.#exchanges]
  }
}
