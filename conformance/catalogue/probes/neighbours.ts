import { loadDocument } from '../../../spec/document.ts'
import type { Operation } from '../../../spec/operation.ts'
import type { Target } from '../../engine/target.ts'
import { SetupError } from '../../setup-error.ts'

/** An operation beside the export that reads, with a path on which the member finds something. */
export interface Neighbour {
  operation: Operation
  /** Below the base URL. */
  path: string
  /** The ids in the path by their names in the template. */
  ids: Record<string, string>
}

// Read once: validating the contract takes longer than asking.
let contract: ReturnType<typeof loadDocument> | undefined

/** The operations beside the export that read. */
export async function readingOperations(): Promise<Operation[]> {
  contract ??= loadDocument()
  const { operations } = await contract
  return operations.filter(({ method, provenance }) => method === 'get' && provenance !== 'user')
}

/** Where an id of each kind is found: in the answer of a list. */
const lists: Record<string, string> = {
  organizationId: 'listOrganizations',
  billingAccountId: 'listBillingAccounts',
  subscriptionId: 'listSubscriptions',
  id: 'listOrganizations',
}

/**
 * The neighbours that the member can be led to from a workspace: lists first, then what they list. What has no
 * entry in its list cannot be asked for, and is left out. Throws SetupError where nothing can be.
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
  if (found.length === 0) throw new SetupError('no neighbouring operation can be asked for anything')
  return found
}

/** The path of an operation for other ids. */
export function pathOf({ path }: Operation, ids: Record<string, string>): string {
  return path.replace(/\{(\w+)\}/g, (_, name) => encodeURIComponent(ids[name] ?? ''))
}

const namesIn = (path: string) => [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!)

/** Empty where the list cannot be read or lists nothing: whether that is right is for a check to say. */
async function firstId(target: Target, path: string): Promise<string> {
  const { body } = await target.request({ path, headers: json })
  try {
    return String((JSON.parse(body.toString('utf8')) as { data: { id: string }[] }).data[0]?.id ?? '')
  } catch {
    return ''
  }
}

/** Asks for what the neighbours answer with. */
export const json = { Accept: 'application/json' }

/** What the contract says of an answer: 200 rather than 204 where both are documented. */
export const successOf = ({ responses }: Operation) => responses.filter(({ status }) => status < 300)

/**
 * A schema without what no public page shows: the fields marked `x-inferred`, and which fields are always there
 * (the description of the contract says that `required` is inferred throughout).
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
