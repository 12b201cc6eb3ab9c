import { managers, openForChange } from '../domain/access.ts'
import { timestamp } from '../domain/state.ts'
import { jsonResponse } from '../http/api-response.ts'
import type { Handler } from './handler.ts'

export const updateWorkspace: Handler<'updateWorkspace'> = ({ caller, path, body, state, now }) => {
  const { workspace } = openForChange(state, path.workspaceId, caller, managers)
  Object.assign(workspace, body, { updated_at: timestamp(now) })
  return jsonResponse(200, workspace)
}
