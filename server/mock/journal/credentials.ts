import type { IncomingMessage } from 'node:http'
import { decodeJwt, decodeProtectedHeader, type JWTPayload, type ProtectedHeaderParameters } from 'jose'
import { missingTokenDetail } from '../../authentication/challenge.ts'
import { algorithm } from '../../authentication/signing-key.ts'
import { accessTokenType, ownAudience, ownIssuer } from '../../authentication/tokens.ts'

/** An issuer whose tokens are accepted, and the audience that they must have. */
export interface TrustedIssuer {
  issuer: string
  audience: string
}

const own: TrustedIssuer = { issuer: ownIssuer, audience: ownAudience }

/**
 * Why a request was refused with 401, for the client's developer. `refusal` is the detail of the response;
 * `provider` is an issuer that is trusted besides the mock itself.
 */
export function explainCredentials(
  { headersDistinct, url = '' }: IncomingMessage,
  refusal: string,
  now: Date,
  provider?: TrustedIssuer,
): string {
  const values = headersDistinct.authorization ?? []
  const [value = ''] = values
  if (values.length > 1) return `There are ${values.length} Authorization headers; one is allowed.`
  if (value === '') {
    const misplaced = /[?&][^?=&]*token=/i.test(url) ? ' A token in the query string is ignored.' : ''
    const missing =
      refusal === missingTokenDetail
        ? 'There is no Authorization header. Send "Authorization: Bearer <token>".'
        : refusal
    return `${missing}${misplaced}`
  }
  const [, scheme = '', token = ''] = /^(\S+)(?:\s(.*))?$/.exec(value) ?? []
  if (!/^bearer$/i.test(scheme)) {
    const isBareToken = token === '' && scheme.startsWith('eyJ')
    if (isBareToken)
      return 'The Authorization header has the token alone: the word Bearer is missing before it.'
    return `The scheme of the Authorization header is ${scheme.slice(0, 20)}; the contract requires Bearer.`
  }
  return explainToken(token, now, provider ? [own, provider] : [own]) ?? refusal
}

function explainToken(token: string, now: Date, trusted: TrustedIssuer[]): string | undefined {
  if (token === '') return 'There is no token after Bearer.'
  if (/^(undefined|null|NaN|\[object Object\])$/.test(token)) {
    return `The token is the word "${token}": the client sent the request before it had a token.`
  }
  if (/^bearer /i.test(token)) return 'The Authorization header has the word Bearer twice before the token.'
  if (/[\s"'<>]/.test(token)) {
    return 'The token has characters that a JWT cannot have: quotes, angle brackets or spaces.'
  }
  const parts = token.split('.').length
  if (parts !== 3) return `The token is not a JWT: separated by dots, it has ${parts} of 3 parts.`
  try {
    const [header, claims] = [decodeProtectedHeader(token), decodeJwt(token)]
    return explainTime(claims, now) ?? explainClaims(header, claims, trusted)
  } catch {
    return 'The token is not a JWT: it cannot be decoded.'
  }
}

function explainTime({ exp, nbf }: JWTPayload, now: Date): string | undefined {
  const seconds = now.getTime() / 1000
  if (exp === undefined) return 'The token has no expiry time (exp).'
  if (exp <= seconds) return `The token expired ${span(seconds - exp)} ago, at ${instant(exp)}.`
  if (nbf !== undefined && nbf > seconds) {
    return `The token is not valid yet: it becomes valid (nbf) in ${span(nbf - seconds)}, at ${instant(nbf)}.`
  }
  return undefined
}

/** The first reason found; undefined where only the refusal's own detail says it. */
function explainClaims(
  { alg, typ, crit }: ProtectedHeaderParameters,
  { aud, iss, sub }: JWTPayload,
  trusted: TrustedIssuer[],
): string | undefined {
  const trustedIssuer = trusted.find(({ issuer }) => issuer === iss)
  if (!trustedIssuer) {
    const issuers = trusted.map(({ issuer }) => issuer).join(' and ')
    return `The token's issuer is ${iss}; this server trusts ${issuers}.`
  }
  if (![aud].flat().includes(trustedIssuer.audience)) {
    return `The token's audience is ${aud}; this API is ${trustedIssuer.audience}.`
  }
  if (!sub) return 'The token has no subject (sub).'
  if (trustedIssuer !== own) return undefined
  if (alg !== algorithm) return `The token's algorithm is ${alg}; this server signs with ${algorithm} only.`
  if (typ?.toLowerCase() !== accessTokenType) {
    return `The token's type (typ) is ${typ}; that of an access token is ${accessTokenType}.`
  }
  return crit
    ? undefined
    : 'The token is not signed with the key of this server: it was issued by another one, or changed.'
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
