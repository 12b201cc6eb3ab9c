import type { Clock } from './clock.ts'
import type { HeaderField, ReceivedResponse } from './response.ts'
import type { PreparedRequest, RawExchange, Transport } from './transport.ts'

/** What a rate limiter decides about a request: serve it or not, and what it adds to the response. */
export type Limiter = (
  prepared: PreparedRequest,
  now: number,
) => { status?: 429 | 503; headers: HeaderField[] }

/** A deployment behind a rate limiter, and how often that refused. */
export class ThrottledTransport implements Transport {
  refused = 0
  served = 0
  readonly #clock: Clock
  readonly #limiter: Limiter
  readonly #behind: Transport

  constructor(clock: Clock, limiter: Limiter, behind: Transport = plain) {
    this.#clock = clock
    this.#limiter = limiter
    this.#behind = behind
  }

  async request(prepared: PreparedRequest): Promise<ReceivedResponse> {
    const { status, headers } = this.#decide(prepared)
    if (status) return { ...empty, status, headers }
    const response = await this.#behind.request(prepared)
    return { ...response, headers: [...response.headers, ...headers] }
  }

  async requestRaw(prepared: PreparedRequest, isComplete: (bytes: Buffer) => boolean): Promise<RawExchange> {
    const { status, headers } = this.#decide(prepared)
    if (!status) return this.#behind.requestRaw(prepared, isComplete)
    const fields = headers.map(([name, value]) => `${name}: ${value}\r\n`).join('')
    const bytes = Buffer.from(`HTTP/1.1 ${status} Busy\r\nContent-Length: 0\r\n${fields}\r\n`)
    return { bytes, timing: empty.timing }
  }

  #decide(prepared: PreparedRequest) {
    const decision = this.#limiter(prepared, this.#clock.now())
    if (decision.status) this.refused += 1
    else this.served += 1
    return decision
  }
}

const empty = {
  status: 200,
  headers: [],
  body: Buffer.alloc(0),
  informational: [],
  timing: { head: 0, total: 0 },
}

const plain: Transport = {
  request: async () => empty,
  requestRaw: async () => ({
    bytes: Buffer.from('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n'),
    timing: empty.timing,
  }),
}

/** So many requests in each window of time. `describe` writes the fields; remaining and seconds are as of now. */
export function fixedWindow(
  limit: number,
  windowMs: number,
  describe: (remaining: number, resetS: number, isRefused: boolean, now: number) => HeaderField[] = () => [],
  status: 429 | 503 = 429,
): Limiter {
  let start = Number.NEGATIVE_INFINITY
  let count = 0
  return (_, now) => {
    if (now >= start + windowMs) [start, count] = [now, 0]
    count += 1
    const isRefused = count > limit
    const headers = describe(
      Math.max(limit - count, 0),
      Math.ceil((start + windowMs - now) / 1000),
      isRefused,
      now,
    )
    return isRefused ? { status, headers } : { headers }
  }
}

/** One request each interval, a few at once: nginx's limit_req and its like. */
export function leakyBucket(
  intervalMs: number,
  burst: number,
  status: 429 | 503,
  headers: HeaderField[] = [],
): Limiter {
  let level = 0
  let before = 0
  return (_, now) => {
    level = Math.max(level - (now - before) / intervalMs, 0)
    before = now
    if (level > burst) return { status, headers }
    level += 1
    return { headers: [] }
  }
}
