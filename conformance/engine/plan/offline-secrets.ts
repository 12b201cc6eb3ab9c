import { createPublicKey, createSecretKey, type JsonWebKey, type KeyObject, randomBytes } from 'node:crypto'
import { exportJWK, generateKeyPair, type JWTPayload, jwtVerify } from 'jose'
import { readSecret, type SecretReader } from '../../credentials/secrets.ts'
import { encode, splitToken } from '../../credentials/tokens.ts'
import type { Profile } from '../../profile.ts'

/** Secrets without a request: where the source is a command or a token endpoint, a secret is generated instead. */
export class OfflineSecrets {
  /** Places in the profile whose secret is generated. */
  readonly assumed: string[] = []
  /** The actors by their tokens. */
  #actors = new Map<string, string>()
  #mintingKey: string | undefined
  #profile: Profile

  constructor(profile: Profile) {
    this.#profile = profile
  }

  read: SecretReader = async (source, place, context) => {
    const isAssumed = 'command' in source || 'clientCredentials' in source
    if (isAssumed) this.assumed.push(place)
    const secret = isAssumed ? await this.#generate(place) : await readSecret(source, place, context)
    const [, actor] = /^actors\.(\w+)\.token$/.exec(place) ?? []
    if (actor) this.#actors.set(secret, actor)
    if (place === 'minting.key') this.#mintingKey = secret
    return secret
  }

  /** The actor whose token this is; the member's may be signed with the profile's key as well. */
  async actorOf(token: string): Promise<string | undefined> {
    return this.#actors.get(token) ?? ((await this.#isMinted(token)) ? 'member' : undefined)
  }

  async #isMinted(token: string): Promise<boolean> {
    const { minting } = this.#profile
    const [own = ''] = [...this.#actors].find(([, actor]) => actor === 'member') ?? []
    const member = splitToken(own)
    if (!minting || this.#mintingKey === undefined || !member) return false
    const { aud, iss, sub } = member.payload as JWTPayload
    const { typ } = member.header
    try {
      const { payload } = await jwtVerify(token, readVerifyingKey(this.#mintingKey, minting.alg), {
        algorithms: [minting.alg],
        requiredClaims: ['exp'],
        ...(aud !== undefined && { audience: aud }),
        ...(iss !== undefined && { issuer: iss }),
        ...(typeof typ === 'string' && { typ }),
      })
      return payload.sub === sub
    } catch {
      return false
    }
  }

  async #generate(place: string): Promise<string> {
    const random = randomBytes(32).toString('base64url')
    const { alg = 'ES256' } = this.#profile.minting ?? {}
    if (!place.startsWith('minting'))
      return [encode({ alg, kid: 'generated' }), encode({ sub: place, exp: 4e9 }), random].join('.')
    if (alg.startsWith('HS')) return random
    const { privateKey } = await generateKeyPair(alg, { extractable: true })
    return JSON.stringify({ ...(await exportJWK(privateKey)), alg })
  }
}

/** What verifies the signatures of a signing key (PEM, JWK or shared secret): the secret itself, or the public part. */
function readVerifyingKey(key: string, alg: string): KeyObject {
  if (key.startsWith('{')) {
    const jwk = JSON.parse(key) as JsonWebKey
    return jwk.kty === 'oct'
      ? createSecretKey(jwk.k ?? '', 'base64url')
      : createPublicKey({ key: jwk, format: 'jwk' })
  }
  return alg.startsWith('HS') ? createSecretKey(Buffer.from(key)) : createPublicKey(key)
}
