import type { Role } from '../../fixtures/personas.ts'
import type { components } from '../../spec/openapi.d.ts'
import type { Caller } from '../authentication/verifier.ts'
import { Problem } from '../http/problem.ts'
import type { Membership, WorkspaceState } from './state.ts'

/** The most members that a workspace may have. */
export const mostMembers = 100

/** A member as the API describes one. */
export function describeMember(
  { workspace }: WorkspaceState,
  user_id: string,
  membership: Membership,
): components['schemas']['Member'] {
  return { user_id, workspace_id: workspace.id, ...membership }
}

/** Throws `not_found`. */
export function findMember({ members }: WorkspaceState, userId: string): Membership {
  const member = members.get(userId)
  if (!member) throw new Problem('not_found', 'There is no such member in this workspace.')
  return member
}

/** Owners are made and unmade by owners. Throws `forbidden`. */
export function assertMayTouch({ members }: WorkspaceState, { subject }: Caller, ...roles: Role[]): void {
  if (roles.includes('owner') && members.get(subject)?.role !== 'owner') {
    throw new Problem('forbidden', 'Only an owner adds, changes or removes owners.')
  }
}

/** Throws `cannot_remove_last_owner` where there would be no owner without this one. */
export function assertOwnerRemains({ members }: WorkspaceState, without: Membership): void {
  const others = [...members.values()].filter((member) => member.role === 'owner' && member !== without)
  if (without.role === 'owner' && others.length === 0) {
    throw new Problem('cannot_remove_last_owner', 'A workspace has at least one owner.')
  }
}
