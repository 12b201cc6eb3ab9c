import { fileURLToPath } from 'node:url'
import type { GivenFixtures } from '../../fixtures/load-fixtures.ts'
import type { PersonaName } from '../../fixtures/personas.ts'
import type { ContractDocument } from '../../spec/contract-document.ts'
import { generateSigningKey } from '../authentication/signing-key.ts'
import type { TokenOptions } from '../authentication/tokens.ts'
import { loadContract } from '../contract.ts'
import { createLog, type logLevels } from '../log.ts'
import { startServer } from '../main.ts'
import type { RequestFilter } from './control/requests.ts'
import type { JournalEntry } from './journal/entry.ts'
import type { Verification, VerificationResult } from './journal/verification.ts'
import type { ScenarioSetting } from './scenarios/catalogue.ts'
import type { ActiveScenario } from './scenarios/schedule.ts'

export type { GivenFixtures } from '../../fixtures/load-fixtures.ts'
export type { Organization } from '../../fixtures/organization.ts'
export type { Persona, PersonaName, Role } from '../../fixtures/personas.ts'
export type { Workspace, WorkspaceFixture } from '../../fixtures/workspace.ts'
export type { OperationId } from '../../spec/operation.ts'
export type { TokenDefect, TokenOptions } from '../authentication/tokens.ts'
export type { RequestFilter } from './control/requests.ts'
export type { JournalEntry } from './journal/entry.ts'
export type { RequestPattern, Verification, VerificationResult } from './journal/verification.ts'
export type { ScenarioName, ScenarioSetting } from './scenarios/catalogue.ts'
export type { ActiveScenario } from './scenarios/schedule.ts'

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
  /** What to write to standard error; default `error`. */
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
  /** `http://127.0.0.1:PORT` */
  url: string
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
   * The last 500 requests, in the order in which they ended, each with the contract's verdict.
   * @example mock.requests({ operation: 'exportOrganizationUsage', status: 200 }).length
   */
  requests(filter?: RequestFilter): JournalEntry[]
  /**
   * Whether requests as described were sent, and if not, which ones came nearest.
   * @example mock.verify({ method: 'GET', path: { contains: 'usage.pdf' }, exactly: 1 }).verified
   */
  verify(verification: Verification): VerificationResult
  /** Restores the fixtures, removes all scenarios and empties the journal. */
  reset(): Promise<void>
  /** Stops the mock and closes every connection. */
  close(): Promise<void>
}

/** The contract, read once: a test suite may start a mock for every test. */
let contract: Promise<ContractDocument> | undefined

/** Starts a mock for a test suite. Throws an error that names file, place and reason if fixtures cannot be used. */
export async function createMock(options: MockOptions = {}): Promise<Mock> {
  const { fixtures, port = 0, corsOrigins, logLevel = 'error' } = options
  contract ??= loadContract()
  const server = await startServer({
    port,
    contract: await contract,
    signingKey: await generateSigningKey(),
    log: createLog(logLevel),
    // A test suite may start many mocks; none needs render threads.
    renderThreads: 0,
    ...(fixtures && { fixtures: fixtures instanceof URL ? fileURLToPath(fixtures) : fixtures }),
    ...(corsOrigins && { corsOrigins }),
  })
  const close = () => server.stop(0)
  const { url, tokenFor, setScenario, requests, verifyRequests, reset } = server
  return {
    url,
    tokenFor,
    scenario: setScenario,
    requests,
    verify: verifyRequests,
    reset,
    close,
    [Symbol.asyncDispose]: close,
  }
}
