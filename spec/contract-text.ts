import { decodeText, readBoundedFile } from './bounded-file.ts'
import { ContractError } from './contract-error.ts'

/** The largest public contracts have 10 MB. */
const maxBytes = 64 * 2 ** 20

/** The text of a contract's file, or of one that belongs to it. Throws {@link ContractError} with file and reason. */
export function readContractText(file: string): string {
  try {
    return textFrom(file, readBoundedFile(file, maxBytes))
  } catch (error) {
    throw error instanceof ContractError
      ? error
      : new ContractError(file, undefined, (error as Error).message)
  }
}

/** The text of a file ({@link decodeText}). Throws {@link ContractError} for bytes that are none. */
export function textFrom(name: string, bytes: Buffer): string {
  try {
    return decodeText(bytes)
  } catch (error) {
    throw new ContractError(name, undefined, (error as Error).message)
  }
}
