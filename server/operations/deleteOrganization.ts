import { managers, openForChange } from '../domain/access.ts'
import { descendantsOf, findOrganization } from '../domain/hierarchy.ts'
import { noteChange } from '../domain/listing.ts'
import { noContent } from '../http/api-response.ts'
import { Problem } from '../http/problem.ts'
import type { Handler } from './handler.ts'

export const deleteOrganization: Handler<'deleteOrganization'> = ({ caller, path, state, now }) => {
  const held = openForChange(state, path.workspaceId, caller, managers)
  const organization = findOrganization(held, path.organizationId)
  if (Object.values(organization.usage.subtree_usage).some((count) => count)) {
    const message = 'The organization, or one below it, still uses something.'
    throw new Problem('organization_has_usage', message)
  }
  const gone = new Set([organization, ...descendantsOf(held, organization)])
  held.organizations = held.organizations.filter((one) => !gone.has(one))
  noteChange(held, now)
  return noContent
}
