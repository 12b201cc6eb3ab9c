import { bearer, type Credentials } from '../http/request.ts'
import { type ActorName, type Profile, type SecretSource, type WrongToken, wrongTokens } from '../profile.ts'
import { SetupError } from '../setup-error.ts'
import { TokenMinter } from './minting.ts'
import type { Redactor } from './redaction/redactor.ts'
import { readSecret, type SecretReader } from './secrets.ts'
import { recipeOf, type TokenRecipe } from './token-recipe.ts'
import { splitToken, type TokenParts } from './tokens.ts'

/** The tokens of a run. Reading one that could not be obtained throws the reason. */
export class Keyring {
  #tokens: Map<ActorName, string | SetupError>
  #mint: TokenMinter | SetupError | undefined

  private constructor(
    tokens: Map<ActorName, string | SetupError>,
    mint: TokenMinter | SetupError | undefined,
  ) {
    this.#tokens = tokens
    this.#mint = mint
  }

  /** Reads the tokens and the signing key of the profile. A missing secret is no error until it is needed. */
  static async open(
    profile: Profile,
    redactor: Redactor,
    env: NodeJS.ProcessEnv,
    read: SecretReader = readSecret,
  ): Promise<Keyring> {
    const context = { profileFile: profile.file, env, redactor }
    const attempt = <T>(work: Promise<T>) => work.catch((error: unknown) => asSetupError(error))
    const readToken = async (source: SecretSource, place: string) => {
      const token = await read(source, place, context)
      // RFC 6750 §2.1: a header cannot hold a line break, and what follows a blank is no part of the token.
      if (!/^[\x21-\x7e]+$/.test(token))
        throw new SetupError(`${place}: blanks or line breaks are in the token`)
      return token
    }
    const actors = Object.entries(profile.actors) as [ActorName, Profile['actors']['member']][]
    const tokens = new Map(
      await Promise.all(
        actors.map(
          async ([name, { token }]) =>
            [name, await attempt(readToken(token, `actors.${name}.token`))] as const,
        ),
      ),
    )
    const keyring = new Keyring(tokens, undefined)
    const { minting } = profile
    if (!minting) return keyring
    const openMint = async () =>
      TokenMinter.open(minting.alg, await read(minting.key, 'minting.key', context), keyring.jwt())
    return new Keyring(tokens, await attempt(openMint()))
  }

  /** Whether there is a token of this actor. */
  holds(actor: ActorName): boolean {
    return typeof this.#tokens.get(actor) === 'string'
  }

  /** The actor's token as given. */
  token(actor: ActorName): string {
    const token = this.#tokens.get(actor)
    if (token instanceof Error) throw token
    if (token === undefined) throw new SetupError(`the profile gives no actors.${actor}.token`)
    return token
  }

  /** The member's token, taken apart. */
  jwt(): TokenParts {
    const parts = splitToken(this.token('member'))
    if (!parts) throw new SetupError("the member's token is no JWT")
    return parts
  }

  get hasJwt(): boolean {
    const token = this.#tokens.get('member')
    return typeof token === 'string' && splitToken(token) !== undefined
  }

  /** How a token is made from the member's; undefined of a token that is not, or whose signature cannot be told. */
  recipeOf(token: string): TokenRecipe | undefined {
    const minted = this.#mint instanceof TokenMinter ? this.#mint.recipeOf(token) : undefined
    return minted ?? (this.hasJwt && token !== this.token('member') ? recipeOf(token, this.jwt()) : undefined)
  }

  get mint(): TokenMinter {
    if (this.#mint instanceof Error) throw this.#mint
    if (!this.#mint) throw new SetupError('the profile gives no minting key')
    return this.#mint
  }

  /** Whether a wrong token is minted, since the profile gives none. */
  isMinted(kind: WrongToken): boolean {
    return !this.#tokens.has(kind)
  }

  /** A token that is wrong only in what the name says: the profile's, or minted. */
  async wrongToken(kind: WrongToken): Promise<Credentials> {
    const token = this.isMinted(kind) ? await this.mint.wrong(kind) : this.token(kind)
    return bearer(token, `${kind} token`)
  }
}

/** Whether a name is one of a token that the suite can mint. */
export function isWrongToken(name: string): name is WrongToken {
  return (wrongTokens as readonly string[]).includes(name)
}

function asSetupError(error: unknown): SetupError {
  return error instanceof SetupError ? error : new SetupError((error as Error).message)
}
