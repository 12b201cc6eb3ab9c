import { managers, openForChange, readers } from '../domain/access.ts'
import { assertMayTouch, assertOwnerRemains, findMember } from '../domain/members.ts'
import { noContent } from '../http/api-response.ts'
import type { Handler } from './handler.ts'

export const removeWorkspaceMember: Handler<'removeWorkspaceMember'> = ({ caller, path, state }) => {
  const leaves = caller.subject === path.memberId
  const workspaceState = openForChange(state, path.workspaceId, caller, leaves ? readers : managers)
  const membership = findMember(workspaceState, path.memberId)
  assertMayTouch(workspaceState, caller, membership.role)
  assertOwnerRemains(workspaceState, membership)
  workspaceState.members.delete(path.memberId)
  return noContent
}
