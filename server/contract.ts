import { type ContractDocument, contractFile, loadDocument } from '../spec/contract-document.ts'

/**
 * Reads a contract; in one that is not ours, the operations that we know by method and path get our
 * operation ids, so that documents which name none, or others, find their handlers.
 * Throws `ContractError`.
 */
export async function loadContract(file: string = contractFile): Promise<ContractDocument> {
  const contract = await loadDocument(file)
  if (file === contractFile) return contract
  const { operations: ours } = await loadDocument()
  return {
    ...contract,
    operations: contract.operations.map((operation) => ({
      ...operation,
      operationId:
        ours.find(({ method, path }) => method === operation.method && path === operation.path)
          ?.operationId ?? operation.operationId,
    })),
  }
}
