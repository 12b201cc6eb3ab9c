import { Problem } from '../http/problem.ts'

/** The challenge of every 401 (RFC 9110 §11.6.1). */
export const challenge = 'Bearer realm="Altostrat Workspaces API"'

export const missingTokenDetail = 'Send a bearer token in the Authorization header.'

/** RFC 6750 §3.1: a request that sent no credentials learns nothing but the scheme. */
export function missingToken(): Problem {
  return new Problem('unauthorized', missingTokenDetail, { 'WWW-Authenticate': challenge })
}

/** RFC 6750 §3.1: only a request that sent a token learns that the token was the reason. */
export function invalidToken(detail: string): Problem {
  return new Problem('unauthorized', detail, { 'WWW-Authenticate': `${challenge}, error="invalid_token"` })
}
