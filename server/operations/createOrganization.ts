import { managers, openForChange } from '../domain/access.ts'
import { addOrganization } from '../domain/organization.ts'
import { jsonResponse } from '../http/api-response.ts'
import type { Handler } from './handler.ts'

export const createOrganization: Handler<'createOrganization'> = ({ caller, path, body, ...call }) => {
  const workspaceState = openForChange(call.state, path.workspaceId, caller, managers)
  return jsonResponse(201, addOrganization(workspaceState, null, body, call))
}
