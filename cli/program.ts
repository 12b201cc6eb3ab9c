import { readFileSync } from 'node:fs'
import { Command, CommanderError } from 'commander'
import { visible } from '../spec/visible.ts'
import { packageFile } from './package-file.ts'

/** Each command is loaded only when it is called: `token` must not wait for the PDF libraries. */
export type Commands = Record<string, () => Promise<Command>>

/** Runs the command line, named and described as the package is. Sets the exit code. */
export async function runProgram(commands: Commands): Promise<void> {
  const { name, version, description } = JSON.parse(readFileSync(packageFile, 'utf8')) as Record<
    'name' | 'version' | 'description',
    string
  >
  const program = new Command(name).description(description).version(version)
  for (const command of neededBy(process.argv.slice(2), commands)) {
    program.addCommand(await commands[command]!())
  }

  for (const command of [program, ...program.commands]) {
    command.exitOverride().showHelpAfterError('(--help lists the options)')
    command.configureOutput({ outputError: (text, write) => write(printable(text)) })
  }

  // What a pipeline passes on from a variable that is not set is no value, and never a reason to check less.
  program.hook('preAction', (_, command) => {
    const empty = command.options.find((option) => command.getOptionValue(option.attributeName()) === '')
    if (empty) throw new Error(`${empty.long} is given, but empty: is a variable not set?`)
  })

  try {
    await program.parseAsync()
  } catch (error) {
    if (!(error instanceof Error)) throw error
    // Commander has printed its own message; anything else that reaches this line could not start.
    if (!(error instanceof CommanderError)) process.stderr.write(`${name}: ${printable(error.message)}\n`)
    process.exitCode = error instanceof CommanderError && error.exitCode === 0 ? 0 : 2
  }
}

/** The one that is called; none for the version; all for the help, and to name what is unknown. */
function neededBy(args: string[], commands: Commands): string[] {
  const called = args.find((argument) => !argument.startsWith('-'))
  if (called && commands[called]) return [called]
  return ['-V', '--version'].includes(args[0]!) ? [] : Object.keys(commands)
}

/** A message that may quote an argument. The user information of an address is a credential (RFC 3986 §3.2.1). */
const printable = (message: string) => visible(message).replaceAll(/\/\/[^\s/?#]*@/g, '//')
