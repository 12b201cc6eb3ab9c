import { headerValue, type ReceivedResponse } from './response.ts'

/** Fields by which caches say that they answered themselves, and what they then say. */
const marks: [field: string, isHit: RegExp][] = [
  // RFC 9111 §5.1: the origin did not make the response for this request. Varnish sends 0 with what it has just fetched.
  ['Age', /^0*[1-9]\d*$/],
  // RFC 9211 §2.1.
  ['Cache-Status', /;\s*hit\b/i],
  ['X-Cache', /\bhit\b/i],
  ['X-Cache-Status', /\bhit\b/i],
  ['X-Proxy-Cache', /\bhit\b/i],
  ['CF-Cache-Status', /\bhit\b/i],
  // The second number is that of the request that filled the cache.
  ['X-Varnish', /^\d+ \d+$/],
]

/** The field by which a cache says that it answered, as `Age: 12`; undefined where none does. */
export function cacheMark(response: Pick<ReceivedResponse, 'headers'>): string | undefined {
  return marks.flatMap(([field, isHit]) => {
    const value = headerValue(response, field)
    return value !== undefined && isHit.test(value) ? [`${field}: ${value.slice(0, 80)}`] : []
  })[0]
}
