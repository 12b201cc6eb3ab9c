import {
  createLocalJWKSet,
  createRemoteJWKSet,
  decodeJwt,
  errors,
  type JWTVerifyGetKey,
  jwtVerify,
} from 'jose'
import { Problem } from '../problem.ts'
import { invalidToken } from './challenge.ts'
import { algorithm, type SigningKey } from './signing-key.ts'
import { accessTokenType, ownAudience, ownIssuer } from './tokens.ts'

/** A real identity provider whose access tokens are accepted beside our own. */
export interface IdentityProvider {
  issuer: string
  audience: string
  jwks: URL
}

/** Who calls: the `sub` of a token that has been verified. */
export interface Caller {
  subject: string
}

export type Verifier = (token: string) => Promise<Caller>

// RFC 8725 §3.1: the algorithms are ours to name, never the token's. No shared secrets, no `none`.
const providerAlgorithms = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
]
// Providers other than RFC 9068's call an access token plainly a JWT, or nothing.
const providerTypes = [undefined, 'jwt', 'at+jwt', 'application/at+jwt']
const requiredClaims = ['sub', 'exp']

/**
 * Verifies access tokens (RFC 7519 §7.2, RFC 8725). `jku`, `x5u`, `jwk` and `x5c` in a header are never
 * looked at: keys come from our own key and the provider's configured JWK Set alone.
 * Rejects with the problem `unauthorized`, or `unavailable` while the provider's keys cannot be had.
 */
export function createVerifier(key: SigningKey, clock: () => Date, provider?: IdentityProvider): Verifier {
  const ownKeys = createLocalJWKSet({ keys: [key.publicJwk] })
  const providerKeys = provider && orUnavailable(createRemoteJWKSet(provider.jwks))
  return async (token) => {
    try {
      if (provider && providerKeys && decodeJwt(token).iss === provider.issuer) {
        const { payload, protectedHeader } = await jwtVerify(token, providerKeys, {
          issuer: provider.issuer,
          audience: provider.audience,
          algorithms: providerAlgorithms,
          clockTolerance: 30,
          currentDate: clock(),
          requiredClaims,
        })
        if (!providerTypes.includes(protectedHeader.typ?.toLowerCase())) throw new errors.JWTInvalid('typ')
        return callerOf(payload.sub)
      }
      const { payload } = await jwtVerify(token, ownKeys, {
        issuer: ownIssuer,
        audience: ownAudience,
        algorithms: [algorithm],
        typ: accessTokenType,
        currentDate: clock(),
        requiredClaims,
      })
      return callerOf(payload.sub)
    } catch (error) {
      throw error instanceof Problem ? error : invalidToken(explain(error))
    }
  }
}

function callerOf(subject: unknown): Caller {
  if (typeof subject !== 'string' || subject === '') throw new errors.JWTInvalid('sub')
  return { subject }
}

function explain(error: unknown): string {
  if (error instanceof errors.JWTExpired) return 'The access token has expired.'
  if (error instanceof errors.JWTClaimValidationFailed)
    return `The access token's "${error.claim}" is not accepted.`
  return 'The access token is not valid.'
}

function orUnavailable(getKey: ReturnType<typeof createRemoteJWKSet>): JWTVerifyGetKey {
  return async (header, token) => {
    try {
      return await getKey(header, token)
    } catch (error) {
      if (
        error instanceof errors.JWKSNoMatchingKey ||
        error instanceof errors.JWKSMultipleMatchingKeys ||
        error instanceof errors.JOSENotSupported
      )
        throw error
      throw new Problem(
        'unavailable',
        "The identity provider's keys cannot be read.",
        { 'Retry-After': '5' },
        error,
      )
    }
  }
}
