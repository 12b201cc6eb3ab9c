import { openWorkspace, readers } from '../domain/access.ts'
import { findOrganization } from '../domain/hierarchy.ts'
import { jsonResponse } from '../http/api-response.ts'
import type { Handler } from './handler.ts'

export const retrieveOrganization: Handler<'retrieveOrganization'> = ({ caller, path, state }) => {
  const workspaceState = openWorkspace(state, path.workspaceId, caller, readers)
  return jsonResponse(200, findOrganization(workspaceState, path.organizationId))
}
