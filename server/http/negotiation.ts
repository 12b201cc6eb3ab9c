import type { Request } from 'express'
import type { Operation } from '../../spec/operation.ts'
import { Problem } from './problem.ts'

/**
 * Throws `not_acceptable` where the `Accept` field (RFC 9110 §12.5.1) rules out every media type in which
 * the operation succeeds.
 */
export function assertAcceptable(request: Request, { responses }: Operation): void {
  const { accept } = request.headers
  // An empty field lists no preference; the library would read it as refusing everything.
  if (!accept?.trim()) return
  const mediaTypes = responses.filter(({ status }) => status < 300).flatMap((response) => response.mediaTypes)
  if (mediaTypes.length === 0 || request.accepts(mediaTypes)) return
  throw new Problem('not_acceptable', `The answer is ${mediaTypes.join(' or ')}.`)
}
