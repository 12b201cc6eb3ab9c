import type { Sandbox } from '../../../conformance/pdf/sandbox/sandbox.ts'
import type { Change } from '../../../spec/compatibility/change.ts'
import type { ContractDocument } from '../../../spec/contract-document.ts'
import { runBounded } from '../../bounded.ts'

/** Every change between two contracts, or that it could not be told within the limits of the sandbox. */
export async function changesBetween(
  base: ContractDocument,
  head: ContractDocument,
  sandbox: Sandbox,
): Promise<{ value: Change[] } | { cantTell: string }> {
  if (base.sha256 === head.sha256) return { value: [] }
  const task = { module: import.meta.url, name: compareDocuments.name }
  return runBounded<Change[]>(sandbox, task, { base: base.openapi, head: head.openapi })
}

/** Runs in the sandbox. */
export async function compareDocuments({ base, head }: { base: object; head: object }): Promise<Change[]> {
  const { compareContracts } = await import('../../../spec/compatibility/compare.ts')
  return compareContracts(base, head)
}
