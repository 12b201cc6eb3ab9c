import type { Fixtures } from '../../fixtures/load-fixtures.ts'
import type { Organization } from '../../fixtures/organization.ts'
import type { Persona, Role } from '../../fixtures/personas.ts'
import type { BillingAccount, Workspace } from '../../fixtures/workspace.ts'

export interface Membership {
  role: Role
  created_at: string
  updated_at: string
}

/** A workspace as the server holds it, free to change until the next reset. */
export interface WorkspaceState {
  workspace: Workspace
  asOf: string
  billingAccounts: BillingAccount[]
  organizations: Organization[]
  /** By the `sub` of the members' tokens, in the order in which they joined. */
  members: Map<string, Membership>
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
    for (const { workspace: id, role } of memberships) {
      const workspaceState = state.workspaces.get(id)
      const since = workspaceState?.workspace.created_at ?? ''
      workspaceState?.members.set(sub, { role, created_at: since, updated_at: since })
    }
  }
  return state
}

/** The personas with the memberships that they have by now. */
export function describePersonas({ personas, workspaces }: State): Persona[] {
  return [...personas.values()].map((persona) => ({
    ...persona,
    memberships: [...workspaces].flatMap(([workspace, { members }]) => {
      const role = members.get(persona.sub)?.role
      return role ? [{ workspace, role }] : []
    }),
  }))
}

/** An instant as the API writes it: UTC with six fractional digits. */
export function timestamp(now: Date): string {
  return now.toISOString().replace('Z', '000Z')
}
