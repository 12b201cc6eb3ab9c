import { createHmac, generateKeyPairSync, type JsonWebKey, sign } from 'node:crypto'
import type { PublishedKey } from '../../credentials/published-keys.ts'
import { encode, joinToken, type TokenParts } from '../../credentials/tokens.ts'
import { bearer, type Credentials } from '../../http/request.ts'
import { selfSigned } from './self-signed.ts'

/** Tokens that anybody can make of one they have seen, without a signing key. None of them is to be accepted. */

const spellings = ['none', 'None', 'NONE', 'nOnE']

/** Unsigned, as RFC 8725 §2.1 warns: every spelling of `none`, with and without what remains of the signature. */
export function unsigned({ header, payload, signature }: TokenParts): Credentials[] {
  const claims = encode(payload)
  const forged = spellings.flatMap((alg): [string, string][] => {
    const signed = `${encode({ ...header, alg })}.${claims}`
    return [`${signed}.`, signed, `${signed}.${signature}`].map((token) => [token, alg])
  })
  // As attackers write it, without what else the member's header says.
  forged.push([`${encode({ alg: 'none' })}.${claims}.`, 'none and nothing else in its header'])
  return forged.map(([token, alg]) => bearer(token, `token with alg ${alg}`))
}

/** The header names no algorithm, or one that nobody knows. */
export function ofUnknownAlgorithm({ header, ...parts }: TokenParts): Credentials[] {
  return [undefined, '', 'XX256'].map((alg) =>
    bearer(joinToken({ ...parts, header: { ...header, alg } }), `token with the algorithm ${alg}`),
  )
}

/** The signature changed, emptied, cut, or followed by another part. */
export function withBrokenSignature({ signature, ...parts }: TokenParts): Credentials[] {
  const bytes = Buffer.from(signature, 'base64url')
  const flipped = Buffer.from(bytes)
  flipped[0]! ^= 0xff
  const signatures = [
    flipped,
    Buffer.alloc(bytes.length),
    // Whole groups of three bytes, so that the text too is the beginning of the right one.
    bytes.subarray(0, 3 * Math.floor(bytes.length / 6)),
    Buffer.alloc(0),
  ]
  return [...signatures.map((changed) => changed.toString('base64url')), `${signature}.e30`].map((changed) =>
    bearer(joinToken({ ...parts, signature: changed }), 'token with a broken signature'),
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
    bearer(joinToken({ ...parts, payload: { ...payload, ...changed } }), 'token with a swapped payload'),
  )
}

/** Somebody whom no deployment has a reason to trust. */
export interface UntrustedSigner {
  alg: 'RS256' | 'ES256'
  jwk: JsonWebKey
  /** Made out by themselves, as base64 of DER. */
  certificate: string
  /** The member's token with these header parameters, signed with the stranger's key. */
  sign(token: TokenParts, extra?: object): string
}

/** Their key is of the kind that signed the token where that is RSA, for a deployment may know that kind alone. */
export function createUntrustedSigner({ header }: TokenParts): UntrustedSigner {
  const alg = header.alg === 'RS256' ? 'RS256' : 'ES256'
  const { privateKey, publicKey } =
    alg === 'RS256'
      ? generateKeyPairSync('rsa', { modulusLength: 2048 })
      : generateKeyPairSync('ec', { namedCurve: 'P-256' })
  return {
    alg,
    jwk: publicKey.export({ format: 'jwk' }),
    certificate: selfSigned('stranger', privateKey, publicKey).toString('base64'),
    sign({ header, payload }, extra = {}) {
      const input = `${encode({ ...header, alg, ...extra })}.${encode(payload)}`
      const signature = sign('sha256', Buffer.from(input), { key: privateKey, dsaEncoding: 'ieee-p1363' })
      return `${input}.${signature.toString('base64url')}`
    },
  }
}

/** Signed rightly, but by a stranger: with the key left out, or handed over in the header (RFC 8725 §3.10). */
export function signedByUntrustedKey(token: TokenParts): Credentials[] {
  const { jwk, certificate, sign } = createUntrustedSigner(token)
  return [
    sign(token),
    sign(token, { jwk }),
    sign(token, { jwk, kid: undefined }),
    sign(token, { x5c: [certificate] }),
    ...['', 'secret', 'your-256-bit-secret'].map((secret) => hmac(token, secret)),
  ].map((forged) => bearer(forged, "token with a stranger's signature"))
}

/** A published key taken for a shared secret, in every form in which it may lie around (RFC 8725 §2.1). */
export function signedWithPublicKey(token: TokenParts, { key, jwk }: PublishedKey): Credentials[] {
  const pem = String(key.export({ type: 'spki', format: 'pem' }))
  const secrets = [
    pem,
    pem.trim(),
    key.export({ type: 'spki', format: 'der' }),
    ...(key.asymmetricKeyType === 'rsa' ? [String(key.export({ type: 'pkcs1', format: 'pem' }))] : []),
    JSON.stringify(jwk),
    ...[jwk.x, jwk.n].flatMap((part) => (part ? [part, Buffer.from(part, 'base64url')] : [])),
  ]
  const kid = jwk.kid ?? token.header.kid
  return [
    ...secrets.map((secret) => hmac(token, secret, { kid })),
    ...['HS384', 'HS512'].flatMap((alg) =>
      [pem, pem.trim()].map((secret) => hmac(token, secret, { kid, alg })),
    ),
  ].map((forged) => bearer(forged, 'token signed with the public key'))
}

/** Key ids that lead somewhere else than to a key: a file that is empty, a query that chooses the secret, nowhere. */
export function withForeignKeyId(token: TokenParts): Credentials[] {
  const empty = ['/dev/null', '../../../../../../../../dev/null', 'file:///dev/null', ''].map((kid) =>
    hmac(token, '', { kid }),
  )
  const chosen = hmac(token, 'secret', { kid: "' UNION SELECT 'secret' -- " })
  const unknown = ['unknown', '../', '%00', 'a'.repeat(500), 0, null, {}].map((kid) =>
    joinToken({ ...token, header: { ...token.header, kid } }),
  )
  return [...empty, chosen, ...unknown].map((forged) => bearer(forged, 'token with a foreign kid'))
}

function hmac(
  { header, payload }: TokenParts,
  secret: string | Buffer,
  { alg = 'HS256', ...extra }: { alg?: string; kid?: unknown } = {},
): string {
  const input = `${encode({ ...header, alg, ...extra })}.${encode(payload)}`
  return `${input}.${createHmac(`sha${alg.slice(2)}`, secret)
    .update(input)
    .digest('base64url')}`
}
