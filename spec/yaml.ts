import { parse, YAMLParseError } from 'yaml'
import { ContractError } from './contract-error.ts'

/** Parses YAML or JSON. Throws {@link ContractError} with the line; `file` names the source. */
export function parseYaml(file: string, source: string): unknown {
  try {
    return parse(source)
  } catch (error) {
    const line = error instanceof YAMLParseError ? error.linePos?.[0].line : undefined
    const [reason = ''] = (error as Error).message.split('\n')
    throw new ContractError(file, line, reason.replace(/ at line \d+, column \d+:$/, ''))
  }
}
