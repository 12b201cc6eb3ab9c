import { explainUnsupportedNode } from '../node-version.js'
import type { Mock, MockOptions, SharedMock, SharedState } from './create-mock.ts'

export { aWorkspace } from '../../fixtures/a-workspace.ts'
export { anOrganization } from '../../fixtures/outline.ts'
export type {
  ActiveResponse,
  ActiveScenario,
  FigureChange,
  GivenFixtures,
  JournalEntry,
  Mock,
  MockOptions,
  MockState,
  OperationId,
  Organization,
  OrganizationOutline,
  Persona,
  PersonaName,
  RequestFilter,
  RequestPattern,
  ResponseDescription,
  ResponseHandler,
  ResponseScope,
  ResponseSetting,
  Role,
  ScenarioName,
  ScenarioSetting,
  SharedMock,
  SharedState,
  TokenDefect,
  TokenOptions,
  Verification,
  VerificationResult,
  Workspace,
  WorkspaceFixture,
  WorkspaceOptions,
  WorkspaceOutline,
} from './create-mock.ts'

/**
 * Starts a mock for a test suite, on a port of its own. Rejects with an error that names file, place and reason if
 * fixtures cannot be used, or that says so if Node is too old.
 *
 * @example
 * ```ts
 * import { createMock } from 'altostrat-contract'
 *
 * await using mock = await createMock()
 * const response = await fetch(`${mock.url}/workspaces/ws_a1b2c3d4e5f6g7h8/organizations/usage.pdf`, {
 *   headers: { authorization: `Bearer ${await mock.tokenFor('viewer')}` },
 * })
 * console.log(response.status, response.headers.get('content-type'))
 * ```
 */
export async function createMock(options: MockOptions & { state: SharedState }): Promise<SharedMock>
export async function createMock(options?: MockOptions): Promise<Mock>
export async function createMock(options: MockOptions = {}): Promise<Mock | SharedMock> {
  const reason = explainUnsupportedNode(process.versions.node, process.execPath)
  if (reason) throw new Error(reason)
  // Imported here, since its modules use what an older Node does not have.
  const entry = await import('./create-mock.ts')
  return entry.createMock(options)
}
