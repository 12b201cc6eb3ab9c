import { createPublicKey, type JsonWebKey, type KeyObject } from 'node:crypto'
import { SetupError } from '../setup-error.ts'

/** A published key, and the JSON that it was published as. */
export interface PublishedKey {
  key: KeyObject
  jwk: JsonWebKey
}

/** The asymmetric keys of a JWK set (RFC 7517 §5). Throws SetupError where none can be read. */
export async function fetchPublishedKeys(url: string): Promise<PublishedKey[]> {
  const fail = (reason: string) => new SetupError(`jwks: ${url} ${reason}`)
  const response = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(30_000) }).catch(
    (error) => Promise.reject(fail(`cannot be reached: ${(error as Error).message}`)),
  )
  const set = (await response.json().catch(() => undefined)) as { keys?: JsonWebKey[] } | undefined
  if (!Array.isArray(set?.keys)) throw fail(`answered ${response.status} without keys`)
  const keys = set.keys.flatMap((jwk) => {
    try {
      return [{ key: createPublicKey({ key: jwk, format: 'jwk' }), jwk }]
    } catch {
      return []
    }
  })
  if (keys.length === 0) throw fail('publishes no public key')
  return keys
}
