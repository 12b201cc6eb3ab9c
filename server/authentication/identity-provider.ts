import { createRemoteJWKSet, customFetch, errors, type FetchImplementation } from 'jose'
import { readBoundedBody } from '../../spec/bounded-body.ts'
import { assertNoUserInformation } from '../http/asked-address.ts'
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

/** Its keys are read when first needed; while they cannot be, the problem is `unavailable`. Throws {@link StartError}. */
export function trustProvider({ issuer, audience, jwks }: IdentityProvider): TrustedIssuer {
  assertNoUserInformation('--issuer', issuer)
  assertNoUserInformation('--jwks', jwks)
  const remote = createRemoteJWKSet(jwks, { [customFetch]: fetchBounded })
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

/** A set of keys has a few kilobytes. */
const maxBytes = 2 ** 20

/** Redirects are not followed (`redirect` of the options): only the address that was given is asked. */
const fetchBounded: FetchImplementation = async (url, options) => {
  const response = await fetch(url, options)
  if (response.status !== 200) return response
  const body = await readBoundedBody(response, maxBytes)
  if (!body) throw new Error(`${url} answers with more than ${maxBytes} bytes`)
  return new Response(new Uint8Array(body))
}

function isAboutToken(error: unknown): boolean {
  return (
    error instanceof errors.JWKSNoMatchingKey ||
    error instanceof errors.JWKSMultipleMatchingKeys ||
    error instanceof errors.JOSENotSupported
  )
}
