import { base64url, type CryptoKey, exportSPKI, importJWK, type JWTPayload, SignJWT } from 'jose'
import { algorithm, generateSigningKey, type SigningKey } from './signing-key.ts'

/** Who signs and who is meant in the tokens of this server's own making. */
export const ownIssuer = 'urn:altostrat-contract:mock'
export const ownAudience = 'https://v1.api.altostrat.io'

/** RFC 9068 §2.1: an access token says that it is one. */
export const accessTokenType = 'at+jwt'

/** Ways in which a token can be wrong, each in one respect only, with the labels that the console shows. */
export const tokenDefectLabels = {
  expired: 'Expired',
  'not-yet-valid': 'Not yet valid',
  'wrong-audience': 'Wrong audience',
  'wrong-issuer': 'Wrong issuer',
  'wrong-signature': 'Wrong signature',
  'wrong-type': 'Wrong type',
  'without-subject': 'Without a subject',
  'alg-none': 'Unsigned (alg none)',
  'alg-hs256': 'Signed with the public key',
} as const

export type TokenDefect = keyof typeof tokenDefectLabels
export const tokenDefects = Object.keys(tokenDefectLabels) as TokenDefect[]

export interface TokenOptions {
  /** Seconds; default 3600. */
  expiresIn?: number
  defect?: TokenDefect
}

/** Signs access tokens for a subject. Each defect changes one thing only. */
export function createTokenIssuer(key: SigningKey, clock: () => Date) {
  return async (subject: string, { expiresIn = 3600, defect }: TokenOptions = {}): Promise<string> => {
    const now = Math.floor(clock().getTime() / 1000)
    const right = { iss: ownIssuer, aud: ownAudience, sub: subject, iat: now, nbf: now, exp: now + expiresIn }
    const claims: JWTPayload = { ...right, ...wrongClaims(defect, now) }
    if (defect === 'without-subject') delete claims.sub
    const header = { typ: defect === 'wrong-type' ? 'logout+jwt' : accessTokenType, kid: key.kid }
    if (defect === 'alg-none') return `${encode({ ...header, alg: 'none' })}.${encode(claims)}.`
    const jwt = new SignJWT(claims)
    // RFC 8725 §2.1: the public key, which anybody may read, taken for a shared secret.
    if (defect === 'alg-hs256') {
      const pem = await exportSPKI((await importJWK(key.publicJwk, algorithm)) as CryptoKey)
      return jwt.setProtectedHeader({ ...header, alg: 'HS256' }).sign(Buffer.from(pem))
    }
    const { privateJwk } = defect === 'wrong-signature' ? await generateSigningKey() : key
    return jwt.setProtectedHeader({ ...header, alg: algorithm }).sign(privateJwk)
  }
}

function wrongClaims(defect: TokenDefect | undefined, now: number): JWTPayload {
  if (defect === 'expired') return { iat: now - 7200, nbf: now - 7200, exp: now - 3600 }
  if (defect === 'not-yet-valid') return { nbf: now + 3600, exp: now + 7200 }
  if (defect === 'wrong-audience') return { aud: 'https://elsewhere.example' }
  if (defect === 'wrong-issuer') return { iss: 'https://issuer.example' }
  return {}
}

function encode(part: object): string {
  return base64url.encode(JSON.stringify(part))
}
