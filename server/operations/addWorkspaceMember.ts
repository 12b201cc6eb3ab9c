import { managers, openForChange } from '../domain/access.ts'
import { assertMayTouch, describeMember, mostMembers } from '../domain/members.ts'
import { timestamp } from '../domain/state.ts'
import { jsonResponse } from '../http/api-response.ts'
import { Problem } from '../http/problem.ts'
import type { Handler } from './handler.ts'

export const addWorkspaceMember: Handler<'addWorkspaceMember'> = ({ caller, path, body, state, now }) => {
  const workspaceState = openForChange(state, path.workspaceId, caller, managers)
  assertMayTouch(workspaceState, caller, body.role)
  if (workspaceState.members.has(body.user_id))
    throw new Problem('member_exists', 'The user is a member already.')
  if (workspaceState.members.size >= mostMembers) {
    throw new Problem('member_limit_reached', `A workspace has at most ${mostMembers} members.`)
  }
  const at = timestamp(now)
  const membership = { role: body.role, created_at: at, updated_at: at }
  workspaceState.members.set(body.user_id, membership)
  return jsonResponse(201, describeMember(workspaceState, body.user_id, membership))
}
