import type { Request, RequestHandler } from 'express'
import type { Organization } from '../../fixtures/organization.ts'
import type { Persona } from '../../fixtures/personas.ts'
import type { Random } from '../../fixtures/random.ts'
import type { ContractDocument } from '../../spec/contract-document.ts'
import type { Operation } from '../../spec/operation.ts'
import type { IdentityProvider } from '../authentication/identity-provider.ts'
import type { SigningKey } from '../authentication/signing-key.ts'
import { createTokenIssuer, type TokenOptions } from '../authentication/tokens.ts'
import { describePersonas } from '../domain/state.ts'
import type { FigureChange } from '../domain/usage.ts'
import { type ApiResponse, type ResponseSender, writeResponse } from '../http/api-response.ts'
import { Problem } from '../http/problem.ts'
import { findContractViolation } from '../http/response-guard.ts'
import { exportOrganizationUsage } from '../operations/exportOrganizationUsage.ts'
import type { Renderer } from '../operations/handler.ts'
import { toFixtureFiles } from '../persistence/fixture-files.ts'
import type { StateStore } from '../persistence/state-store.ts'
import type { PerformedCall } from '../service.ts'
import { listRequests, type RequestFilter } from './control/requests.ts'
import { createControlPlane } from './control/router.ts'
import { changeFigures, type WorkspaceAccess } from './control/workspaces.ts'
import type { JournalEntry } from './journal/entry.ts'
import { createJournal, note, noteResponse, noteRule } from './journal/journal.ts'
import {
  readVerification,
  type Verification,
  type VerificationResult,
  verifyRequests,
} from './journal/verification.ts'
import { copyState, type MockState } from './mock-state.ts'
import {
  describedRule,
  handlerRule,
  type ResponseHandler,
  toFetchRequest,
} from './responses/response-rule.ts'
import {
  type ActiveResponse,
  type ResponseScope,
  type ResponseSetting,
  readResponse,
  readScope,
} from './responses/response-setting.ts'
import type { ScenarioSetting } from './scenarios/catalogue.ts'
import { type ActiveScenario, scenarioRule } from './scenarios/scenario-rule.ts'
import { readSetting } from './scenarios/setting.ts'
import { createSchedule } from './schedule.ts'

/** What a test controls a mock with. `/_mock/` offers the same over HTTP. */
export interface MockControl {
  /** Who may call, and where they are members by now. */
  personas(): Persona[]
  /** A bearer token for a persona of the fixtures. Rejects with the problem `not_found`. */
  tokenFor(persona: string, options?: TokenOptions): Promise<string>
  /** Returns to the fixtures, with no scenario and an empty journal. */
  reset(): Promise<void>
  /** Throws the problem `bad_request` if the scenario cannot be played. */
  setScenario(setting: ScenarioSetting): ActiveScenario
  /** Sets a response of the test's own, or what gives it for each call. Throws the problem `bad_request`. */
  setResponse(setting: ResponseSetting): ActiveResponse
  setResponse(scope: ResponseScope, handler: ResponseHandler): ActiveResponse
  /** Removes one scenario or response by its id, or all. Returns whether there was one. */
  clear(id?: string): boolean
  /** A copy of the state, as fixtures. */
  state(): MockState
  /** Sets figures whatever the API's rules say. Rejects with the problem `not_found`. */
  setFigures(organizationId: string, figures: FigureChange): Promise<Organization>
  /** What the journal holds. */
  requests(filter?: RequestFilter): JournalEntry[]
  verifyRequests(verification: Verification): VerificationResult
}

/** What a mock has and the real service has not: scenarios, a journal, and the control plane. */
export interface MockLayer extends MockControl {
  /** Middleware that records the requests of the API in the journal. */
  journal: RequestHandler
  /** Middleware that responds to `/_mock` and `/.well-known`. */
  controlPlane: RequestHandler
  /** Responds to a call as the scenario that is set for it says, or else as its operation does. */
  perform(call: PerformedCall): Promise<ApiResponse>
  /** Sends a response and notes in the journal what it says. */
  send: ResponseSender
}

export interface MockLayerOptions {
  store: StateStore
  contract(): ContractDocument
  key: SigningKey
  provider: IdentityProvider | undefined
  render: Renderer
  controlToken: string | undefined
  clock: () => Date
  random: Random
  sleep(ms: number, signal: AbortSignal): Promise<unknown>
}

const journalLength = 500

export function createMockLayer({ store, contract, key, clock, ...options }: MockLayerOptions): MockLayer {
  const { provider, controlToken, random, sleep, render } = options
  const issue = createTokenIssuer(key, clock)
  const schedule = createSchedule()
  const journal = createJournal(journalLength, clock, provider)
  const personas = () => describePersonas(store.current())
  const known = () => ({ personas: personas(), operations: contract().operations })
  const requests = (filter?: RequestFilter) => listRequests(journal, known(), filter)

  const tokenFor: MockControl['tokenFor'] = async (name, tokenOptions) => issue(subjectOf(name), tokenOptions)

  const subjectOf = (name: string): string => {
    const { personas } = store.current()
    const persona = personas.get(name)
    if (persona) return persona.sub
    throw new Problem('not_found', `There is no persona ${name}, but ${[...personas.keys()].join(', ')}.`)
  }

  const reset = async () => {
    schedule.clear()
    journal.clear()
    await store.reset()
  }

  const setScenario = (value: unknown): ActiveScenario => {
    const setting = readSetting(value, known(), () => random.below(2 ** 31))
    return schedule.set('scenario', setting, scenarioRule(setting))
  }

  const setResponse = (value: unknown, handler?: ResponseHandler): ActiveResponse => {
    if (handler) {
      const scope = readScope(value, known())
      return schedule.set('response', scope, handlerRule(scope, handler))
    }
    const setting = readResponse(value, known())
    return schedule.set('response', value as ResponseSetting, describedRule(setting))
  }

  const clear = (id?: string): boolean => {
    if (id !== undefined) return schedule.remove(id)
    const any = schedule.list('scenario').length + schedule.list('response').length > 0
    schedule.clear()
    return any
  }

  const perform: MockLayer['perform'] = async ({ caller, response, signal, ...call }) => {
    const { subject } = caller
    const persona = [...store.current().personas.values()].find(({ sub }) => sub === subject)?.name
    note(response, { operation: call.operation.operationId, persona, subject })
    const played = await schedule.play({
      ...call,
      persona,
      request: () => toFetchRequest(response.req),
      sleep: (ms) => sleep(ms, signal),
    })
    if (played.rule) noteRule(response, played.rule, violationOf(call.operation, played))
    return played
  }

  const send: ResponseSender = (response, made) => {
    noteResponse(response, made)
    return writeResponse(response, made)
  }

  const workspaces: WorkspaceAccess = {
    state: store.current,
    now: clock,
    keep: store.save,
    previewReport: async (workspaceId, persona, signal) =>
      exportOrganizationUsage({
        caller: { subject: subjectOf(persona) },
        path: { workspaceId },
        state: store.current(),
        render,
        signal,
        preferredExample: undefined,
      }),
  }
  const controlPlane = createControlPlane({
    key,
    controlToken,
    personas,
    tokenFor,
    reset,
    fixtures: () => toFixtureFiles(store.current()),
    schedule,
    setScenario,
    setResponse,
    journal,
    contract,
    workspaces,
    known,
  })

  return {
    journal: (request, response, next) =>
      isOwn(request) ? next() : journal.observe(request, response, next),
    controlPlane: (request, response, next) =>
      isOwn(request) ? controlPlane(request, response, next) : next(),
    perform,
    send,
    personas,
    tokenFor,
    reset,
    setScenario,
    setResponse,
    clear,
    state: () => copyState(store.current()),
    setFigures: (id, figures) => changeFigures(workspaces, id, figures),
    requests,
    verifyRequests: (verification) => verifyRequests(readVerification(verification), requests()),
  }
}

/** Why the contract does not allow a response; parts of a document, and none of it, are what HTTP defines. */
function violationOf(operation: Operation, response: ApiResponse): string | undefined {
  return response.status === 206 || response.status === 304
    ? undefined
    : findContractViolation(operation, response)
}

/** Whether the mock itself answers, in the place of the API: the control plane, and a browser that opens the root. */
function isOwn(request: Request): boolean {
  if (request.path === '/') return request.method === 'GET' && request.accepts(['json', 'html']) === 'html'
  return /^\/(_mock|\.well-known)(\/|$)/.test(request.path)
}
