import { Command, Option } from 'commander'
import { loadFixtures } from '../fixtures/load-fixtures.ts'
import { loadSigningKey } from '../server/authentication/signing-key.ts'
import { createTokenIssuer, type TokenDefect } from '../server/authentication/tokens.ts'
import { StartError } from '../server/start-error.ts'
import { readCount } from './option-values.ts'

/** Options that make the token wrong, by the name that Commander gives their values. */
const defects = {
  expired: { defect: 'expired', description: 'a token that has expired' },
  notYetValid: { defect: 'not-yet-valid', description: 'a token that is not valid yet' },
  wrongAudience: { defect: 'wrong-audience', description: 'a token meant for somebody else' },
  wrongIssuer: { defect: 'wrong-issuer', description: 'a token of an issuer that nobody trusts' },
  wrongSignature: { defect: 'wrong-signature', description: 'a token signed with another key' },
  wrongType: { defect: 'wrong-type', description: 'a token that is no access token' },
  withoutSubject: { defect: 'without-subject', description: 'a token of nobody' },
} as const satisfies Record<string, { defect: TokenDefect; description: string }>

const defectOfAlgorithm: Record<string, TokenDefect> = { none: 'alg-none', HS256: 'alg-hs256' }

type TokenCommandOptions = { [K in keyof typeof defects]?: true } & {
  expiresIn: number
  fixtures?: string
  signingKey?: string
  alg?: string
}

export const token = new Command('token')
  .description('prints a bearer token that the mock accepts, or refuses for one reason')
  .argument('<persona>', 'owner, admin, viewer, outsider, nobody, or one of your own fixtures')
  .option('--expires-in <seconds>', 'lifetime', readCount, 3600)
  .option('--fixtures <dir>', 'take the personas of this directory')
  .option('--signing-key <file>', 'key of the mock (default: in the XDG state directory)')
  .action(async (name: string, options: TokenCommandOptions) => {
    const defect = readDefect(options)
    const { personas } = loadFixtures(options.fixtures)
    const persona = personas.get(name)
    if (!persona) throw new StartError(name, `no such persona; there are ${[...personas.keys()].join(', ')}`)
    const issue = createTokenIssuer(await loadSigningKey(options.signingKey), () => new Date())
    const issued = await issue(persona.sub, { expiresIn: options.expiresIn, ...(defect && { defect }) })
    process.stdout.write(`${issued}\n`)
  })

for (const { defect, description } of Object.values(defects)) token.option(`--${defect}`, description)
token.addOption(
  new Option(
    '--alg <name>',
    'a token that is not signed, or signed with the public key as shared secret',
  ).choices(Object.keys(defectOfAlgorithm)),
)

function readDefect(options: TokenCommandOptions): TokenDefect | undefined {
  const asked = Object.entries(defects).filter(([name]) => options[name as keyof typeof defects])
  const found = [
    ...asked.map(([, { defect }]) => defect),
    ...(options.alg ? [defectOfAlgorithm[options.alg]] : []),
  ]
  if (found.length > 1)
    throw new StartError(`--${found.join(', --')}`, 'a token is wrong in one way at a time')
  return found[0]
}
