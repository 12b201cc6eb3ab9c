import { type ContractDocument, contractFile, loadDocument } from '../spec/contract-document.ts'

/**
 * Reads a contract. In one that is not ours, operations with the method and path of one of ours get its operation id,
 * so that documents with other ids, or none, find their handlers.
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
