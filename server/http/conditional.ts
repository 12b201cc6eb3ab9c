import type { IncomingHttpHeaders } from 'node:http'
import { Problem } from './problem.ts'

/**
 * Evaluates preconditions in the order of RFC 9110 §13.2.2 for a representation with a strong entity tag
 * and no modification date, for which `If-Modified-Since` and `If-Unmodified-Since` are to be ignored
 * (§13.1.3, §13.1.4). Throws `precondition_failed`.
 */
export function evaluatePreconditions(etag: string, headers: IncomingHttpHeaders): 'send' | 'not-modified' {
  const match = headers['if-match']
  if (match !== undefined && match.trim() !== '*' && !entityTags(match).includes(etag)) {
    throw new Problem('precondition_failed', 'The representation is not the one that If-Match names.')
  }
  const noneMatch = headers['if-none-match']
  if (noneMatch === undefined) return 'send'
  // §13.1.2 compares weakly: W/"x" names the same as "x".
  const known = entityTags(noneMatch).map((tag) => tag.replace(/^W\//, ''))
  return noneMatch.trim() === '*' || known.includes(etag) ? 'not-modified' : 'send'
}

function entityTags(field: string): string[] {
  return field.match(/(?:W\/)?"[\x21\x23-\x7e\x80-\xff]*"/g) ?? []
}
