import type { Sandbox } from '../../../conformance/pdf/sandbox/sandbox.ts'
import type { Fixtures } from '../../../fixtures/load-fixtures.ts'
import type { ContractDocument } from '../../../spec/contract-document.ts'

/** What the checks of part 1 look at. */
export interface ContractInputs {
  contract: ContractDocument
  /** Names the contract in places. */
  file: string
  /** Absent: the contract is of another API, and no fixtures were named. */
  fixtures?: Fixtures
  /** Where the contract is read within limits. */
  sandbox: Sandbox
  /** A Redocly configuration; default: ours for our contract, `recommended` for another. */
  lintConfig?: string
}
