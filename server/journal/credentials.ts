import type { IncomingMessage } from 'node:http'
import { decodeJwt, decodeProtectedHeader, type JWTPayload } from 'jose'
import { algorithm } from '../authentication/signing-key.ts'
import { ownAudience, ownIssuer } from '../authentication/tokens.ts'

/** Why a request was refused with 401, in words for whoever wrote the client; `refusal` is what the client was told. */
export function explainCredentials(
  { headersDistinct, url = '' }: IncomingMessage,
  refusal: string,
  now: Date,
): string {
  const fields = headersDistinct.authorization ?? []
  const [field = ''] = fields
  if (fields.length > 1) return `There are ${fields.length} Authorization headers; one is allowed.`
  if (field === '') {
    const misplaced = /[?&][^=&]*token=/i.test(url) ? ' A token in the query is not looked at.' : ''
    return `There is no Authorization header. Send "Authorization: Bearer <token>".${misplaced}`
  }
  const [, scheme = '', token = ''] = /^(\S+)\s*(.*)$/.exec(field) ?? []
  if (!/^bearer$/i.test(scheme)) {
    const isBareToken = token === '' && scheme.startsWith('eyJ')
    if (isBareToken)
      return 'The Authorization header has the bare token: the word Bearer is missing before it.'
    return `The scheme of the Authorization header is ${scheme.slice(0, 20)}; the contract asks for Bearer.`
  }
  return explainToken(token, now) ?? refusal
}

function explainToken(token: string, now: Date): string | undefined {
  if (token === '') return 'There is no token after Bearer.'
  if (/^(undefined|null|NaN|\[object Object\])$/.test(token)) {
    return `The token is the word "${token}": the client sent it before it had one.`
  }
  if (/^bearer /i.test(token)) return 'The word Bearer stands twice before the token.'
  if (/[\s"'<>]/.test(token)) return 'The token has characters that no token has: quotes, brackets or spaces.'
  const parts = token.split('.').length
  if (parts !== 3) return `The token is no JWT: it has ${parts} of 3 parts.`
  try {
    return explainClaims(decodeProtectedHeader(token).alg, decodeJwt(token), now)
  } catch {
    return 'The token is no JWT: it cannot be decoded.'
  }
}

/** The first reason. What is left where no claim is wrong is the signature, or a detail that the refusal names. */
function explainClaims(alg: string | undefined, claims: JWTPayload, now: Date): string | undefined {
  const { exp, nbf, aud, iss, sub } = claims
  const seconds = now.getTime() / 1000
  if (exp !== undefined && exp <= seconds) {
    return `The token expired ${span(seconds - exp)} ago, at ${instant(exp)}.`
  }
  if (nbf !== undefined && nbf > seconds) {
    return `The token is not valid for another ${span(nbf - seconds)}, until ${instant(nbf)}.`
  }
  if (iss !== ownIssuer) return `The token's issuer is ${iss}; this server trusts ${ownIssuer}.`
  if (![aud].flat().includes(ownAudience)) return `The token is meant for ${aud}; this API is ${ownAudience}.`
  if (!sub) return 'The token names no subject (sub).'
  if (alg !== algorithm) return `The token is signed by ${alg}; this server signs by ${algorithm} alone.`
  return undefined
}

function span(seconds: number): string {
  const [size, unit] = (
    [
      [86_400, 'd'],
      [3600, 'h'],
      [60, 'min'],
    ] as const
  ).find(([size]) => seconds >= size) ?? [1, 's']
  return `${Math.floor(seconds / size)} ${unit}`
}

function instant(seconds: number): string {
  return new Date(seconds * 1000).toISOString().slice(0, 19).concat('Z')
}
