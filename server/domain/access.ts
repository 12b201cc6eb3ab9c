import type { Role } from '../../fixtures/personas.ts'
import type { Caller } from '../authentication/verifier.ts'
import { Problem } from '../http/problem.ts'
import type { State, WorkspaceState } from './state.ts'

/** The roles that may read. */
export const readers: readonly Role[] = ['owner', 'admin', 'viewer']

/** The roles that may change organizations and members. */
export const managers: readonly Role[] = ['owner', 'admin']

/** The roles that may change what is paid for, and end the workspace. */
export const owners: readonly Role[] = ['owner']

/**
 * The workspace, if the caller is a member in one of the roles. Archived ones count: archiving is a soft
 * delete. Throws `not_found` (unknown and malformed ids alike) and `forbidden`.
 */
export function openWorkspace(
  { workspaces }: State,
  workspaceId: string,
  { subject }: Caller,
  roles: readonly Role[],
): WorkspaceState {
  const workspace = workspaces.get(workspaceId)
  if (!workspace) throw new Problem('not_found', 'There is no such workspace.')
  const role = workspace.members.get(subject)?.role
  if (!role) throw new Problem('forbidden', 'You are not a member of this workspace.')
  if (!roles.includes(role)) throw new Problem('forbidden', `The role ${role} does not permit this.`)
  return workspace
}

/** As `openWorkspace`, for a request that changes something. Throws `workspace_archived` besides. */
export function openForChange(...of: Parameters<typeof openWorkspace>): WorkspaceState {
  const workspaceState = openWorkspace(...of)
  if (workspaceState.workspace.archived) {
    throw new Problem('workspace_archived', 'The workspace is archived and can only be read.')
  }
  return workspaceState
}
