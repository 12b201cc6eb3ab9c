import { managers, openForChange } from '../domain/access.ts'
import { descendantsOf, findOrganization } from '../domain/hierarchy.ts'
import { noteChange } from '../domain/listing.ts'
import { noContent } from '../http/api-response.ts'
import { Problem } from '../http/problem.ts'
import type { Handler } from './handler.ts'

export const deleteOrganization: Handler<'deleteOrganization'> = ({ caller, path, state, now }) => {
  const workspaceState = openForChange(state, path.workspaceId, caller, managers)
  const organization = findOrganization(workspaceState, path.organizationId)
  if (Object.values(organization.usage.subtree_usage).some((count) => count)) {
    const message = 'The organization, or one below it, still uses something.'
    throw new Problem('organization_has_usage', message)
  }
  const gone = new Set([organization, ...descendantsOf(workspaceState, organization)])
  workspaceState.organizations = workspaceState.organizations.filter((one) => !gone.has(one))
  noteChange(workspaceState, now)
  return noContent
}
