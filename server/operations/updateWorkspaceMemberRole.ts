import { managers, openForChange } from '../domain/access.ts'
import { assertMayTouch, assertOwnerRemains, describeMember, findMember } from '../domain/members.ts'
import { timestamp } from '../domain/state.ts'
import { jsonResponse } from '../http/api-response.ts'
import type { Handler } from './handler.ts'

export const updateWorkspaceMemberRole: Handler<'updateWorkspaceMemberRole'> = ({
  caller,
  path,
  body,
  state,
  now,
}) => {
  const workspaceState = openForChange(state, path.workspaceId, caller, managers)
  const membership = findMember(workspaceState, path.memberId)
  assertMayTouch(workspaceState, caller, membership.role, body.role)
  if (body.role !== 'owner') assertOwnerRemains(workspaceState, membership)
  Object.assign(membership, { role: body.role, updated_at: timestamp(now) })
  return jsonResponse(200, describeMember(workspaceState, path.memberId, membership))
}
