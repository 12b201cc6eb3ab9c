import { createRemoteJWKSet, errors } from 'jose'
import { Problem } from '../http/problem.ts'
import type { TrustedIssuer } from './trusted-issuer.ts'

/** A real identity provider whose access tokens are accepted beside our own. */
export interface IdentityProvider {
  issuer: string
  audience: string
  jwks: URL
}

const rsa = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512']
const ellipticCurve = ['ES256', 'ES384', 'ES512', 'EdDSA']

/** Its keys are read when first needed; while they cannot be, the problem is `unavailable`. */
export function trustProvider({ issuer, audience, jwks }: IdentityProvider): TrustedIssuer {
  const remote = createRemoteJWKSet(jwks)
  return {
    keys: async (header, token) => {
      try {
        return await remote(header, token)
      } catch (error) {
        if (isAboutToken(error)) throw error
        const detail = `The identity provider's keys cannot be read from ${jwks}.`
        throw new Problem('unavailable', detail, { 'Retry-After': '5' }, error)
      }
    },
    // No shared secrets, no `none`. Clocks of two machines may differ.
    rules: { issuer, audience, algorithms: [...rsa, ...ellipticCurve], clockTolerance: 30 },
    // Providers other than RFC 9068's call an access token plainly a JWT, or nothing.
    types: [undefined, 'jwt', 'at+jwt', 'application/at+jwt'],
  }
}

function isAboutToken(error: unknown): boolean {
  return (
    error instanceof errors.JWKSNoMatchingKey ||
    error instanceof errors.JWKSMultipleMatchingKeys ||
    error instanceof errors.JOSENotSupported
  )
}
