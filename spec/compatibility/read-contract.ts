import { type ContractDocument, loadDocument } from '../contract-document.ts'

/** A valid contract from any source. */
export interface ReadContract extends ContractDocument {
  /** The line (from 1) of the value at a JSON pointer, or of its nearest ancestor. */
  lineOf(pointer: string): number | undefined
}
export async function readContract(source: string, current?: string): Promise<ReadContract> {
  const contract = await loadDocument(source, current)
  return { ...contract, lineOf: (pointer) => contract.originOf(pointer).line }
}
