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
import { readCount } from './option-values.ts'

const algorithmDefects = tokenDefects.filter((defect) => tokenDefectTable[defect].alg)

/** An option for each defect, `--expired` for one; those of the algorithm are the choices of `--alg`. */
const defectOptions = tokenDefects
  .filter((defect) => !algorithmDefects.includes(defect))
  .map((defect) => ({ defect, option: new Option(`--${defect}`, tokenDefectTable[defect].description) }))

const algorithmOption = new Option(
  '--alg <name>',
  algorithmDefects.map((defect) => tokenDefectTable[defect].description).join(', or '),
).choices(algorithmDefects.map((defect) => tokenDefectTable[defect].alg!))

export interface TokenCommandOptions {
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
  .action(printToken)

for (const { option } of defectOptions) token.addOption(option)
token.addOption(algorithmOption)

/** Prints a token of a persona of the mock. */
export async function printToken(name: string, options: TokenCommandOptions): Promise<void> {
  const defect = readDefect(options)
  const { personas } = loadFixtures(options.fixtures)
  const persona = personas.get(name)
  if (!persona) throw new StartError(name, `no such persona; there are ${[...personas.keys()].join(', ')}`)
  const issue = createTokenIssuer(await loadSigningKey(options.signingKey), () => new Date())
  const issued = await issue(persona.sub, { expiresIn: options.expiresIn, ...(defect && { defect }) })
  process.stdout.write(`${issued}\n`)
}

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
