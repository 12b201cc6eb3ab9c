import type { ContractDocument } from '../spec/contract-document.ts'
import type { Place } from './gate-report.ts'
import { shownFrom } from './shown-path.ts'

/** Where the value at a JSON pointer is written. `file` names the first file of the contract, as reports do. */
export function placeInContract(
  contract: Pick<ContractDocument, 'file' | 'originOf'>,
  file: string,
  pointer: string,
): Place {
  const origin = contract.originOf(pointer)
  const name = origin.file === contract.file ? file : shownFrom(process.cwd(), origin.file)
  return { file: name, ...(origin.line && { line: origin.line }) }
}
