import { type ContractDocument, contractFile, documentFrom, parseSource } from '../contract-document.ts'
import { linesOf } from '../contract-error.ts'
import { assertReferences } from './references.ts'
import { textOf } from './source.ts'

/** A valid contract from any source, all its references inside itself. */
export interface ReadContract extends ContractDocument {
  /** The line (from 1) of the value at a JSON pointer, or of its nearest ancestor. */
  lineOf(pointer: string): number | undefined
}

/**
 * Reads a contract from `FILE` or from git as `git:REF[:PATH]`. PATH counts from the repository's root, as git does;
 * without it, `current` is looked up in REF. Throws {@link ContractError} for what cannot be read or compared.
 */
export async function readContract(source: string, current: string = contractFile): Promise<ReadContract> {
  const text = await textOf(source, current)
  const openapi = parseSource(source, text)
  let lines: ReturnType<typeof linesOf> | undefined
  const lineOf = (pointer: string) => {
    lines ??= linesOf(text)
    return lines(pointer)
  }
  assertReferences(source, openapi, lineOf)
  return { ...(await documentFrom(source, text, openapi)), lineOf }
}
