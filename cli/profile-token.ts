import { Keyring } from '../conformance/credentials/keyring.ts'
import { Redactor } from '../conformance/credentials/redaction/redactor.ts'
import { makeToken, type TokenRecipe } from '../conformance/credentials/token-recipe.ts'
import { loadProfile } from '../conformance/profile.ts'

export type ProfileTokenOptions = TokenRecipe

/** A variant of the member's token of a profile: the one that a report of `verify` names by its command. */
export async function makeProfileToken(
  actor: string,
  file: string,
  { header, claims, without, signature }: ProfileTokenOptions,
): Promise<string> {
  if (actor !== 'member')
    throw new Error(`${actor}: with --profile, variants are made of the member's token alone`)
  const keyring = await Keyring.open(loadProfile(file), new Redactor(), process.env)
  const recipe = { header, claims, without, signature }
  return makeToken(recipe, keyring.jwt(), (changes, parameters) => keyring.mint.sign(changes, parameters))
}
