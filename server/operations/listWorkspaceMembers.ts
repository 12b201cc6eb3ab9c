import { openWorkspace, readers } from '../domain/access.ts'
import { describeMember } from '../domain/members.ts'
import { jsonResponse } from '../http/api-response.ts'
import type { Handler } from './handler.ts'

export const listWorkspaceMembers: Handler<'listWorkspaceMembers'> = ({ caller, path, state }) => {
  const workspaceState = openWorkspace(state, path.workspaceId, caller, readers)
  const data = [...workspaceState.members].map(([userId, membership]) =>
    describeMember(workspaceState, userId, membership),
  )
  return jsonResponse(200, { data, has_more: false })
}
