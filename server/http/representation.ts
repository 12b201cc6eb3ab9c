import { hash } from 'node:crypto'
import type { Request } from 'express'
import type { ApiResponse } from './api-response.ts'
import { evaluatePreconditions } from './conditional.ts'
import { selectRange } from './range.ts'

const tags = new WeakMap<Buffer, string>()

/** A strong entity tag (RFC 9110 §8.8.3): equal for equal bytes only. Computed once per buffer, since bodies are never changed. */
export function entityTag(body: Buffer): string {
  const tag = tags.get(body) ?? `"${hash('sha256', body, 'base64url')}"`
  tags.set(body, tag)
  return tag
}

/**
 * Turns a complete 200 into what the request's conditions and range ask for: 200, 206 or 304.
 * Throws `precondition_failed` and `range_not_satisfiable`.
 */
export function selectRepresentation(
  request: Pick<Request, 'method' | 'headers'>,
  complete: ApiResponse,
): ApiResponse {
  const { status, body } = complete
  if (status !== 200 || !body) return complete
  const etag = entityTag(body)
  const headers = { ...complete.headers, ETag: etag, 'Accept-Ranges': 'bytes' }
  if (evaluatePreconditions(etag, request.headers) === 'not-modified') {
    // §15.4.5: what a cache needs to update its copy, and no more.
    const { 'Content-Type': _type, 'Content-Disposition': _name, ...kept } = headers as Record<string, string>
    return { status: 304, headers: kept }
  }
  // §14.2: a range means something to GET only.
  const range = request.method === 'GET' ? selectRange(body.length, etag, request.headers) : undefined
  if (!range) return { ...complete, headers }
  const { first, last } = range
  return {
    status: 206,
    headers: { ...headers, 'Content-Range': `bytes ${first}-${last}/${body.length}` },
    body: body.subarray(first, last + 1),
  }
}
