import { managers, openForChange } from '../domain/access.ts'
import { findOrganization } from '../domain/hierarchy.ts'
import { changeOrganization } from '../domain/organization.ts'
import { jsonResponse } from '../http/api-response.ts'
import type { Handler } from './handler.ts'

export const updateOrganization: Handler<'updateOrganization'> = ({ caller, path, body, state, now }) => {
  const workspaceState = openForChange(state, path.workspaceId, caller, managers)
  const organization = findOrganization(workspaceState, path.organizationId)
  return jsonResponse(200, changeOrganization(workspaceState, organization, body, now))
}
