import type { Request } from 'express'
import type { Answer } from '../answer.ts'
import { Problem } from '../problem.ts'

/** Throws `not_acceptable` where the `Accept` field (RFC 9110 §12.5.1) rules the answer's media type out. */
export function assertAcceptable(request: Request, { headers }: Answer): void {
  const mediaType = headers['Content-Type']
  // An empty field lists no preference; the library would read it as refusing everything.
  if (!mediaType || request.headers.accept?.trim() === '' || request.accepts(mediaType)) return
  throw new Problem('not_acceptable', `The answer is ${mediaType}.`)
}
