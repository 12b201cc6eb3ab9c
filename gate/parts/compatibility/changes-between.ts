import type { Sandbox } from '../../../conformance/pdf/sandbox/sandbox.ts'
import type { Change } from '../../../spec/compatibility/change.ts'
import { runBounded } from '../../bounded.ts'

/** Every change between two contracts, or that it could not be told within the limits of the sandbox. */
export const changesBetween = (base: object, head: object, sandbox: Sandbox) =>
  runBounded<Change[]>(sandbox, { module: import.meta.url, name: compareDocuments.name }, { base, head })

/** Runs in the sandbox. */
export async function compareDocuments({ base, head }: { base: object; head: object }): Promise<Change[]> {
  const { compareContracts } = await import('../../../spec/compatibility/compare.ts')
  return compareContracts(base, head)
}
