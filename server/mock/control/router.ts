import express, { type Request, type RequestHandler, type Router } from 'express'
import type { Persona } from '../../../fixtures/personas.ts'
import { labelOf, productTypes } from '../../../spec/product-types.ts'
import type { SigningKey } from '../../authentication/signing-key.ts'
import { type TokenDefect, tokenDefects, tokenDefectTable } from '../../authentication/tokens.ts'
import type { ServedContract } from '../../contract.ts'
import { Problem } from '../../http/problem.ts'
import type { Kept } from '../../persistence/kept.ts'
import { createConsole } from '../console/console.ts'
import type { Journal } from '../journal/journal.ts'
import type { ReviewContext } from '../journal/verdict.ts'
import type { SharedControl } from '../mock-control.ts'
import type { RuleBook } from '../rule-book.ts'
import { availableScenarios, scopeSchema } from '../scenarios/setting.ts'
import { createFixtureRoutes } from './fixtures.ts'
import { readPersona } from './persona.ts'
import { protectControlPlane } from './protection.ts'
import { createRequestRoutes } from './requests.ts'
import { createRuleRoutes } from './rules.ts'
import { createWorkspaceRoutes, type WorkspaceAccess } from './workspaces.ts'

/** What the control plane needs of the server. */
export interface ControlPlane extends Omit<WorkspaceAccess, 'setFigures'> {
  key: SigningKey
  controlToken: string | undefined
  control: SharedControl
  rules: Kept<RuleBook>
  /** Whether requests can be answered by now. */
  isReady(): boolean
  /** The state as fixture files: content by path. */
  fixtures(): Record<string, unknown>
  journal: Journal
  contract(): ServedContract
  /** What requests are reviewed against. */
  known(): ReviewContext
}

const defects = tokenDefects.map((name) => ({ name, label: tokenDefectTable[name].label }))
const defaultLifetime = 3600
const longestLifetime = 365 * 24 * 3600

/** The routes below `/_mock/` and `/.well-known/`. Health, public keys and the console's files need no access. */
export function createControlPlane({ key, controlToken, ...plane }: ControlPlane): Router {
  const { control, rules, isReady, fixtures, journal, known, contract, state, previewReport } = plane
  const router = express.Router({ strict: true, caseSensitive: true })
  router.use(['/_mock', '/.well-known'], (_request, response, next) => {
    response.setHeader('Cache-Control', 'no-store')
    next()
  })
  router.get('/.well-known/jwks.json', (_request, response) => {
    response.type('application/jwk-set+json').send(JSON.stringify({ keys: [key.publicJwk] }))
  })
  router.get('/_mock/health', (_request, response) => {
    if (isReady()) response.json({ status: 'ready' })
    else response.status(503).json({ status: 'unavailable' })
  })

  router.use(createConsole())
  router.use('/_mock', protectControlPlane(controlToken))
  router.get('/_mock/personas', async (_request, response) => {
    response.json({ personas: callersOf(contract(), await control.personas()), tokenDefects: defects })
  })
  router.use(['/_mock/product-types', '/_mock/fixtures', '/_mock/workspaces'], needsOurs(contract))
  router.get('/_mock/product-types', (_request, response) => {
    response.json({ types: productTypes.map(({ key, unit }) => ({ key, label: labelOf(key), unit })) })
  })
  router.get('/_mock/token', async (request, response) => {
    const expiresIn = readLifetime(request)
    const defect = readDefect(request)
    const options = { expiresIn, ...(defect && { defect }) }
    const access_token = await control.tokenFor(readPersona(request.query), options)
    response.json({ access_token, token_type: 'Bearer', expires_in: expiresIn })
  })
  router.post('/_mock/reset', async (_request, response) => {
    await control.reset()
    response.status(204).end()
  })
  router.use('/_mock/fixtures', createFixtureRoutes(fixtures))
  router.get('/_mock/openapi.json', (_request, response) => {
    // So that "Try it out" in an API reference sends its requests to this mock.
    const { openapi, serverPaths } = contract()
    response.json({ ...openapi, servers: [{ url: serverPaths[0] || '/', description: 'This mock' }] })
  })
  router.use(
    '/_mock/workspaces',
    createWorkspaceRoutes({ state, setFigures: control.setFigures, previewReport }),
  )
  router.use(
    '/_mock/scenarios',
    createRuleRoutes('scenario', rules, control.setScenario, {
      available: availableScenarios,
      scope: scopeSchema,
    }),
  )
  router.use('/_mock/responses', createRuleRoutes('response', rules, control.setResponse))
  router.use('/_mock/requests', createRequestRoutes(journal, known, control.verifyRequests))
  router.use('/_mock', () => {
    throw new Problem('not_found', 'The control plane has no such path.')
  })
  return router
}

/** Where nobody needs a token there are no personas, and without our operations they are members of nothing. */
function callersOf({ operations, ours }: ServedContract, personas: Persona[]): Persona[] {
  if (operations.every(({ isPublic }) => isPublic)) return []
  return ours.size > 0 ? personas : personas.map((persona) => ({ ...persona, memberships: [] }))
}

/** Responds 404 where a contract is served that has none of our operations, and so no workspaces. */
function needsOurs(contract: () => ServedContract): RequestHandler {
  return (_request, _response, next) => {
    const { ours, title } = contract()
    if (ours.size > 0) return next()
    throw new Problem('not_found', `The contract that is served, ${title}, has no workspaces.`)
  }
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
