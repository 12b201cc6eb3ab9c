import { createHmac, generateKeyPairSync, type JsonWebKey, sign } from 'node:crypto'
import type { PublishedKey } from '../../credentials/published-keys.ts'
import { encode, joinToken, type TokenParts } from '../../credentials/tokens.ts'
import { bearer, type Credentials } from '../../http/request.ts'
import { selfSigned } from './self-signed.ts'

/** Tokens that can be made from a valid one without its signing key. None of them may be accepted. */

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

/** The header names no algorithm, or an unknown one. */
export function ofUnknownAlgorithm({ header, ...parts }: TokenParts): Credentials[] {
  return [undefined, '', 'XX256'].map((alg) =>
    bearer(joinToken({ ...parts, header: { ...header, alg } }), `token with the algorithm ${alg}`),
  )
}

/** The signature changed, in letters of the other case, emptied, cut, or followed by another part. */
export function withBrokenSignature({ signature, ...parts }: TokenParts): Credentials[] {
  const bytes = Buffer.from(signature, 'base64url')
  const flipped = Buffer.from(bytes)
  flipped[0]! ^= 0xff
  const otherCase = signature.replaceAll(/[a-z]/gi, (letter) =>
    letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase(),
  )
  const signatures = [
    flipped,
    Buffer.alloc(bytes.length),
    // Whole groups of three bytes, so that the text too is the beginning of the right one.
    bytes.subarray(0, 3 * Math.floor(bytes.length / 6)),
    Buffer.alloc(0),
  ]
  return [...signatures.map((changed) => changed.toString('base64url')), `${signature}.e30`, otherCase].map(
    (changed) => bearer(joinToken({ ...parts, signature: changed }), 'token with a broken signature'),
  )
}

/** Other claims under the old signature: another subject, a later expiry, more rights. */
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

/** A signer whom no deployment has a reason to trust. */
export interface UntrustedSigner {
  alg: 'RS256' | 'ES256'
  jwk: JsonWebKey
  /** Self-signed, as base64 of DER. */
  certificate: string
  /** The member's token with these header parameters, signed with this key. */
  sign(token: TokenParts, extra?: object): string
}

/** With an RSA key where the token is signed with one, since a deployment may accept that kind alone. */
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

/** Shared secrets that documentation, tutorials and templates show, and the empty one of a setting that is missing. */
const knownSecrets = [
  '',
  'secret',
  'your-256-bit-secret',
  'a-string-secret-at-least-256-bits-long',
  'your-secret-key',
  'secretkey',
  'supersecret',
  'jwt-secret',
  'password',
  'changeme',
  'changeit',
]

/** Signed with an untrusted key, which the header leaves out or contains (RFC 8725 §3.10). */
export function signedByUntrustedKey(token: TokenParts): Credentials[] {
  const { jwk, certificate, sign } = createUntrustedSigner(token)
  return [
    sign(token),
    sign(token, { jwk }),
    sign(token, { jwk, kid: undefined }),
    sign(token, { x5c: [certificate] }),
    ...knownSecrets.map((secret) => hmac(token, secret)),
  ].map((forged) => bearer(forged, "token with a stranger's signature"))
}

/** Signed with a published key as shared secret, in every form in which a deployment may hold it (RFC 8725 §2.1). */
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

/** Key ids that name no key: an empty file, an SQL query that returns the secret, unknown ones. */
export function withForeignKeyId(token: TokenParts): Credentials[] {
  const empty = ['/dev/null', '../../../../../../../../dev/null', 'file:///dev/null', ''].map((kid) =>
    hmac(token, '', { kid }),
  )
  const chosen = ["' UNION SELECT 'secret' -- ", 'secret'].map((kid) => hmac(token, 'secret', { kid }))
  const unknown = ['unknown', '../', '%00', 'a'.repeat(500), 0, null, {}].map((kid) =>
    joinToken({ ...token, header: { ...token.header, kid } }),
  )
  return [...empty, ...chosen, ...unknown].map((forged) => bearer(forged, 'token with a foreign kid'))
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
