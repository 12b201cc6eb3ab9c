import express, { type Router } from 'express'
import { impossibleTypes, type Organization } from '../../../fixtures/organization.ts'
import { findOrganization } from '../../domain/hierarchy.ts'
import { noteChange } from '../../domain/listing.ts'
import type { State, WorkspaceState } from '../../domain/state.ts'
import { type FigureChange, setFigures } from '../../domain/usage.ts'
import { type ApiResponse, writeResponse } from '../../http/api-response.ts'
import { clientDisconnectSignal } from '../../http/client-disconnect.ts'
import { createShapeReader } from '../../http/json-shape.ts'
import { Problem } from '../../http/problem.ts'
import { computeFigures } from '../../report/figures.ts'
import { requireJsonBody } from './json-body.ts'
import { readPersona } from './persona.ts'

const propertyNames = { not: { enum: impossibleTypes } }
const counts = (value: object) => ({ type: 'object', propertyNames, additionalProperties: value })
const count = { type: 'integer', minimum: 0, maximum: 1_000_000_000 }
const readChange = createShapeReader<FigureChange>('These figures cannot be set', {
  type: 'object',
  properties: { usage: counts(count), limits: counts({ ...count, nullable: true }) },
  additionalProperties: false,
})

/** What the routes need of the server. */
export interface WorkspaceAccess {
  state(): State
  /** Sets figures whatever the API's rules say. Rejects with `bad_request` and `not_found`. */
  setFigures(organizationId: string, change: FigureChange): Promise<Organization>
  /**
   * The response that a persona would get to the export, without the rules that are set and without the journal.
   * Rejects with the problem of the operation, or `not_found` if there is no such persona.
   */
  previewReport(workspaceId: string, persona: string, signal: AbortSignal): Promise<ApiResponse>
}

/** Sets the figures of an organization, wherever it is, as `PATCH` does. Throws `bad_request` and `not_found`. */
export function changeFigures(
  state: State,
  now: Date,
  organizationId: string,
  change: unknown,
): Organization {
  const figures = readChange(change)
  for (const workspaceState of state.workspaces.values()) {
    const organization = workspaceState.organizations.find(({ id }) => id === organizationId)
    if (!organization) continue
    setFigures(workspaceState, organization, figures)
    noteChange(workspaceState, now)
    return structuredClone(organization)
  }
  throw new Problem('not_found', `There is no organization ${organizationId}.`)
}

/** All workspaces whatever their members, their reports, and figures to set without the checks that the API makes. */
export function createWorkspaceRoutes({ state, setFigures, previewReport }: WorkspaceAccess): Router {
  const router = express.Router({ strict: true, caseSensitive: true })
  const open = (id: unknown): WorkspaceState => {
    const workspaceState = state().workspaces.get(String(id))
    if (workspaceState) return workspaceState
    throw new Problem('not_found', `There is no workspace ${id}; GET /_mock/workspaces lists them.`)
  }
  router.get('/', (_request, response) => {
    response.json({
      workspaces: [...state().workspaces.values()].map(({ workspace, organizations, members }) => ({
        ...workspace,
        organizations: organizations.length,
        members: members.size,
      })),
    })
  })
  router.get('/:id', ({ params }, response) => {
    const { workspace, asOf, billingAccounts, organizations } = open(params.id)
    const { types, rows } = computeFigures({ workspace, asOf, billingAccounts, organizations })
    response.json({ workspace, asOf, types, organizations: rows.map(({ organization }) => organization) })
  })
  router.get('/:id/usage.pdf', async ({ params, query }, response) => {
    const signal = clientDisconnectSignal(response)
    const report = await previewReport(params.id, readPersona(query), signal)
    await writeResponse(response, { ...report, headers: { ...report.headers, 'Cache-Control': 'no-store' } })
  })
  router.patch('/:id/organizations/:organizationId', requireJsonBody, async ({ params, body }, response) => {
    const { id } = findOrganization(open(params.id), String(params.organizationId))
    response.json(await setFigures(id, body))
  })
  return router
}
