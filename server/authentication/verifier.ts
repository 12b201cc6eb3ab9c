import { createLocalJWKSet, decodeJwt, errors, jwtVerify } from 'jose'
import { Problem } from '../http/problem.ts'
import { invalidToken } from './challenge.ts'
import { type IdentityProvider, trustProvider } from './identity-provider.ts'
import { algorithm, type SigningKey } from './signing-key.ts'
import { accessTokenType, ownAudience, ownIssuer } from './tokens.ts'
import type { TrustedIssuer } from './trusted-issuer.ts'
import { VerifiedTokens } from './verified-tokens.ts'

/** Who calls: the `sub` of a token that has been verified. */
export interface Caller {
  subject: string
}

/** The caller of a public operation: no token has this subject, so it is a member of nothing. */
export const anonymous: Caller = { subject: '' }

export type Verifier = (token: string) => Promise<Caller>

/**
 * Verifies access tokens (RFC 7519 §7.2, RFC 8725). `jku`, `x5u`, `jwk` and `x5c` in a header are never
 * looked at: keys come from our own key and the provider's configured JWK Set alone.
 * Rejects with the problem `unauthorized`, or `unavailable` while the provider's keys cannot be had.
 */
export function createVerifier(key: SigningKey, clock: () => Date, provider?: IdentityProvider): Verifier {
  const own = trustOurselves(key)
  const other = provider && trustProvider(provider)
  const verified = new VerifiedTokens(1000)
  return async (token) => {
    const known = verified.get(token, clock())
    if (known) return { subject: known.sub! }
    try {
      const trusted = other && decodeJwt(token).iss === other.rules.issuer ? other : own
      const { keys, rules, types } = trusted
      const currentDate = clock()
      const options = { ...rules, currentDate, requiredClaims: ['sub', 'exp'] }
      const { payload, protectedHeader } = await jwtVerify(token, keys, options)
      if (!types.includes(protectedHeader.typ?.toLowerCase())) throw new errors.JWTInvalid('typ')
      if (typeof payload.sub !== 'string' || payload.sub === '') throw new errors.JWTInvalid('sub')
      // A provider may withdraw its keys.
      if (trusted === own) verified.add(token, payload)
      return { subject: payload.sub }
    } catch (error) {
      throw error instanceof Problem ? error : invalidToken(explain(error))
    }
  }
}

function trustOurselves({ publicJwk }: SigningKey): TrustedIssuer {
  return {
    keys: createLocalJWKSet({ keys: [publicJwk] }),
    rules: { issuer: ownIssuer, audience: ownAudience, algorithms: [algorithm] },
    types: [accessTokenType],
  }
}

function explain(error: unknown): string {
  if (error instanceof errors.JWTExpired) return 'The access token has expired.'
  if (!(error instanceof errors.JWTClaimValidationFailed)) return 'The access token is not valid.'
  return `The access token's "${error.claim}" is not accepted.`
}
