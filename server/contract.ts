import { type Contract, contractFile, loadDocument } from '../spec/contract-document.ts'
import type { Operation, OperationId } from '../spec/operation.ts'
import { ourContract } from '../spec/our-contract.ts'

/** A contract with the ids of those of its operations that are ours: only they have a state, and handlers of their own. */
export interface ServedContract extends Contract {
  ours: ReadonlySet<OperationId>
}

/**
 * Reads a contract. In one that is not ours, operations with the method and path of one of ours are ours, and get its
 * operation id, so that documents with other ids, or none, find their handlers. Where there are such operations, those
 * with the id, the method and the path parameters of one of ours are ours as well: they have another path in this version.
 * Throws `ContractError`.
 */
export async function loadContract(file: string = contractFile): Promise<ServedContract> {
  const contract = file === contractFile ? await ourContract() : await loadDocument(file)
  const { operations: known } = file === contractFile ? contract : await ourContract()
  const unmoved = (one: Operation) =>
    known.find(({ method, path }) => method === one.method && path === one.path)
  const isVersion = contract.operations.some(unmoved)
  const moved = (one: Operation) =>
    known.find(
      ({ operationId, method, path }) =>
        operationId === one.operationId &&
        method === one.method &&
        parametersOf(path) === parametersOf(one.path),
    )
  const matched = contract.operations.map((operation) => ({
    operation,
    same: unmoved(operation) ?? (isVersion ? moved(operation) : undefined),
  }))
  return {
    ...contract,
    operations: matched.map(({ operation, same }) =>
      same ? { ...operation, operationId: same.operationId } : operation,
    ),
    ours: new Set(matched.flatMap(({ same }) => (same ? [same.operationId] : []))),
  }
}

const parametersOf = (path: string) =>
  path
    .match(/\{[^{}]+\}/g)
    ?.sort()
    .join() ?? ''
