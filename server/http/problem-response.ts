import type { ApiResponse } from './api-response.ts'
import { type Problem, problemMediaType } from './problem.ts'

/**
 * Problem details (RFC 9457) that are at once the API's own four-field body: a client written for either
 * reads it unchanged. Both have a `type`. The API's stands, because clients branch on it, and it is a
 * (relative) URI reference, as RFC 9457 §3.1.1 asks; the absolute link is `doc_url`.
 */
export function problemResponse(problem: Problem): ApiResponse {
  const { code, message, headers, status, type, title } = problem
  const doc_url = `https://docs.altostrat.io/errors/${code}`
  return {
    status,
    headers: { 'Content-Type': problemMediaType, 'Cache-Control': 'no-store', ...headers },
    body: Buffer.from(JSON.stringify({ type, title, status, detail: message, code, message, doc_url })),
    problem,
  }
}

/** The same for an API that is not ours: what RFC 9457 defines and no more (§4.2.1: `about:blank`). */
export function plainProblemResponse(problem: Problem): ApiResponse {
  const { message: detail, status, title } = problem
  const body = Buffer.from(JSON.stringify({ type: 'about:blank', title, status, detail }))
  return { ...problemResponse(problem), body }
}
