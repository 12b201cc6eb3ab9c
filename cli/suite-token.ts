import { Keyring } from '../conformance/credentials/keyring.ts'
import { Redactor } from '../conformance/credentials/redaction/redactor.ts'
import { makeToken, type TokenRecipe } from '../conformance/credentials/token-recipe.ts'
import { loadProfile } from '../conformance/profile.ts'
import { readJsonObject, readList } from './option-values.ts'
import { token as ofMock, printToken, type TokenCommandOptions } from './token.ts'

/** The command `token` of the suite: with `--profile` it makes the tokens that `verify` sends, else those of the mock. */
export const token = ofMock
  .option('--profile <file>', "a variant of the member's token of this profile, as verify sends it")
  .option('--claims <json>', 'with --profile: claims to change', readJsonObject, {})
  .option('--header <json>', 'with --profile: header parameters to change', readJsonObject, {})
  .option(
    '--without <name>',
    'with --profile: a claim, or header.NAME, to leave out (repeatable)',
    readList,
    [],
  )
  .option(
    '--signature <minted|kept|none|text>',
    "with --profile: by the profile's minting key, the member's own, or this text",
    'minted',
  )
  .action(
    async (
      name: string,
      { profile, ...options }: TokenCommandOptions & TokenRecipe & { profile?: string },
    ) => {
      if (profile === undefined) return await printToken(name, options)
      process.stdout.write(`${await makeVariant(name, profile, options)}\n`)
    },
  )

async function makeVariant(actor: string, file: string, recipe: TokenRecipe): Promise<string> {
  if (actor !== 'member')
    throw new Error(`${actor}: with --profile, variants are made of the member's token alone`)
  const keyring = await Keyring.open(loadProfile(file), new Redactor(), process.env)
  return makeToken(recipe, keyring.jwt(), (claims, header) => keyring.mint.sign(claims, header))
}
