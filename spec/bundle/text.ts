import { ContractError } from '../contract-error.ts'

/** The text of a file. Throws {@link ContractError} for bytes that are no UTF-8, as YAML and JSON are. */
export function textFrom(name: string, bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    throw new ContractError(name, undefined, 'no UTF-8 text, as YAML and JSON are')
  }
}
