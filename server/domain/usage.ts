import type { Organization, Quantities } from '../../fixtures/organization.ts'
import type { WorkspaceState } from './state.ts'

/**
 * Numbers by product type to put in the place of those that are there; a limit of null removes it.
 *
 * @example
 * ```ts
 * import type { FigureChange } from 'altostrat-contract'
 *
 * const overLimit: FigureChange = { usage: { users: 7 }, limits: { users: 5 } }
 * ```
 */
export interface FigureChange {
  /** Direct usage. */
  usage?: Record<string, number>
  limits?: Record<string, number | null>
}

/** Sets figures, even to values that the rules of the API would not allow. */
export function setFigures(
  { organizations }: WorkspaceState,
  organization: Organization,
  { usage = {}, limits = {} }: FigureChange,
): void {
  const byId = new Map(organizations.map((one) => [one.id, one]))
  for (const [type, count] of Object.entries(usage)) {
    const added = count - (organization.usage.usage[type] ?? 0)
    add(organization.usage.usage, type, added)
    const seen = new Set<Organization>()
    for (
      let one: Organization | undefined = organization;
      one && !seen.has(one);
      one = byId.get(one.parent_org_id ?? '')
    ) {
      seen.add(one)
      add(one.usage.subtree_usage, type, added)
    }
  }
  for (const [type, limit] of Object.entries(limits)) {
    if (limit === null) delete organization.limits[type]
    else organization.limits[type] = limit
  }
}

function add(quantities: Quantities, type: string, count: number): void {
  quantities[type] = (quantities[type] ?? 0) + count
}
