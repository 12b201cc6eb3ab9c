import { headerValue, type ReceivedResponse } from './response.ts'

/** What a response says about how many more requests are served. */
export interface RateLimit {
  /** Requests left in the current window. */
  remaining: number
  /** Until the window ends. */
  resetMs: number
}

type Headers = Pick<ReceivedResponse, 'headers'>

/** Numbers above these are instants (seconds, milliseconds since 1970), those below them a duration in seconds. */
const leastEpochSeconds = 1e9
const leastEpochMs = 1e11

/** How long a 429 or 503 tells clients to wait (RFC 9110 §10.2.3), in milliseconds; undefined where it does not. */
export function retryAfterMs(response: Headers, now: number): number | undefined {
  const value = headerValue(response, 'retry-after')
  return value === undefined ? undefined : readInstant(value, now)
}

/**
 * The tightest limit that a response names: in `RateLimit` (structured, draft-ietf-httpapi-ratelimit-headers-08 and
 * later, or the dictionary of draft 7), in the three `RateLimit-*` of earlier drafts, or in `X-RateLimit-*` as frameworks
 * and gateways write them. Undefined where none says both what remains and until when.
 */
export function readRateLimit(response: Headers, now: number): RateLimit | undefined {
  const limits = [...structured(response, now), ...separate(response, now)]
  return limits.toSorted((one, other) => one.remaining - other.remaining || other.resetMs - one.resetMs)[0]
}

/** `"burst";r=5;t=1, "daily";r=900;t=3600`, or `limit=100, remaining=5, reset=1`. */
function structured(response: Headers, now: number): RateLimit[] {
  const value = headerValue(response, 'ratelimit') ?? ''
  const items = /(?:^|[\s,;])remaining=/i.test(value) ? [value] : value.split(',')
  return items.flatMap((item) => limitOf(member(item, 'r|remaining'), member(item, 't|reset'), now))
}

function member(item: string, name: string): string | undefined {
  return new RegExp(`(?:^|[\\s,;])(?:${name})=(\\d+)`, 'i').exec(item)?.[1]
}

const prefixes = ['ratelimit', 'x-ratelimit', 'x-rate-limit']

function separate(response: Headers, now: number): RateLimit[] {
  return prefixes.flatMap((prefix) =>
    limitOf(headerValue(response, `${prefix}-remaining`), headerValue(response, `${prefix}-reset`), now),
  )
}

function limitOf(remaining: string | undefined, reset: string | undefined, now: number): RateLimit[] {
  const count = Number.parseInt(remaining ?? '', 10)
  const resetMs = reset === undefined ? undefined : readInstant(reset, now)
  return Number.isNaN(count) || resetMs === undefined ? [] : [{ remaining: Math.max(count, 0), resetMs }]
}

/** A duration in seconds, an instant in seconds or milliseconds since 1970, or a date; as milliseconds from now. */
function readInstant(value: string, now: number): number | undefined {
  const text = value.trim()
  const number = /^\d+(?:\.\d+)?/.test(text) && !/^\d{4}-\d/.test(text) ? Number.parseFloat(text) : undefined
  const at = number === undefined ? Date.parse(text) : instantOf(number, now)
  return Number.isNaN(at) ? undefined : Math.max(at - now, 0)
}

function instantOf(number: number, now: number): number {
  if (number >= leastEpochMs) return number
  return number >= leastEpochSeconds ? number * 1000 : now + number * 1000
}
