import { managers, openForChange, readers } from '../domain/access.ts'
import { assertMayTouch, assertOwnerRemains, findMember } from '../domain/members.ts'
import { noContent } from '../http/api-response.ts'
import type { Handler } from './handler.ts'

export const removeWorkspaceMember: Handler<'removeWorkspaceMember'> = ({ caller, path, state }) => {
  const leaves = caller.subject === path.memberId
  const held = openForChange(state, path.workspaceId, caller, leaves ? readers : managers)
  const membership = findMember(held, path.memberId)
  assertMayTouch(held, caller, membership.role)
  assertOwnerRemains(held, membership)
  held.members.delete(path.memberId)
  return noContent
}
