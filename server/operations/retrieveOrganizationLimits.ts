import { openWorkspace, readers } from '../domain/access.ts'
import { findOrganization } from '../domain/hierarchy.ts'
import { breakDownLimits } from '../domain/limits.ts'
import { jsonResponse } from '../http/api-response.ts'
import type { Handler } from './handler.ts'

export const retrieveOrganizationLimits: Handler<'retrieveOrganizationLimits'> = ({
  caller,
  path,
  state,
}) => {
  const workspaceState = openWorkspace(state, path.workspaceId, caller, readers)
  const organization = findOrganization(workspaceState, path.organizationId)
  const { id, name, parent_org_id: parentId } = organization
  return jsonResponse(200, {
    organization_id: id,
    organization_name: name,
    limits: breakDownLimits(workspaceState, organization),
    context:
      parentId === null ? null : { type: 'parent', name: findOrganization(workspaceState, parentId).name },
  })
}
