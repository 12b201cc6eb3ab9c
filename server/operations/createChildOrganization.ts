import { managers, openForChange } from '../domain/access.ts'
import { findOrganization } from '../domain/hierarchy.ts'
import { addOrganization } from '../domain/organization.ts'
import { jsonResponse } from '../http/api-response.ts'
import type { Handler } from './handler.ts'

export const createChildOrganization: Handler<'createChildOrganization'> = ({
  caller,
  path,
  body,
  ...call
}) => {
  const workspaceState = openForChange(call.state, path.workspaceId, caller, managers)
  const parent = findOrganization(workspaceState, path.organizationId)
  return jsonResponse(201, addOrganization(workspaceState, parent, body, call))
}
