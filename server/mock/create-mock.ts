import { fileURLToPath } from 'node:url'
import type { GivenFixtures } from '../../fixtures/catalog.ts'
import type { PersonaName } from '../../fixtures/personas.ts'
import type { ContractDocument } from '../../spec/document.ts'
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

export type { GivenFixtures } from '../../fixtures/catalog.ts'
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

export interface MockOptions {
  /**
   * Workspaces and people as values, or a directory with `workspaces/*.json` and, where wanted, `personas.json`;
   * default: the package's own.
   */
  fixtures?: string | URL | GivenFixtures
  /** Default 0: any free port. */
  port?: number
  /** Origins whose pages may call; default: any local one. */
  corsOrigins?: string[]
  /** What to write to standard error; default `error`. */
  logLevel?: (typeof logLevels)[number]
}

/** A running mock of one's own: its state, scenarios, journal and signing key are shared with no other. */
export interface Mock extends AsyncDisposable {
  /** `http://127.0.0.1:PORT` */
  url: string
  /** A bearer token. Rejects where there is no such persona. */
  tokenFor(persona: PersonaName | (string & {}), options?: TokenOptions): Promise<string>
  /** Puts the mock into a situation, until it is over or reset. Throws where the setting makes no sense. */
  scenario(setting: ScenarioSetting): ActiveScenario
  /** The last 500 requests, in the order in which they ended, each with the contract's verdict. */
  requests(filter?: RequestFilter): JournalEntry[]
  /** Whether it was called as described, and if not, which requests came nearest. */
  verify(verification: Verification): VerificationResult
  /** Back to the fixtures, no scenario and an empty journal. */
  reset(): Promise<void>
  /** Ends every connection. */
  close(): Promise<void>
}

/** Ours, read once: a suite may start a mock for every test. */
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
    // A suite starts many: none needs threads of its own.
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
