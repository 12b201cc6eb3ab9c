/** The members of a JWK that are secret (RFC 7518 §6.2.2, §6.3.2 and §6.4.1). */
const secretNames = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'k']

/**
 * The secret values of a JWK (RFC 7517 §4); undefined of any other text. What else it has is public: its algorithm and the
 * id of the key stand in the header of each token.
 */
export function privateMembersOf(text: string): string[] | undefined {
  if (!text.startsWith('{')) return undefined
  try {
    const key = JSON.parse(text) as Record<string, unknown>
    if (typeof key.kty !== 'string') return undefined
    const primes = Array.isArray(key.oth) ? key.oth.flatMap((prime) => Object.values(prime ?? {})) : []
    return [...secretNames.map((name) => key[name]), ...primes].filter((value) => typeof value === 'string')
  } catch {
    return undefined
  }
}
