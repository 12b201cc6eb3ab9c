import { newWorkspaceId } from '../domain/identifier.ts'
import { timestamp, type WorkspaceState } from '../domain/state.ts'
import { jsonResponse } from '../http/api-response.ts'
import type { Handler } from './handler.ts'

/** The billing account of every new workspace: the one that the contract's examples show. */
const billingAccountId = 'cus_a1b2c3d4e5f6g7h8'

export const createWorkspace: Handler<'createWorkspace'> = ({ caller, body, state, now, random }) => {
  const at = timestamp(now)
  const { name, description = null, billing_mode } = body
  const workspace: WorkspaceState['workspace'] = {
    id: newWorkspaceId(random, state),
    name,
    description,
    billing_mode,
    pooled_seat_limit: billing_mode === 'pooled' ? 0 : null,
    archived: false,
    created_at: at,
    updated_at: at,
    archived_at: null,
  }
  state.workspaces.set(workspace.id, {
    workspace,
    asOf: now.toISOString(),
    billingAccounts: [{ id: billingAccountId, name, quantities: {} }],
    organizations: [],
    members: new Map([[caller.subject, { role: 'owner', created_at: at, updated_at: at }]]),
  })
  return jsonResponse(201, workspace)
}
