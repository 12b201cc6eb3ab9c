import { readText } from '../../../fixtures/json-value.ts'
import type { Operation } from '../../../spec/operation.ts'
import { ourContract } from '../../../spec/our-contract.ts'
import type { Target } from '../../engine/target.ts'
import { readJsonBody } from '../../http/json-body.ts'
import { SetupError } from '../../setup-error.ts'

/** An operation beside the export that reads, with a path on which the member finds something. */
export interface Neighbour {
  operation: Operation
  /** Below the base URL. */
  path: string
  /** The ids in the path by their names in the template. */
  ids: Record<string, string>
}

// Read once: that takes longer than a request.
let contract: ReturnType<typeof ourContract> | undefined

/** The operations beside the export that read, and answer with JSON. */
export async function readingOperations(): Promise<Operation[]> {
  contract ??= ourContract()
  const { operations } = await contract
  return operations.filter(
    ({ method, provenance, responses }) =>
      method === 'get' &&
      provenance !== 'user' &&
      responses.some(({ status, mediaTypes }) => status === 200 && mediaTypes.includes('application/json')),
  )
}

/** The operation whose list holds an id of each kind. */
const lists: Record<string, string> = {
  organizationId: 'listOrganizations',
  billingAccountId: 'listBillingAccounts',
  subscriptionId: 'listSubscriptions',
  id: 'listOrganizations',
}

/**
 * The neighbours that can be requested for a workspace: lists first, then their entries. An operation whose list is
 * empty is left out. Throws SetupError where no operation is left.
 */
export async function findNeighbours(target: Target, workspace: string): Promise<Neighbour[]> {
  const reading = await readingOperations()
  const ids: Record<string, string> = { workspaceId: workspace }
  const found: Neighbour[] = []
  for (const operation of reading.toSorted((a, b) => namesIn(a.path).length - namesIn(b.path).length)) {
    for (const name of namesIn(operation.path)) {
      const list = found.find(({ operation: { operationId } }) => operationId === lists[name])
      ids[name] ??= list ? await firstId(target, list.path) : ''
    }
    const own = Object.fromEntries(namesIn(operation.path).map((name) => [name, ids[name] ?? '']))
    if (Object.values(own).every((id) => id))
      found.push({ operation, path: pathOf(operation, own), ids: own })
  }
  if (found.length === 0)
    throw new SetupError(
      'no operation beside the export can be requested: all lists are empty or cannot be read',
    )
  return found
}

/** The path of an operation for other ids. */
export function pathOf({ path }: Operation, ids: Record<string, string>): string {
  return path.replace(/\{(\w+)\}/g, (_, name) => encodeURIComponent(ids[name] ?? ''))
}

const namesIn = (path: string) => [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!)

/** A longer one is no id, and would not fit into a path. */
const longestId = 1000

/** Empty where the list is empty or cannot be read: a check says whether that is right. */
async function firstId(target: Target, path: string): Promise<string> {
  const { body } = await target.request({ path, headers: json })
  const list = readJsonBody(body) as { data?: { id?: unknown }[] } | null | undefined
  const id = readText(Array.isArray(list?.data) ? list.data[0]?.id : undefined) ?? ''
  return id.length > longestId ? '' : id
}

/** The media type of the neighbours' responses. */
export const json = { Accept: 'application/json' }

/** The documented responses of success. */
export const successOf = ({ responses }: Operation) => responses.filter(({ status }) => status < 300)

/**
 * A schema without what the public documentation does not show: the properties marked `x-inferred`, and `required`,
 * which the contract infers throughout, as its description says.
 */
export function documentedPart(schema: object): object {
  return prune(schema, new Map()) as object
}

function prune(value: unknown, seen: Map<object, unknown>): unknown {
  if (typeof value !== 'object' || value === null) return value
  const known = seen.get(value)
  if (known) return known
  if (Array.isArray(value)) return value.map((item) => prune(item, seen))
  const kept: Record<string, unknown> = {}
  seen.set(value, kept)
  for (const [key, child] of Object.entries(value)) {
    const isInferred = (child as { 'x-inferred'?: boolean } | null)?.['x-inferred'] === true
    if (!isInferred && !(key === 'required' && Array.isArray(child))) kept[key] = prune(child, seen)
  }
  return kept
}
