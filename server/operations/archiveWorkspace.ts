import { openWorkspace, owners } from '../domain/access.ts'
import { timestamp } from '../domain/state.ts'
import { noContent } from '../http/api-response.ts'
import { Problem } from '../http/problem.ts'
import type { Handler } from './handler.ts'

export const archiveWorkspace: Handler<'archiveWorkspace'> = ({ caller, path, state, now }) => {
  const workspaceState = openWorkspace(state, path.workspaceId, caller, owners)
  // Archiving twice is archiving once (RFC 9110 §9.2.2).
  if (workspaceState.workspace.archived) return noContent
  if (workspaceState.organizations.some(({ usage }) => Object.values(usage.usage).some((count) => count))) {
    throw new Problem('workspace_not_empty', 'Organizations of the workspace still use something.')
  }
  if (
    workspaceState.billingAccounts.some(({ quantities }) => Object.values(quantities).some((count) => count))
  ) {
    throw new Problem('workspace_not_empty', 'The workspace still has active subscriptions.')
  }
  const at = timestamp(now)
  Object.assign(workspaceState.workspace, { archived: true, archived_at: at, updated_at: at })
  return noContent
}
