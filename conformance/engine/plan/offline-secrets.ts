import { randomBytes } from 'node:crypto'
import { exportJWK, generateKeyPair } from 'jose'
import { readSecret, type SecretReader } from '../../credentials/secrets.ts'
import { encode } from '../../credentials/tokens.ts'
import type { Profile } from '../../profile.ts'

/** Secrets without a request: where the source is a command or a token endpoint, a secret is generated instead. */
export class OfflineSecrets {
  /** Places in the profile whose secret is generated. */
  readonly assumed: string[] = []
  /** The actors by their tokens. */
  readonly actors = new Map<string, string>()
  #profile: Profile

  constructor(profile: Profile) {
    this.#profile = profile
  }

  read: SecretReader = async (source, place, context) => {
    const isAssumed = 'command' in source || 'clientCredentials' in source
    if (isAssumed) this.assumed.push(place)
    const secret = isAssumed ? await this.#generate(place) : await readSecret(source, place, context)
    const [, actor] = /^actors\.(\w+)\.token$/.exec(place) ?? []
    if (actor) this.actors.set(secret, actor)
    return secret
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
