import { createHmac, generateKeyPairSync, sign } from 'node:crypto'
import { bearer, type Credentials } from './question.ts'
import { encode, putTogether, type TokenParts } from './tokens.ts'

/** Tokens that anybody can make of one they have seen, without a signing key. None of them is to be accepted. */

const spellings = ['none', 'None', 'NONE', 'nOnE']

/** Unsigned, as RFC 8725 §2.1 warns: every spelling of `none`, with and without what remains of the signature. */
export function unsigned({ header, payload, signature }: TokenParts): Credentials[] {
  return spellings.flatMap((alg) => {
    const signed = `${encode({ ...header, alg })}.${encode(payload)}`
    return [`${signed}.`, signed, `${signed}.${signature}`].map((token) =>
      bearer(token, `token with alg ${alg}`),
    )
  })
}

/** The signature changed, emptied or cut. */
export function withBrokenSignature({ signature, ...parts }: TokenParts): Credentials[] {
  const bytes = Buffer.from(signature, 'base64url')
  const flipped = Buffer.from(bytes)
  flipped[0]! ^= 0xff
  const signatures = [
    flipped,
    Buffer.alloc(bytes.length),
    bytes.subarray(0, bytes.length / 2),
    Buffer.alloc(0),
  ]
  return signatures.map((changed) =>
    bearer(
      putTogether({ ...parts, signature: changed.toString('base64url') }),
      'token with a broken signature',
    ),
  )
}

/** Other claims under the old signature: somebody else, a later end, more rights. */
export function withSwappedPayload({ payload, ...parts }: TokenParts): Credentials[] {
  const claims = [
    { sub: `${payload.sub ?? 'somebody'}-else` },
    { exp: Math.floor(Date.now() / 1000) + 365 * 24 * 3600 },
    { scope: 'admin', role: 'owner', admin: true },
  ]
  return claims.map((changed) =>
    bearer(putTogether({ ...parts, payload: { ...payload, ...changed } }), 'token with a swapped payload'),
  )
}

/** Signed rightly, but by a stranger: with the key left out, or handed over in the header (RFC 8725 §3.10). */
export function signedByStranger({ header, payload }: TokenParts): Credentials[] {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const jwk = publicKey.export({ format: 'jwk' })
  const es256 = (extra: object) => {
    const input = `${encode({ ...header, alg: 'ES256', ...extra })}.${encode(payload)}`
    const signature = sign('sha256', Buffer.from(input), { key: privateKey, dsaEncoding: 'ieee-p1363' })
    return `${input}.${signature.toString('base64url')}`
  }
  const hs256 = (secret: string) => {
    const input = `${encode({ ...header, alg: 'HS256' })}.${encode(payload)}`
    return `${input}.${createHmac('sha256', secret).update(input).digest('base64url')}`
  }
  return [
    es256({}),
    es256({ jwk }),
    es256({ jwk, kid: undefined }),
    ...['', 'secret', 'your-256-bit-secret'].map(hs256),
  ].map((token) => bearer(token, "token with a stranger's signature"))
}
