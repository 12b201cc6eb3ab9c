import { randomBytes } from 'node:crypto'
import {
  CompactSign,
  compactVerify,
  exportJWK,
  exportPKCS8,
  exportSPKI,
  generateKeyPair,
  type JWTHeaderParameters,
  type JWTPayload,
} from 'jose'

export type Algorithm = 'HS256' | 'ES256' | 'RS256'

export const claimNames = ['exp', 'nbf', 'iss', 'aud', 'sub', 'typ'] as const
export type ClaimName = (typeof claimNames)[number]

/** The authorization server whose tokens one deployment trusts. */
export interface Authority {
  algorithm: Algorithm
  issuer: string
  audience: string
  /** The shared secret, or the private key as PEM: who has it can mint tokens. */
  signingKey: string
  /** The published key as PEM; the shared secret has none. */
  publicPem: string | undefined
  jwks(): Promise<{ keys: object[] }>
  sign(claims: JWTPayload, header?: Partial<JWTHeaderParameters>): Promise<string>
  /** Throws if the signature, the algorithm or a critical header parameter is not acceptable. */
  verify(token: string): Promise<Decoded>
}

export interface Decoded {
  header: Record<string, unknown>
  claims: JWTPayload
}

const leewaySeconds = 30

export async function createAuthority(algorithm: Algorithm): Promise<Authority> {
  const kid = `key-${randomBytes(4).toString('hex')}`
  const keys = algorithm === 'HS256' ? sharedKey() : await keyPair(algorithm)
  const verify = async (token: string): Promise<Decoded> => {
    const { payload, protectedHeader } = await compactVerify(token, keys.verify, { algorithms: [algorithm] })
    return { header: { ...protectedHeader }, claims: parseObject(Buffer.from(payload)) }
  }
  /** The suite sends the same few tokens hundreds of times. */
  const verified = new Map<string, Promise<Decoded>>()
  return {
    algorithm,
    issuer: 'https://id.northwind.example/',
    audience: 'https://api.northwind.example',
    signingKey: keys.signingKey,
    publicPem: keys.publicPem,
    jwks: async () => ({ keys: keys.jwk ? [{ ...keys.jwk, kid, alg: algorithm, use: 'sig' }] : [] }),
    sign: (claims, header = {}) =>
      new CompactSign(Buffer.from(JSON.stringify(claims)))
        .setProtectedHeader({ alg: algorithm, typ: 'JWT', kid, ...header })
        .sign(keys.sign),
    verify: (token) => {
      const decoded = verified.get(token) ?? verify(token)
      verified.set(token, decoded)
      return decoded
    },
  }
}

function sharedKey() {
  const signingKey = randomBytes(24).toString('hex')
  const bytes = Buffer.from(signingKey)
  return { signingKey, publicPem: undefined, jwk: undefined, sign: bytes, verify: bytes }
}

async function keyPair(algorithm: Algorithm) {
  const { privateKey, publicKey } = await generateKeyPair(algorithm, { extractable: true })
  return {
    signingKey: await exportPKCS8(privateKey),
    publicPem: await exportSPKI(publicKey),
    jwk: await exportJWK(publicKey),
    sign: privateKey,
    verify: publicKey,
  }
}

/** Decodes a token without verifying it; undefined if it is no JWT. */
export function decode(token: string): Decoded | undefined {
  const [header = '', payload = ''] = token.split('.')
  try {
    const read = (part: string) => parseObject(Buffer.from(part, 'base64url'))
    return { header: read(header), claims: read(payload) }
  } catch {
    return undefined
  }
}

function parseObject(json: Buffer): Record<string, unknown> {
  const value: unknown = JSON.parse(json.toString())
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new TypeError('no JSON object')
  return value as Record<string, unknown>
}

/** The claims that make a token unacceptable now. */
export function invalidClaims(
  { header, claims }: Decoded,
  authority: Authority,
  now = Date.now() / 1000,
): ClaimName[] {
  const audiences = [claims.aud].flat()
  const holds: Record<ClaimName, boolean> = {
    exp: typeof claims.exp === 'number' && claims.exp > now - leewaySeconds,
    nbf: claims.nbf === undefined || (typeof claims.nbf === 'number' && claims.nbf <= now + leewaySeconds),
    iss: claims.iss === authority.issuer,
    aud: audiences.includes(authority.audience),
    sub: typeof claims.sub === 'string' && claims.sub !== '',
    typ: header.typ === undefined || /^(at\+)?jwt$/i.test(String(header.typ)),
  }
  return claimNames.filter((name) => !holds[name])
}
