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
  const held = openForChange(state, path.workspaceId, caller, managers)
  const membership = findMember(held, path.memberId)
  assertMayTouch(held, caller, membership.role, body.role)
  if (body.role !== 'owner') assertOwnerRemains(held, membership)
  Object.assign(membership, { role: body.role, updated_at: timestamp(now) })
  return jsonResponse(200, describeMember(held, path.memberId, membership))
}
