import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import {
  type Contract,
  contractFile,
  contractOf,
  loadDocument,
  type OpenApiObject,
} from './contract-document.ts'

/** Our contract as the build has read and validated it. */
export interface PreparedContract {
  /** Of the file that was read. */
  sha256: string
  document: OpenApiObject
}

/** Beside the contract, in a package. */
export const preparedFileOf = (file: string = contractFile) => file.replace(/\.yaml$/, '.prepared.json')

/** Our contract: what the build has prepared, unless the file was changed since. Throws `ContractError`. */
export async function ourContract(file: string = contractFile): Promise<Contract> {
  const preparedFile = preparedFileOf(file)
  if (!existsSync(preparedFile)) return loadDocument(file)
  const { sha256, document } = JSON.parse(readFileSync(preparedFile, 'utf8')) as PreparedContract
  const isUnchanged = createHash('sha256').update(readFileSync(file)).digest('hex') === sha256
  return isUnchanged ? contractOf(document, { file, sha256 }) : loadDocument(file)
}

/** What the build writes into that file. */
export async function prepareContract(): Promise<PreparedContract> {
  const { sha256, openapi } = await loadDocument()
  return { sha256, document: openapi }
}
