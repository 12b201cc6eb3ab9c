import { openWorkspace, readers } from '../domain/access.ts'
import { descendantsOf, findOrganization } from '../domain/hierarchy.ts'
import { jsonResponse } from '../http/api-response.ts'
import type { Handler } from './handler.ts'

export const listDescendantOrganizations: Handler<'listDescendantOrganizations'> = ({
  caller,
  path,
  state,
}) => {
  const workspaceState = openWorkspace(state, path.workspaceId, caller, readers)
  return jsonResponse(200, {
    data: descendantsOf(workspaceState, findOrganization(workspaceState, path.organizationId)),
  })
}
