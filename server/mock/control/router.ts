import express, { type Request, type Router } from 'express'
import type { Persona } from '../../../fixtures/personas.ts'
import type { ContractDocument } from '../../../spec/contract-document.ts'
import { labelOf, productTypes } from '../../../spec/product-types.ts'
import type { SigningKey } from '../../authentication/signing-key.ts'
import {
  type TokenDefect,
  type TokenOptions,
  tokenDefects,
  tokenDefectTable,
} from '../../authentication/tokens.ts'
import { Problem } from '../../http/problem.ts'
import { createConsole } from '../console/console.ts'
import type { Journal } from '../journal/journal.ts'
import type { ReviewContext } from '../journal/verdict.ts'
import type { ActiveResponse } from '../responses/response-setting.ts'
import type { ActiveScenario } from '../scenarios/scenario-rule.ts'
import { availableScenarios, scopeSchema } from '../scenarios/setting.ts'
import type { Schedule } from '../schedule.ts'
import { createFixtureRoutes } from './fixtures.ts'
import { readPersona } from './persona.ts'
import { protectControlPlane } from './protection.ts'
import { createRequestRoutes } from './requests.ts'
import { createRuleRoutes } from './rules.ts'
import { createWorkspaceRoutes, type WorkspaceAccess } from './workspaces.ts'

/** What the control plane needs of the server. */
export interface ControlPlane {
  key: SigningKey
  controlToken: string | undefined
  personas(): Persona[]
  /** Throws `not_found` for a persona that does not exist. */
  tokenFor(persona: string, options?: TokenOptions): Promise<string>
  reset(): Promise<void>
  /** The state as fixture files: content by path. */
  fixtures(): Record<string, unknown>
  schedule: Schedule
  journal: Journal
  contract(): ContractDocument
  workspaces: WorkspaceAccess
  setScenario(setting: unknown): ActiveScenario
  setResponse(setting: unknown): ActiveResponse
  /** What requests are reviewed against. */
  known(): ReviewContext
}

const defects = tokenDefects.map((name) => ({ name, label: tokenDefectTable[name].label }))
const defaultLifetime = 3600
const longestLifetime = 365 * 24 * 3600

/** The routes below `/_mock/` and `/.well-known/`. Health, public keys and the console's files need no access. */
export function createControlPlane({ key, controlToken, ...plane }: ControlPlane): Router {
  const { personas, tokenFor, reset, fixtures, schedule, journal, known, contract, workspaces } = plane
  const { setScenario, setResponse } = plane
  const router = express.Router({ strict: true, caseSensitive: true })
  router.use(['/_mock', '/.well-known'], (_request, response, next) => {
    response.setHeader('Cache-Control', 'no-store')
    next()
  })
  router.get('/.well-known/jwks.json', (_request, response) => {
    response.type('application/jwk-set+json').send(JSON.stringify({ keys: [key.publicJwk] }))
  })
  router.get('/_mock/health', (_request, response) => void response.json({ status: 'ready' }))

  router.use(createConsole())
  router.use('/_mock', protectControlPlane(controlToken))
  router.get('/_mock/personas', (_request, response) => {
    response.json({ personas: personas(), tokenDefects: defects })
  })
  router.get('/_mock/product-types', (_request, response) => {
    response.json({ types: productTypes.map(({ key, unit }) => ({ key, label: labelOf(key), unit })) })
  })
  router.get('/_mock/token', async (request, response) => {
    const expiresIn = readLifetime(request)
    const defect = readDefect(request)
    const access_token = await tokenFor(readPersona(request.query), { expiresIn, ...(defect && { defect }) })
    response.json({ access_token, token_type: 'Bearer', expires_in: expiresIn })
  })
  router.post('/_mock/reset', async (_request, response) => {
    await reset()
    response.status(204).end()
  })
  router.use('/_mock/fixtures', createFixtureRoutes(fixtures))
  router.get('/_mock/openapi.json', (_request, response) => {
    // So that "Try it out" in an API reference sends its requests to this mock.
    response.json({ ...contract().openapi, servers: [{ url: '/', description: 'This mock' }] })
  })
  router.use('/_mock/workspaces', createWorkspaceRoutes(workspaces))
  router.use(
    '/_mock/scenarios',
    createRuleRoutes('scenario', schedule, setScenario, {
      available: availableScenarios,
      scope: scopeSchema,
    }),
  )
  router.use('/_mock/responses', createRuleRoutes('response', schedule, setResponse))
  router.use('/_mock/requests', createRequestRoutes(journal, known))
  router.use('/_mock', () => {
    throw new Problem('not_found', 'The control plane has no such path.')
  })
  return router
}

function readLifetime({ query }: Request): number {
  if (query.expires_in === undefined) return defaultLifetime
  const seconds = Number(query.expires_in)
  if (Number.isInteger(seconds) && seconds > 0 && seconds <= longestLifetime) return seconds
  throw new Problem('bad_request', `expires_in is a number of seconds from 1 to ${longestLifetime}.`)
}

function readDefect({ query: { defect } }: Request): TokenDefect | undefined {
  if (defect === undefined || tokenDefects.includes(defect as TokenDefect)) return defect as TokenDefect
  throw new Problem('bad_request', `defect is one of ${tokenDefects.join(', ')}.`)
}
