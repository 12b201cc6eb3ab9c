import { fileURLToPath } from 'node:url'
import { aWorkspace } from '../../fixtures/a-workspace.ts'
import type { GivenFixtures } from '../../fixtures/load-fixtures.ts'
import type { Organization } from '../../fixtures/organization.ts'
import type { PersonaName } from '../../fixtures/personas.ts'
import { generateSigningKey } from '../authentication/signing-key.ts'
import type { TokenOptions } from '../authentication/tokens.ts'
import { loadContract, type ServedContract } from '../contract.ts'
import type { FigureChange } from '../domain/usage.ts'
import { createLog, type logLevels } from '../log.ts'
import { startServer } from '../main.ts'
import { readStatePlace } from '../persistence/state-place.ts'
import { generateCertificate } from '../tls/certificate.ts'
import type { RequestFilter } from './control/requests.ts'
import type { JournalEntry } from './journal/entry.ts'
import type { Verification, VerificationResult } from './journal/verification.ts'
import type { MockState } from './mock-state.ts'
import type { ResponseHandler } from './responses/response-rule.ts'
import type { ActiveResponse, ResponseScope, ResponseSetting } from './responses/response-setting.ts'
import type { ScenarioSetting } from './scenarios/catalogue.ts'
import type { ActiveScenario } from './scenarios/scenario-rule.ts'

export type { WorkspaceOptions } from '../../fixtures/a-workspace.ts'
export type { GivenFixtures } from '../../fixtures/load-fixtures.ts'
export type { Organization } from '../../fixtures/organization.ts'
export type { OrganizationOutline, WorkspaceOutline } from '../../fixtures/outline.ts'
export type { Persona, PersonaName, Role } from '../../fixtures/personas.ts'
export type { Workspace, WorkspaceFixture } from '../../fixtures/workspace.ts'
export type { OperationId } from '../../spec/operation.ts'
export type { TokenDefect, TokenOptions } from '../authentication/tokens.ts'
export type { FigureChange } from '../domain/usage.ts'
export type { RequestFilter } from './control/requests.ts'
export type { JournalEntry } from './journal/entry.ts'
export type { RequestPattern, Verification, VerificationResult } from './journal/verification.ts'
export type { MockState } from './mock-state.ts'
export type { ResponseHandler } from './responses/response-rule.ts'
export type {
  ActiveResponse,
  ResponseDescription,
  ResponseScope,
  ResponseSetting,
} from './responses/response-setting.ts'
export type { ScenarioName, ScenarioSetting } from './scenarios/catalogue.ts'
export type { ActiveScenario } from './scenarios/scenario-rule.ts'

/**
 * Options of `createMock`.
 *
 * @example
 * ```ts
 * import type { MockOptions } from 'altostrat-contract'
 *
 * const options: MockOptions = { port: 4010, corsOrigins: ['https://app.example'], logLevel: 'info' }
 * ```
 */
export interface MockOptions {
  /**
   * Workspaces and personas as values, or a directory with `workspaces/*.json` and optionally `personas.json`;
   * default: the package's own.
   */
  fixtures?: string | URL | GivenFixtures
  /** Default 0: any free port. */
  port?: number
  /** Origins whose pages may call (CORS); default: any local one. */
  corsOrigins?: string[]
  /** A contract to serve instead of ours (OpenAPI 3.0). */
  spec?: string | URL
  /** Base URL of a deployment that is asked what neither contract nor state answers. */
  proxy?: string
  /** With `proxy`: a file into which its responses are written. */
  record?: string
  /** A file that `record` wrote: its responses are given without the network. */
  replay?: string
  /** Serves HTTPS, with a self-signed certificate of this mock's own: see `certificate`. Default: HTTP. */
  https?: boolean
  /**
   * Draws a report before the mock is ready. The first one of a process takes about two seconds of processor time, for
   * fonts and modules; without `warm`, the first test that exports one pays for it. Default: false.
   */
  warm?: boolean
  /** Milliseconds to wait before each response of an operation; default 0. */
  delay?: number
  /**
   * Where the state is kept: a file, or the URL of a Redis or Valkey (`redis://host:6379/0`), through which all mocks with
   * the same URL act as one: see `SharedMock`. Default: in memory.
   */
  state?: string
  /** What to write to standard error; default `silent`: what a test wants to know is in the journal. */
  logLevel?: (typeof logLevels)[number]
}

/**
 * A running mock. Mocks share nothing: each has its own state, scenarios, journal and signing key.
 *
 * @example
 * ```ts
 * import { createMock } from 'altostrat-contract'
 *
 * const mock = await createMock()
 * mock.scenario({ name: 'rate-limited', retryAfter: 1, calls: 1 })
 * await fetch(`${mock.url}/workspaces`, { headers: { authorization: `Bearer ${await mock.tokenFor('owner')}` } })
 * console.log(mock.verify({ operation: 'listWorkspaces', status: 429, exactly: 1 }).verified)
 * await mock.close()
 * ```
 */
export interface Mock extends AsyncDisposable {
  /** `http://127.0.0.1:PORT`, or `https:` */
  url: string
  /** With `https`: the certificate that clients have to trust (PEM). */
  certificate?: string
  /**
   * A bearer token. Rejects if there is no such persona.
   * @example await mock.tokenFor('viewer', { defect: 'expired' })
   */
  tokenFor(persona: PersonaName | (string & {}), options?: TokenOptions): Promise<string>
  /**
   * Sets a scenario, until its `calls` are over or the mock is reset. Throws if the setting is invalid.
   * @example mock.scenario({ name: 'error', status: 403, persona: 'viewer', calls: 1 })
   */
  scenario(setting: ScenarioSetting): ActiveScenario
  /**
   * Responds in the place of an operation: always the same, or as a handler says. Any status and body are sent; the
   * journal says what the contract does not document about them. Throws if the setting is invalid.
   * @example mock.respond({ operation: 'exportOrganizationUsage', status: 502, body: '<h1>Bad Gateway</h1>', times: 1 })
   * @example mock.respond({ persona: 'viewer' }, (request) => ({ status: request.headers.has('range') ? 416 : 200 }))
   */
  respond(setting: ResponseSetting): ActiveResponse
  respond(scope: ResponseScope, handler: ResponseHandler): ActiveResponse
  /**
   * Ends one scenario or response by its id, or all of them. Returns whether there was one.
   * @example mock.clear(mock.scenario({ name: 'unavailable' }).id)
   */
  clear(id?: string): boolean
  /**
   * A copy of what the mock serves now, which may be the `fixtures` of another mock.
   * @example mock.state().workspaces[0]?.organizations.length
   */
  state(): MockState
  /**
   * Sets usage and limits of an organization, also to values that the API refuses. Subtree figures follow. Rejects if
   * there is no such organization.
   * @example await mock.setFigures('org_A3tTwypPBhq4Y9mB', { usage: { users: 7 }, limits: { users: 5 } })
   */
  setFigures(organizationId: string, figures: FigureChange): Promise<Organization>
  /**
   * The last 500 requests, in the order in which they ended, each with the contract's verdict. Throws for an operation,
   * a persona or a scenario that there is not.
   * @example mock.requests({ operation: 'exportOrganizationUsage', status: 200 }).length
   */
  requests(filter?: RequestFilter): JournalEntry[]
  /**
   * Whether requests as described were sent, and if not, which ones came nearest. Throws where no request could match.
   * @example mock.verify({ method: 'GET', path: { contains: 'usage.pdf' }, exactly: 1 }).verified
   */
  verify(verification: Verification): VerificationResult
  /** Restores the fixtures, removes all scenarios and responses, and empties the journal. */
  reset(): Promise<void>
  /** Stops the mock and closes every connection. */
  close(): Promise<void>
}

/** The URL of what several mocks share. */
export type SharedState = `${'redis' | 'valkey'}${'' | 's'}://${string}`

/**
 * One of several mocks that act as one: state, scenarios, responses, journal and signing key are those of all mocks on the
 * same Redis or Valkey. It has what `Mock` has, and everything returns a promise, which resolves once it is stored.
 *
 * @example
 * ```ts
 * import { createMock } from 'altostrat-contract'
 *
 * const mock = await createMock({ state: 'redis://127.0.0.1:6379/0' })
 * await mock.scenario({ name: 'unavailable', calls: 1 })
 * const { verified } = await mock.verify({ status: 503, exactly: 1 })
 * await mock.close()
 * ```
 */
export type SharedMock = Pick<Mock, 'url' | 'certificate' | 'close' | typeof Symbol.asyncDispose> & {
  [K in 'tokenFor' | 'scenario' | 'clear' | 'state' | 'setFigures' | 'requests' | 'verify' | 'reset']: (
    ...parameters: Parameters<Mock[K]>
  ) => Promise<Awaited<ReturnType<Mock[K]>>>
} & {
  respond(setting: ResponseSetting): Promise<ActiveResponse>
  /** The handler responds where it was set: other mocks pass it over. */
  respond(scope: ResponseScope, handler: ResponseHandler): Promise<ActiveResponse>
}

let drawn: Promise<unknown> | undefined

/** Loads what reports are drawn with, once a process. */
async function drawReport(): Promise<void> {
  const { renderReport } = await import('../report/render.ts')
  drawn ??= renderReport(aWorkspace({ organizations: 3 }))
  await drawn
}

const pathOf = <T>(source: T | URL) => (source instanceof URL ? fileURLToPath(source) : source)

/** The contract, read once: a test suite may start a mock for every test. */
let contract: Promise<ServedContract> | undefined

/** Every option, so that a misspelt one is not passed over in JavaScript. */
const optionNames: Record<keyof MockOptions, true> = {
  ...{ fixtures: true, port: true, corsOrigins: true, spec: true, proxy: true, record: true, replay: true },
  ...{ https: true, warm: true, delay: true, state: true, logLevel: true },
}

/**
 * Starts a mock for a test suite. Throws an error that names file, place and reason if fixtures cannot be used, and a
 * `TypeError` for an option that it does not have.
 */
export async function createMock(options: MockOptions & { state: SharedState }): Promise<SharedMock>
export async function createMock(options?: MockOptions): Promise<Mock>
export async function createMock(options: MockOptions = {}): Promise<Mock | SharedMock> {
  const { fixtures, port = 0, corsOrigins, logLevel = 'silent', delay = 0, spec, https, warm } = options
  const { proxy, record, replay, state } = options
  const unknown = Object.keys(options).find((name) => !Object.hasOwn(optionNames, name))
  if (unknown) {
    const known = Object.keys(optionNames).join(', ')
    throw new TypeError(`createMock has no option ${unknown}; it has ${known}`)
  }
  const certificate = https ? await generateCertificate() : undefined
  contract ??= loadContract()
  const server = await startServer({
    port,
    contract: spec ? await loadContract(pathOf(spec)) : await contract,
    delayMs: delay,
    passThrough: { ...(proxy && { proxy }), ...(record && { record }), ...(replay && { replay }) },
    ...(state && readStatePlace(state)),
    ownKey: generateSigningKey,
    log: createLog(logLevel),
    // A test suite may start many mocks; none needs render threads.
    renderThreads: 0,
    ...(certificate && { certificate }),
    ...(fixtures && { fixtures: pathOf(fixtures) }),
    ...(corsOrigins && { corsOrigins }),
  })
  if (warm) await drawReport()
  const close = () => server.stop(0)
  const control = server.isShared ? server.shared : server
  return {
    url: server.url,
    ...(certificate && { certificate: certificate.cert }),
    tokenFor: control.tokenFor,
    scenario: control.setScenario,
    respond: control.setResponse,
    clear: control.clear,
    state: control.state,
    setFigures: control.setFigures,
    requests: control.requests,
    verify: control.verifyRequests,
    reset: control.reset,
    close,
    [Symbol.asyncDispose]: close,
  } as Mock | SharedMock
}
