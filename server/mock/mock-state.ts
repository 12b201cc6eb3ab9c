import type { Persona } from '../../fixtures/personas.ts'
import type { WorkspaceFixture } from '../../fixtures/workspace.ts'
import type { State } from '../domain/state.ts'
import { toFixtures } from '../persistence/fixture-files.ts'

/**
 * What a mock serves: workspaces with their organizations, and personas with their memberships.
 *
 * @example
 * ```ts
 * import type { MockState } from 'altostrat-contract'
 *
 * const countOrganizations = ({ workspaces }: MockState) =>
 *   workspaces.reduce((sum, { organizations }) => sum + organizations.length, 0)
 * ```
 */
export interface MockState {
  workspaces: WorkspaceFixture[]
  personas: Persona[]
}

/** A copy of a state as fixtures, which another mock may be given. */
export function copyState(state: State): MockState {
  return structuredClone(toFixtures(state))
}
