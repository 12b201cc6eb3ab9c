import type { JWTVerifyGetKey, JWTVerifyOptions } from 'jose'

/** Whose tokens are accepted, by which keys and rules. */
export interface TrustedIssuer {
  keys: JWTVerifyGetKey
  /** RFC 8725 §3.1: issuer, audience and algorithms are ours to name, never the token's. */
  rules: JWTVerifyOptions & { issuer: string; audience: string; algorithms: string[] }
  /** Media types that an access token may call itself in `typ`, in lower case; undefined: it may leave that out. */
  types: readonly (string | undefined)[]
}
