import { Command, Option } from 'commander'
import { loadFixtures } from '../fixtures/load-fixtures.ts'
import { personaNames } from '../fixtures/personas.ts'
import { loadSigningKey } from '../server/authentication/signing-key.ts'
import {
  createTokenIssuer,
  type TokenDefect,
  tokenDefects,
  tokenDefectTable,
} from '../server/authentication/tokens.ts'
import { StartError } from '../server/start-error.ts'
import { readCount, readJsonObject, readList } from './option-values.ts'
import { makeProfileToken, type ProfileTokenOptions } from './profile-token.ts'

const algorithmDefects = tokenDefects.filter((defect) => tokenDefectTable[defect].alg)

/** An option for each defect, `--expired` for one; those of the algorithm are the choices of `--alg`. */
const defectOptions = tokenDefects
  .filter((defect) => !algorithmDefects.includes(defect))
  .map((defect) => ({ defect, option: new Option(`--${defect}`, tokenDefectTable[defect].description) }))

const algorithmOption = new Option(
  '--alg <name>',
  algorithmDefects.map((defect) => tokenDefectTable[defect].description).join(', or '),
).choices(algorithmDefects.map((defect) => tokenDefectTable[defect].alg!))

interface TokenCommandOptions extends ProfileTokenOptions {
  profile?: string
  expiresIn: number
  fixtures?: string
  signingKey?: string
  alg?: string
  /** The options of the defects. */
  [attribute: string]: unknown
}

export const token = new Command('token')
  .description('prints a bearer token that the mock accepts, or refuses for one reason')
  .argument('<persona>', `${personaNames.join(', ')}, or one of your own fixtures`)
  .option('--expires-in <seconds>', 'lifetime', readCount, 3600)
  .option('--fixtures <dir>', 'take the personas of this directory')
  .option('--signing-key <file>', 'key of the mock (default: in the XDG state directory)')
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
    '--signature <minted|kept|text>',
    "with --profile: by the profile's minting key, the member's own, or this text",
    'minted',
  )
  .action(async (name: string, options: TokenCommandOptions) => {
    if (options.profile !== undefined) {
      process.stdout.write(`${await makeProfileToken(name, options.profile, options)}\n`)
      return
    }
    const defect = readDefect(options)
    const { personas } = loadFixtures(options.fixtures)
    const persona = personas.get(name)
    if (!persona) throw new StartError(name, `no such persona; there are ${[...personas.keys()].join(', ')}`)
    const issue = createTokenIssuer(await loadSigningKey(options.signingKey), () => new Date())
    const issued = await issue(persona.sub, { expiresIn: options.expiresIn, ...(defect && { defect }) })
    process.stdout.write(`${issued}\n`)
  })

for (const { option } of defectOptions) token.addOption(option)
token.addOption(algorithmOption)

function readDefect(options: TokenCommandOptions): TokenDefect | undefined {
  const wanted = [
    ...defectOptions.filter(({ option }) => options[option.attributeName()]).map(({ defect }) => defect),
    ...algorithmDefects.filter((defect) => options.alg && tokenDefectTable[defect].alg === options.alg),
  ]
  if (wanted.length > 1) {
    throw new StartError(`--${wanted.join(', --')}`, 'a token is wrong in one way at a time')
  }
  return wanted[0]
}
