import type { IncomingMessage } from 'node:http'
import { decodeJwt, decodeProtectedHeader, type JWTPayload, type ProtectedHeaderParameters } from 'jose'
import { algorithm } from '../../authentication/signing-key.ts'
import { accessTokenType, ownAudience, ownIssuer } from '../../authentication/tokens.ts'

/** Who signs tokens that are accepted, and whom they must mean. */
export interface TrustedIssuers {
  issuer: string
  audience: string
}

const own: TrustedIssuers = { issuer: ownIssuer, audience: ownAudience }

/**
 * Why a request was refused with 401, in words for whoever wrote the client. `refusal` is what the client was told;
 * `provider` is trusted besides ourselves.
 */
export function explainCredentials(
  { headersDistinct, url = '' }: IncomingMessage,
  refusal: string,
  now: Date,
  provider?: TrustedIssuers,
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
  return explainToken(token, now, provider ? [own, provider] : [own]) ?? refusal
}

function explainToken(token: string, now: Date, trusted: TrustedIssuers[]): string | undefined {
  if (token === '') return 'There is no token after Bearer.'
  if (/^(undefined|null|NaN|\[object Object\])$/.test(token)) {
    return `The token is the word "${token}": the client sent it before it had one.`
  }
  if (/^bearer /i.test(token)) return 'The word Bearer stands twice before the token.'
  if (/[\s"'<>]/.test(token)) return 'The token has characters that no token has: quotes, brackets or spaces.'
  const parts = token.split('.').length
  if (parts !== 3) return `The token is no JWT: it has ${parts} of 3 parts.`
  try {
    const [header, claims] = [decodeProtectedHeader(token), decodeJwt(token)]
    return explainTime(claims, now) ?? explainClaims(header, claims, trusted)
  } catch {
    return 'The token is no JWT: it cannot be decoded.'
  }
}

function explainTime({ exp, nbf }: JWTPayload, now: Date): string | undefined {
  const seconds = now.getTime() / 1000
  if (exp === undefined) return 'The token does not say when it expires (exp).'
  if (exp <= seconds) return `The token expired ${span(seconds - exp)} ago, at ${instant(exp)}.`
  if (nbf !== undefined && nbf > seconds) {
    return `The token is not valid for another ${span(nbf - seconds)}, until ${instant(nbf)}.`
  }
  return undefined
}

/** The first reason; undefined where it is a detail that the refusal names. */
function explainClaims(
  { alg, typ, crit }: ProtectedHeaderParameters,
  { aud, iss, sub }: JWTPayload,
  trusted: TrustedIssuers[],
): string | undefined {
  const by = trusted.find(({ issuer }) => issuer === iss)
  if (!by) {
    const issuers = trusted.map(({ issuer }) => issuer).join(' and ')
    return `The token's issuer is ${iss}; this server trusts ${issuers}.`
  }
  if (![aud].flat().includes(by.audience)) {
    return `The token is meant for ${aud}; this API is ${by.audience}.`
  }
  if (!sub) return 'The token names no subject (sub).'
  if (by !== own) return undefined
  if (alg !== algorithm) return `The token is signed by ${alg}; this server signs by ${algorithm} alone.`
  if (typ?.toLowerCase() !== accessTokenType) {
    return `The token calls itself ${typ}; an access token is ${accessTokenType}.`
  }
  return crit
    ? undefined
    : 'The token is not signed by the key of this server: another one made or changed it.'
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
