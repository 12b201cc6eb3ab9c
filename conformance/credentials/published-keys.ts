import { createPublicKey, type JsonWebKey, type KeyObject } from 'node:crypto'
import { SetupError } from '../setup-error.ts'
import { fetchJson } from './fetch-json.ts'

/** A published key, and the JSON that it was published as. */
export interface PublishedKey {
  key: KeyObject
  jwk: JsonWebKey
}

/** The asymmetric keys of a JWK set (RFC 7517 §5). Throws SetupError where none can be read. */
export async function fetchPublishedKeys(url: string): Promise<PublishedKey[]> {
  const fail = (reason: string) => new SetupError(`jwks: ${reason}`)
  const { address, status, json } = await fetchJson(url).catch((error: Error) =>
    Promise.reject(fail(error.message)),
  )
  const set = json as { keys?: JsonWebKey[] } | null | undefined
  if (!Array.isArray(set?.keys)) throw fail(`${address} answered ${status} without keys`)
  const keys = set.keys.flatMap((jwk) => {
    try {
      return [{ key: createPublicKey({ key: jwk, format: 'jwk' }), jwk }]
    } catch {
      return []
    }
  })
  if (keys.length === 0) throw fail(`${address} publishes no public key`)
  return keys
}
