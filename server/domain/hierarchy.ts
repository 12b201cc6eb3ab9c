import type { Organization } from '../../fixtures/organization.ts'
import { bounds } from '../../fixtures/platform-bounds.ts'
import { Problem } from '../http/problem.ts'
import type { WorkspaceState } from './state.ts'

/** Throws `not_found`. */
export function findOrganization({ organizations }: WorkspaceState, id: string): Organization {
  const organization = organizations.find((one) => one.id === id)
  if (!organization) throw new Problem('not_found', 'There is no such organization in this workspace.')
  return organization
}

/** Everything below an organization, parents before children. */
export function descendantsOf({ organizations }: WorkspaceState, { id }: Organization): Organization[] {
  const byParent = Map.groupBy(organizations, (one) => one.parent_org_id)
  const found = [...(byParent.get(id) ?? [])]
  for (const child of found) found.push(...(byParent.get(child.id) ?? []))
  return found
}

/**
 * Throws `organization_limit_reached`, `hierarchy_too_deep` and `child_limit_reached` where a workspace has
 * no room for one more organization, below the parent or at the top.
 */
export function assertRoom({ organizations }: WorkspaceState, parent: Organization | null): void {
  if (organizations.length >= bounds.organizations) {
    const message = `A workspace has at most ${bounds.organizations} organizations.`
    throw new Problem('organization_limit_reached', message)
  }
  if (!parent) return
  if (parent.depth + 1 >= bounds.levels) {
    throw new Problem('hierarchy_too_deep', `Organizations stand on at most ${bounds.levels} levels.`)
  }
  const children = organizations.filter(({ parent_org_id }) => parent_org_id === parent.id)
  if (children.length >= bounds.children) {
    throw new Problem('child_limit_reached', `An organization has at most ${bounds.children} children.`)
  }
}
