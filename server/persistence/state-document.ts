import { checkFixture, checkSharedIds } from '../../fixtures/check-fixture.ts'
import { checkPersonas, type Persona } from '../../fixtures/personas.ts'
import { checkShape } from '../../fixtures/shape.ts'
import { listViolations, summarize, type Violation } from '../../fixtures/violation.ts'
import type { WorkspaceFixture } from '../../fixtures/workspace.ts'
import type { components } from '../../spec/openapi.d.ts'
import { findMisfit } from '../../spec/schema.ts'
import { describePersonas, type State } from '../domain/state.ts'

/** A state as JSON: workspaces and personas as in fixtures, and members with what fixtures do not hold. */
export interface StateDocument {
  schemaVersion: 1
  workspaces: WorkspaceFixture[]
  personas: Persona[]
  members: components['schemas']['Member'][]
}

/** A document that holds no state. The message has one line a reason. */
export class StateError extends Error {
  override name = 'StateError'
}

const why = 'Saved from a running mock.'

export function toDocument(state: State): StateDocument {
  const workspaceState = [...state.workspaces.values()]
  return {
    schemaVersion: 1,
    workspaces: workspaceState.map(({ members, ...data }) => ({
      why,
      ...data,
      expect: { organizations: data.organizations.length, figures: {} },
    })),
    personas: describePersonas(state),
    members: workspaceState.flatMap(({ workspace, members }) =>
      [...members].map(([user_id, membership]) => ({ user_id, workspace_id: workspace.id, ...membership })),
    ),
  }
}

/** The state of a document, which must keep every rule of the fixtures. Throws {@link StateError}. */
export function fromDocument(json: unknown): State {
  const misfit = findMisfit(outline, json)
  if (misfit) throw new StateError(misfit)
  const document = json as StateDocument
  const { workspaces, personas } = document
  const reasons = [...checkWorkspaces(workspaces), ...checkPeople(personas, workspaces)]
  if (reasons.length > 0) throw new StateError(summarize(reasons, (shown) => listViolations('state', shown)))
  return restoreState(document)
}

/** The state of a document that `toDocument` made. Throws {@link StateError} for a member of no workspace. */
export function restoreState({ workspaces, personas, members }: StateDocument): State {
  const state: State = {
    workspaces: new Map(
      workspaces.map(({ why: _why, expect: _expect, ...data }) => [
        data.workspace.id,
        { ...data, members: new Map() },
      ]),
    ),
    personas: new Map(personas.map((persona) => [persona.name, persona])),
  }
  for (const { user_id, workspace_id, ...membership } of members) {
    const workspaceState = state.workspaces.get(workspace_id)
    if (!workspaceState) throw new StateError(`${user_id} is a member of ${workspace_id}, which is not there`)
    workspaceState.members.set(user_id, membership)
  }
  return state
}

function checkWorkspaces(workspaces: WorkspaceFixture[]): Violation[] {
  const misshapen = workspaces.flatMap((one, at) => checkShape('workspace', one, `/workspaces/${at}`))
  if (misshapen.length > 0) return misshapen
  return [...workspaces.flatMap((one) => checkFixture(one)), ...checkSharedIds(workspaces)]
}

function checkPeople(personas: Persona[], workspaces: WorkspaceFixture[]): Violation[] {
  const misshapen = checkShape('personas', personas, '/personas')
  if (misshapen.length > 0) return misshapen
  return checkPersonas(personas, new Set(workspaces.map(({ workspace }) => workspace?.id)))
}

const outline = {
  type: 'object',
  required: ['schemaVersion', 'workspaces', 'personas', 'members'],
  properties: {
    schemaVersion: { enum: [1] },
    workspaces: { type: 'array' },
    members: {
      type: 'array',
      items: {
        type: 'object',
        required: ['user_id', 'workspace_id', 'role', 'created_at', 'updated_at'],
        properties: {
          user_id: { type: 'string', minLength: 1 },
          workspace_id: { type: 'string' },
          role: { enum: ['owner', 'admin', 'viewer'] },
          created_at: { type: 'string', format: 'date-time' },
          updated_at: { type: 'string', format: 'date-time' },
        },
      },
    },
  },
}
