import { openWorkspace, readers } from '../domain/access.ts'
import { jsonResponse } from '../http/api-response.ts'
import type { Handler } from './handler.ts'

export const retrieveWorkspace: Handler<'retrieveWorkspace'> = ({ caller, path, state }) => {
  return jsonResponse(200, openWorkspace(state, path.workspaceId, caller, readers).workspace)
}
