import { openWorkspace, readers } from '../domain/access.ts'
import { findOrganization } from '../domain/hierarchy.ts'
import { jsonResponse, noContent } from '../http/api-response.ts'
import type { Handler } from './handler.ts'

export const retrieveParentOrganization: Handler<'retrieveParentOrganization'> = ({
  caller,
  path,
  state,
}) => {
  const workspaceState = openWorkspace(state, path.workspaceId, caller, readers)
  const { parent_org_id: parentId } = findOrganization(workspaceState, path.organizationId)
  return parentId === null ? noContent : jsonResponse(200, findOrganization(workspaceState, parentId))
}
