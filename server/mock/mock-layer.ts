import type { Request, RequestHandler, Response } from 'express'
import type { Logger } from 'pino'
import type { Random } from '../../fixtures/random.ts'
import type { Operation } from '../../spec/operation.ts'
import type { IdentityProvider } from '../authentication/identity-provider.ts'
import type { SigningKey } from '../authentication/signing-key.ts'
import { createTokenIssuer } from '../authentication/tokens.ts'
import type { ServedContract } from '../contract.ts'
import { type ApiResponse, type ResponseSender, writeResponse } from '../http/api-response.ts'
import { findMissingHeaders } from '../http/declared-headers.ts'
import { findContractViolation } from '../http/response-guard.ts'
import { exportOrganizationUsage } from '../operations/exportOrganizationUsage.ts'
import type { Renderer } from '../operations/handler.ts'
import { toFixtureFiles } from '../persistence/fixture-files.ts'
import type { Store } from '../persistence/store.ts'
import type { PerformedCall } from '../service.ts'
import { createControlPlane } from './control/router.ts'
import { createJournal, noteCall, noteResponse, noteRule } from './journal/journal.ts'
import { createMockControl, type MockControl, type SharedControl, subjectOf } from './mock-control.ts'
import { toFetchRequest } from './responses/response-rule.ts'
import { createSchedule } from './schedule.ts'

/** What a mock has and the real service has not: scenarios, a journal, and the control plane. */
export interface MockLayer {
  own: MockControl
  shared: SharedControl
  /** Middleware that records the requests of the API in the journal. */
  journal: RequestHandler
  /** Middleware that brings in what other replicas have changed. */
  refresh: RequestHandler
  /** Middleware that responds to `/_mock` and `/.well-known`. */
  controlPlane: RequestHandler
  /** Responds to a call as the scenario that is set for it says, or else as its operation does. */
  perform(call: PerformedCall): Promise<ApiResponse>
  /** Whether a response is set that is for no persona, and so for callers without a valid token too. */
  respondsToAnybody(): boolean
  /** Sends a response and notes in the journal what it says. */
  send: ResponseSender
}

export interface MockLayerOptions {
  store: Store
  contract(): ServedContract
  key: SigningKey
  provider: IdentityProvider | undefined
  render: Renderer
  controlToken: string | undefined
  clock: () => Date
  random: Random
  sleep(ms: number, signal: AbortSignal): Promise<unknown>
  log: Logger
}

export function createMockLayer({ store, contract, key, clock, ...options }: MockLayerOptions): MockLayer {
  const { provider, controlToken, random, sleep, render, log } = options
  const { current } = store.state
  const journal = createJournal({ store: store.journal, isShared: store.isShared, clock, log, provider })
  const known = () => {
    const { operations, serverPaths } = contract()
    return { personas: own.personas(), operations, serverPaths }
  }
  const issue = createTokenIssuer(key, clock)
  const { own, shared, readRule } = createMockControl({ store, journal, issue, known, clock, random })
  const schedule = createSchedule(store.rules, readRule)

  const perform: MockLayer['perform'] = async ({ caller, response, signal, ...call }) => {
    const { subject } = caller
    const persona = [...current().personas.values()].find(({ sub }) => sub === subject)?.name
    noteCall(response, { operation: call.operation.operationId, persona, subject }, call.refusal)
    const played = await schedule.play({
      ...call,
      persona,
      request: () => toFetchRequest(response.req),
      sleep: (ms) => sleep(ms, signal),
    })
    if (played.rule) noteRule(response, played.rule, violationOf(call.operation, played, response))
    return played
  }

  const send: ResponseSender = async (response, made) => {
    noteResponse(response, made)
    await journal
      .announce(response, made)
      .catch((err: unknown) => log.error({ err }, 'a request is missing in the journal'))
    await writeResponse(response, made)
  }

  const controlPlane = createControlPlane({
    key,
    controlToken,
    control: shared,
    rules: store.rules,
    isReady: store.isReady,
    fixtures: () => toFixtureFiles(current()),
    journal,
    contract,
    known,
    state: current,
    previewReport: async (workspaceId, persona, signal) =>
      exportOrganizationUsage({
        caller: { subject: subjectOf(current(), persona) },
        path: { workspaceId },
        state: current(),
        render,
        signal,
        preferredExample: undefined,
      }),
  })

  return {
    own,
    shared,
    journal: (request, response, next) =>
      isOwn(request) ? next() : journal.observe(request, response, next),
    refresh: async (request, _response, next) => {
      if (!isStatic(request)) await store.refresh()
      next()
    },
    controlPlane: (request, response, next) =>
      isOwn(request) ? controlPlane(request, response, next) : next(),
    perform,
    respondsToAnybody: () =>
      store.rules.current().entries.some(({ kind, active }) => kind === 'response' && !('persona' in active)),
    send,
  }
}

/** Why the contract does not allow a response; parts of a document, and none of it, are what HTTP defines. */
function violationOf(operation: Operation, made: ApiResponse, response: Response): string | undefined {
  if (made.status === 206 || made.status === 304) return undefined
  return (
    findContractViolation(operation, made) ??
    findMissingHeaders(operation, made, (name) => response.hasHeader(name))
  )
}

/** Whether the mock itself answers, in the place of the API: the control plane, and a browser that opens the root. */
function isOwn(request: Request): boolean {
  if (request.path === '/') return request.method === 'GET' && request.accepts(['json', 'html']) === 'html'
  return /^\/(_mock|\.well-known)(\/|$)/.test(request.path)
}

/** Whether the response depends on nothing that replicas share: keys, health, and the console's files. */
function isStatic(request: Request): boolean {
  return isOwn(request) && !/^\/_mock\/(?!health$)[\w-]+(\/|$)/.test(request.path)
}
