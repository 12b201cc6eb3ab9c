import { createHash } from 'node:crypto'
import { headerValue, type ReceivedResponse } from '../../http/response.ts'

/** Names of algorithms (RFC 9530 §5, RFC 5843) as Node.js has them. Others are not checked. */
const hashes: Record<string, string> = {
  'sha-256': 'sha256',
  'sha-512': 'sha512',
  sha: 'sha1',
  md5: 'md5',
}

/** `sha-256=:…:` of RFC 9530, `SHA-256=…` of RFC 3230. */
const item = /(?:^|,)\s*([\w-]+)=(:?)([A-Za-z\d+/]*={0,2})\2\s*(?=,|;|$)/g

/** The first header of a response with a digest that is not the one of these bytes; undefined where all are. */
export function findWrongDigest(
  response: Pick<ReceivedResponse, 'headers'>,
  { content, representation }: { content: Buffer; representation: Buffer | undefined },
): string | undefined {
  const stated = [
    ['Content-Digest', content],
    ['Content-MD5', content],
    ['Repr-Digest', representation],
    ['Digest', representation],
  ] as const
  return stated.find(([name, bytes]) => bytes && !isTrue(name, headerValue(response, name), bytes))?.[0]
}

function isTrue(name: string, value: string | undefined, bytes: Buffer): boolean {
  if (value === undefined) return true
  const items = name === 'Content-MD5' ? [['', 'md5', '', value] as const] : [...value.matchAll(item)]
  return items.every(([, algorithm = '', , digest = '']) => {
    const hash = hashes[algorithm.toLowerCase()]
    return !hash || createHash(hash).update(bytes).digest().equals(Buffer.from(digest, 'base64'))
  })
}
