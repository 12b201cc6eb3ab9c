import express, { type Router } from 'express'
import { impossibleTypes } from '../../../fixtures/organization.ts'
import { findOrganization } from '../../domain/hierarchy.ts'
import { noteChange } from '../../domain/listing.ts'
import type { State, WorkspaceState } from '../../domain/state.ts'
import { type FigureChange, setFigures } from '../../domain/usage.ts'
import { createShapeReader } from '../../http/json-shape.ts'
import { Problem } from '../../http/problem.ts'
import { computeFigures } from '../../report/figures.ts'
import { requireJsonBody } from './json-body.ts'

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
  now(): Date
  /** Called after every change of the state, to persist it. */
  keep(): Promise<void>
}

/** All workspaces whatever their members, and figures to set without the checks that the API makes. */
export function createWorkspaceRoutes({ state, now, keep }: WorkspaceAccess): Router {
  const router = express.Router({ strict: true, caseSensitive: true })
  const open = (id: unknown): WorkspaceState => {
    const held = state().workspaces.get(String(id))
    if (held) return held
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
  router.patch('/:id/organizations/:organizationId', requireJsonBody, async ({ params, body }, response) => {
    const held = open(params.id)
    const organization = findOrganization(held, String(params.organizationId))
    setFigures(held, organization, readChange(body))
    noteChange(held, now())
    await keep()
    response.json(organization)
  })
  return router
}
