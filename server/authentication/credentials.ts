import type { IncomingMessage } from 'node:http'
import { invalidToken, missingToken } from './challenge.ts'

// RFC 6750 §2.1: "Bearer" 1*SP b64token; the scheme's case does not matter (RFC 9110 §11.1).
const bearer = /^bearer +([A-Za-z0-9\-._~+/]+=*)$/i

/**
 * The bearer token of a request. Only the `Authorization` field is looked at, and there must be one.
 * Throws the problem `unauthorized`.
 */
export function readBearerToken(request: IncomingMessage): string {
  // Node's `headers` would keep the first of several Authorization fields and hide the rest.
  const fields = request.headersDistinct.authorization ?? []
  if (!fields.some((field) => /^bearer +\S/i.test(field))) throw missingToken()
  const token = fields.length === 1 ? bearer.exec(fields[0]!)?.[1] : undefined
  if (token === undefined) throw invalidToken('The Authorization header must carry exactly one bearer token.')
  return token
}
