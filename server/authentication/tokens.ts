import { base64url, type CryptoKey, exportSPKI, importJWK, SignJWT } from 'jose'
import { algorithm, generateSigningKey, type SigningKey } from './signing-key.ts'

/** Issuer and audience of the tokens that this server signs. */
export const ownIssuer = 'urn:altostrat-contract:mock'
export const ownAudience = 'https://v1.api.altostrat.io'

/** RFC 9068 §2.1: an access token says that it is one. */
export const accessTokenType = 'at+jwt'

/** A token before it is signed. */
interface UnsignedToken {
  header: { typ: string; kid: string }
  claims: Record<string, unknown>
}

/** One thing that is wrong about a token: with its claims or header, or with how it is signed. */
interface DefectRow {
  /** A short name for it, for the console. */
  label: string
  /** What such a token is, for the help of the command line. */
  description: string
  /** Where the defect is the algorithm: its name (RFC 7518 §3.1), by which the command line offers it. */
  alg?: string
  /** Claims to replace; `now` in seconds, as their times are. */
  claims?(now: number): Record<string, unknown>
  header?: Partial<UnsignedToken['header']>
  sign?(token: UnsignedToken, key: SigningKey): Promise<string> | string
}

/** Every defect: nothing else lists them. */
const defectRows = {
  expired: {
    label: 'Expired',
    description: 'a token that has expired',
    claims: (now) => ({ iat: now - 7200, nbf: now - 7200, exp: now - 3600 }),
  },
  'not-yet-valid': {
    label: 'Not yet valid',
    description: 'a token that is not valid yet',
    claims: (now) => ({ nbf: now + 3600, exp: now + 7200 }),
  },
  'wrong-audience': {
    label: 'Wrong audience',
    description: 'a token meant for somebody else',
    claims: () => ({ aud: 'https://elsewhere.example' }),
  },
  'wrong-issuer': {
    label: 'Wrong issuer',
    description: 'a token of an issuer that nobody trusts',
    claims: () => ({ iss: 'https://issuer.example' }),
  },
  'wrong-signature': {
    label: 'Wrong signature',
    description: 'a token signed with another key',
    sign: async (token) => sign(token, await generateSigningKey()),
  },
  'wrong-type': {
    label: 'Wrong type',
    description: 'a token that is no access token',
    header: { typ: 'logout+jwt' },
  },
  'without-subject': {
    label: 'Without a subject',
    description: 'a token of nobody',
    claims: () => ({ sub: undefined }),
  },
  'alg-none': {
    label: 'Unsigned (alg none)',
    description: 'a token that is not signed',
    alg: 'none',
    sign: ({ header, claims }) => `${encode({ ...header, alg: 'none' })}.${encode(claims)}.`,
  },
  'alg-hs256': {
    label: 'Signed with the public key',
    // RFC 8725 §2.1: the public key, which anybody may read, taken for a shared secret.
    description: 'a token signed with the public key as shared secret',
    alg: 'HS256',
    sign: async ({ header, claims }, { publicJwk }) => {
      const pem = await exportSPKI((await importJWK(publicJwk, algorithm)) as CryptoKey)
      return new SignJWT(claims).setProtectedHeader({ ...header, alg: 'HS256' }).sign(Buffer.from(pem))
    },
  },
} satisfies Record<string, DefectRow>

/**
 * What can be wrong about a token.
 *
 * @example
 * ```ts
 * import type { TokenDefect } from 'altostrat-contract'
 *
 * const refused: TokenDefect[] = ['expired', 'wrong-audience', 'alg-none']
 * ```
 */
export type TokenDefect = keyof typeof defectRows

/** Ways in which a token can be wrong and otherwise right, by name. */
export const tokenDefectTable: Readonly<Record<TokenDefect, DefectRow>> = defectRows
export const tokenDefects = Object.keys(defectRows) as readonly TokenDefect[]

/**
 * What kind of token to issue.
 *
 * @example
 * ```ts
 * import type { TokenOptions } from 'altostrat-contract'
 *
 * const expired: TokenOptions = { defect: 'expired' }
 * const shortLived: TokenOptions = { expiresIn: 60 }
 * ```
 */
export interface TokenOptions {
  /** Lifetime in seconds; default 3600. */
  expiresIn?: number
  /** What is to be wrong with it; default: nothing. */
  defect?: TokenDefect
}

/** Signs access tokens for a subject. A defect changes one thing only. */
export function createTokenIssuer(key: SigningKey, clock: () => Date) {
  return async (subject: string, { expiresIn = 3600, defect }: TokenOptions = {}): Promise<string> => {
    const wrong: Partial<DefectRow> = defect ? tokenDefectTable[defect] : {}
    const now = Math.floor(clock().getTime() / 1000)
    const valid = { iss: ownIssuer, aud: ownAudience, sub: subject, iat: now, nbf: now, exp: now + expiresIn }
    const token: UnsignedToken = {
      header: { typ: accessTokenType, kid: key.kid, ...wrong.header },
      claims: { ...valid, ...wrong.claims?.(now) },
    }
    return (wrong.sign ?? sign)(token, key)
  }
}

function sign({ header, claims }: UnsignedToken, { privateJwk }: SigningKey): Promise<string> {
  return new SignJWT(claims).setProtectedHeader({ ...header, alg: algorithm }).sign(privateJwk)
}

function encode(part: object): string {
  return base64url.encode(JSON.stringify(part))
}
