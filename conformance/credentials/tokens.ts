/** The three segments of a JWT in compact form (RFC 7515 §3.1), decoded where they are JSON. */
export interface TokenParts {
  header: Record<string, unknown>
  payload: Record<string, unknown>
  /** base64url as in the token. */
  signature: string
}

/** Takes a token apart, or returns undefined where it is no JWT: opaque tokens are right too. */
export function splitToken(token: string): TokenParts | undefined {
  const [header = '', payload = '', signature, ...more] = token.split('.')
  if (signature === undefined || more.length > 0) return undefined
  try {
    const parts = { header: decode(header), payload: decode(payload), signature }
    return isObject(parts.header) && isObject(parts.payload) ? (parts as TokenParts) : undefined
  } catch {
    return undefined
  }
}

/** Puts segments together again; the signature is taken as it is, right or not. */
export function joinToken({ header, payload, signature }: TokenParts): string {
  return [encode(header), encode(payload), signature].join('.')
}

/** A JSON value as a base64url segment. */
export function encode(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url')
}

const decode = (segment: string): unknown => JSON.parse(Buffer.from(segment, 'base64url').toString('utf8'))
const isObject = (value: unknown) => typeof value === 'object' && value !== null && !Array.isArray(value)
