import { createPrivateKey, createSecretKey, type KeyObject } from 'node:crypto'
import { importJWK, type JWK, SignJWT } from 'jose'
import type { WrongToken } from '../profile.ts'
import { SetupError } from '../setup-error.ts'
import { recipeOfMinted, type TokenRecipe } from './token-recipe.ts'
import type { TokenParts } from './tokens.ts'

/** Far beyond any leeway for clocks: RFC 7519 §4.1.4 allows "a few minutes". */
const hour = 3600
const minute = 60

const defects: Record<WrongToken, (now: number) => Record<string, unknown>> = {
  expired: (now) => ({ iat: now - 2 * hour, nbf: now - 2 * hour, exp: now - hour }),
  notYetValid: (now) => ({ iat: now, nbf: now + hour, exp: now + 2 * hour }),
  wrongAudience: () => ({ aud: 'https://another-service.example' }),
  wrongIssuer: () => ({ iss: 'https://another-issuer.example/' }),
}

/** Signs tokens with the profile's key, from the member's own token, so that only the change is wrong. */
export class TokenMinter {
  #alg: string
  #key: KeyObject | CryptoKey | Uint8Array
  #member: TokenParts
  #recipes = new Map<string, TokenRecipe>()
  #unchanged: Promise<string> | undefined

  private constructor(alg: string, key: KeyObject | CryptoKey | Uint8Array, member: TokenParts) {
    this.#alg = alg
    this.#key = key
    this.#member = member
  }

  /** Throws SetupError where the key does not fit the algorithm. */
  static async open(alg: string, key: string, member: TokenParts): Promise<TokenMinter> {
    try {
      const mint = new TokenMinter(alg, await readKey(key, alg), member)
      await mint.sign({})
      return mint
    } catch (error) {
      throw new SetupError(`minting.key: no key that signs with ${alg}: ${(error as Error).message}`)
    }
  }

  /** The member's token with these claims and new times, correctly signed. */
  async sign(claims: Record<string, unknown>, header: Record<string, unknown> = {}): Promise<string> {
    const now = Math.floor(Date.now() / 1000)
    const { payload, header: own } = this.#member
    // Clocks differ by seconds, and some libraries refuse what was issued in the future.
    const token = await new SignJWT({ ...payload, iat: now - minute, exp: now + hour, ...claims })
      .setProtectedHeader({ ...own, ...header, alg: this.#alg })
      // jose refuses to sign critical headers that it does not know; here they are unknown on purpose.
      .sign(this.#key, {
        crit: Object.fromEntries([header.crit ?? []].flat().map((name) => [String(name), true])),
      })
    this.#recipes.set(token, recipeOfMinted(claims, header))
    return token
  }

  /** How a token was made that this minter has signed. */
  recipeOf(token: string): TokenRecipe | undefined {
    return this.#recipes.get(token)
  }

  /** The member's token with new times alone: what a deployment that has the same key accepts. One for the whole run. */
  unchanged(): Promise<string> {
    this.#unchanged ??= this.sign({})
    return this.#unchanged
  }

  /** A token that is wrong only in what `kind` says. */
  wrong(kind: WrongToken): Promise<string> {
    return this.sign(defects[kind](Math.floor(Date.now() / 1000)))
  }
}

async function readKey(key: string, alg: string): Promise<KeyObject | CryptoKey | Uint8Array> {
  if (key.startsWith('{')) return importJWK(JSON.parse(key) as JWK, alg)
  if (alg.startsWith('HS')) return createSecretKey(Buffer.from(key))
  return createPrivateKey(key)
}
