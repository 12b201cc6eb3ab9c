import type { Fixtures } from '../fixtures/catalog.ts'
import type { Persona, Role } from '../fixtures/personas.ts'
import type { BillingAccount, UsageData, Workspace } from '../fixtures/workspace.ts'

/** A workspace as the server holds it, free to change until the next reset. */
export interface WorkspaceState {
  workspace: Workspace
  asOf: string
  billingAccounts: BillingAccount[]
  organizations: UsageData['organizations']
  /** Roles by the `sub` of the members' tokens. */
  members: Map<string, Role>
}

/** What the server knows. It begins as a copy of the fixtures. */
export interface State {
  workspaces: Map<string, WorkspaceState>
  personas: Map<string, Persona>
}

/** Copies the fixtures, so that nothing done to the state reaches them. */
export function stateFrom({ workspaces, personas }: Fixtures): State {
  const state: State = { workspaces: new Map(), personas: structuredClone(personas) }
  for (const [id, { workspace, asOf, billingAccounts, organizations }] of workspaces) {
    const copy = structuredClone({ workspace, asOf, billingAccounts, organizations })
    state.workspaces.set(id, { ...copy, members: new Map() })
  }
  for (const { sub, memberships } of personas.values()) {
    for (const { workspace, role } of memberships) state.workspaces.get(workspace)?.members.set(sub, role)
  }
  return state
}
