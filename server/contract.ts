import { type ContractDocument, contractFile, loadDocument } from '../spec/contract-document.ts'
import type { OperationId } from '../spec/operation.ts'

/** A contract with the ids of those of its operations that are ours: only they have a state, and handlers of their own. */
export interface ServedContract extends ContractDocument {
  ours: ReadonlySet<OperationId>
}

/**
 * Reads a contract. In one that is not ours, operations with the method and path of one of ours are ours, and get its
 * operation id, so that documents with other ids, or none, find their handlers.
 * Throws `ContractError`.
 */
export async function loadContract(file: string = contractFile): Promise<ServedContract> {
  const contract = await loadDocument(file)
  const { operations: known } = file === contractFile ? contract : await loadDocument()
  const named = contract.operations.map((operation) => {
    const same = known.find(({ method, path }) => method === operation.method && path === operation.path)
    return {
      operation: same ? { ...operation, operationId: same.operationId } : operation,
      isOurs: Boolean(same),
    }
  })
  return {
    ...contract,
    operations: file === contractFile ? contract.operations : named.map(({ operation }) => operation),
    ours: new Set(named.flatMap(({ operation, isOurs }) => (isOurs ? [operation.operationId] : []))),
  }
}
