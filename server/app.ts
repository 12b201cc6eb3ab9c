import { setTimeout } from 'node:timers/promises'
import express, { type Express, type RequestHandler } from 'express'
import type { Logger } from 'pino'
import { type GivenFixtures, loadFixtures } from '../fixtures/load-fixtures.ts'
import type { Persona } from '../fixtures/personas.ts'
import type { Random } from '../fixtures/random.ts'
import type { ContractDocument } from '../spec/contract-document.ts'
import { readBearerToken } from './authentication/credentials.ts'
import type { IdentityProvider } from './authentication/identity-provider.ts'
import { loadSigningKey, type SigningKey } from './authentication/signing-key.ts'
import { createTokenIssuer, type TokenOptions } from './authentication/tokens.ts'
import type { Caller } from './authentication/verifier.ts'
import { createVerifier } from './authentication/verifier.ts'
import { loadContract } from './contract.ts'
import { systemRandom } from './domain/random.ts'
import { describePersonas, type State, stateFrom } from './domain/state.ts'
import { type ResponseSender, writeResponse } from './http/api-response.ts'
import { allowOrigins } from './http/cors.ts'
import { Problem } from './http/problem.ts'
import { rewriteAbsoluteForm } from './http/request-target.ts'
import { securityHeaders } from './http/security-headers.ts'
import { sendError } from './http/send-error.ts'
import { createLog, logRequests } from './log.ts'
import { listRequests, type RequestFilter } from './mock/control/requests.ts'
import { createControlPlane } from './mock/control/router.ts'
import type { JournalEntry } from './mock/journal/entry.ts'
import { createJournal, note, noteResponse } from './mock/journal/journal.ts'
import {
  readVerification,
  type Verification,
  type VerificationResult,
  verifyRequests,
} from './mock/journal/verification.ts'
import type { ScenarioSetting } from './mock/scenarios/catalogue.ts'
import { type ActiveScenario, createSchedule } from './mock/scenarios/schedule.ts'
import { readSetting } from './mock/scenarios/setting.ts'
import type { Renderer } from './operations/handler.ts'
import { type Handlers, handlers } from './operations/index.ts'
import { openStateFile } from './persistence/file.ts'
import { fixtureFiles, saveFixtures as writeFixtures } from './persistence/fixture-files.ts'
import { createService } from './service.ts'

export interface AppOptions {
  /** The contract's file; default ours. */
  spec?: string
  /** A contract that has been read already, in the place of a file. */
  contract?: ContractDocument
  /** A directory of fixtures, or fixtures as values; default ours. */
  fixtures?: string | GivenFixtures
  /** A file in which the state outlives the process. It then goes before the fixtures, until the reset. */
  stateFile?: string
  /** Default: the one kept in the XDG state directory. */
  signingKey?: SigningKey
  provider?: IdentityProvider
  corsOrigins?: string[]
  /** Milliseconds before each answer of an operation. */
  delayMs?: number
  /** Opens the control plane to whoever sends it, instead of to this machine only. */
  controlToken?: string
  log?: Logger
  clock?: () => Date
  /** Lets that many milliseconds pass; rejects as soon as the signal is aborted. */
  sleep?: (ms: number, signal?: AbortSignal) => Promise<unknown>
  render?: Renderer
  handlers?: Partial<Handlers>
  /** Where new ids come from, and the seeds of scenarios. */
  random?: Random
}

/** The reference server without a socket: for a listener, or for supertest. */
export interface App {
  app: Express
  /** Who may call, and where they are members by now. */
  personas(): Persona[]
  /** A bearer token for a persona of the fixtures. Rejects with the problem `not_found`. */
  tokenFor(persona: string, options?: TokenOptions): Promise<string>
  /** Back to the fixtures, no scenario and an empty journal. */
  reset(): Promise<void>
  /** Writes the state as a directory of fixtures, which may be the `fixtures` of another app. */
  saveFixtures(directory: string): Promise<void>
  /** Reads a source again. What is wrong with it is thrown, and the last good one keeps serving. */
  reload(source: 'contract' | 'fixtures'): Promise<void>
  /** Throws the problem `bad_request` if it cannot be played. */
  setScenario(setting: ScenarioSetting): ActiveScenario
  /** What the journal holds. */
  requests(filter?: RequestFilter): JournalEntry[]
  verifyRequests(verification: Verification): VerificationResult
  /** Ends what is kept waiting, by scenarios and preferences. */
  close(): void
}

/** Throws an error that names file, place and reason if contract, fixtures or signing key cannot be used. */
export async function createApp(options: AppOptions = {}): Promise<App> {
  const { log = createLog('info'), clock = () => new Date(), random = systemRandom } = options
  const { render = renderInProcess } = options
  const key = options.signingKey ?? (await loadSigningKey())
  const sleep = options.sleep ?? ((ms, signal) => setTimeout(ms, undefined, { ...(signal && { signal }) }))
  const schedule = createSchedule(() => random.below(2 ** 31))
  const journal = createJournal(journalLength, clock, options.provider)
  const ending = new AbortController()
  const pause = (ms: number, signal: AbortSignal) => sleep(ms, AbortSignal.any([ending.signal, signal]))
  let fixtures = loadFixtures(options.fixtures)
  const file = options.stateFile ? openStateFile(options.stateFile, () => state, { log, clock }) : undefined
  let state: State = (await file?.read()) ?? stateFrom(fixtures)
  await file?.write()
  const nameOf = ({ subject }: Caller) =>
    [...state.personas.values()].find(({ sub }) => sub === subject)?.name
  let contract: ContractDocument
  const loadService = async () => {
    contract = options.contract ?? (await loadContract(options.spec))
    return createService({
      contract,
      handlers: options.handlers ?? handlers,
      resources: () => ({ state, render, now: clock(), random }),
      keep: async () => file?.write(),
      perform: async ({ caller, response, signal, ...call }) => {
        const persona = nameOf(caller)
        note(response, { operation: call.operation.operationId, persona, subject: caller.subject })
        const played = await schedule.play({
          ...call,
          persona,
          sleep: (ms) => pause(ms, signal),
        })
        note(response, { scenario: played.scenario })
        return played
      },
      delayMs: options.delayMs ?? 0,
      sleep: pause,
      log,
    })
  }
  let service = await loadService()
  const verify = createVerifier(key, clock, options.provider)
  const issue = createTokenIssuer(key, clock)

  const tokenFor: App['tokenFor'] = async (name, tokenOptions) => {
    const persona = state.personas.get(name)
    if (persona) return issue(persona.sub, tokenOptions)
    throw new Problem(
      'not_found',
      `There is no persona ${name}, but ${[...state.personas.keys()].join(', ')}.`,
    )
  }
  const personas = () => describePersonas(state)
  const reset = async () => {
    state = stateFrom(fixtures)
    schedule.clear()
    journal.clear()
    await file?.write()
  }
  const known = () => ({ personas: personas(), operations: contract.operations })
  const setScenario: App['setScenario'] = (setting) => schedule.set(readSetting(setting, known()))
  const requests = (filter?: RequestFilter) => listRequests(journal, known(), filter)
  const reload: App['reload'] = async (source) => {
    if (source === 'contract') service = await loadService()
    else {
      fixtures = loadFixtures(options.fixtures)
      // What is to outlive the process is not given up because a file was edited.
      if (!file) state = stateFrom(fixtures)
    }
  }

  const send: ResponseSender = (response, made) => {
    noteResponse(response, made)
    return writeResponse(response, made)
  }
  const app = express()
  app.disable('x-powered-by').disable('etag')
  app.use(logRequests(log), rewriteAbsoluteForm, unless(isControlPath, journal.observe))
  app.use(securityHeaders, allowOrigins(options.corsOrigins))
  const controlPlane = createControlPlane({
    key,
    controlToken: options.controlToken,
    personas,
    tokenFor,
    reset,
    fixtures: () => fixtureFiles(state),
    schedule,
    journal,
    contract: () => contract,
    workspaces: { state: () => state, now: clock, keep: async () => file?.write() },
    known,
  })
  app.use(unless((path) => !isControlPath(path), controlPlane))
  app.use(async (request, response) => {
    const authenticate = async () => verify(readBearerToken(request))
    await send(response, await service(request, response, authenticate))
  })
  app.use(sendError(log, send))
  const saveFixtures = (directory: string) => writeFixtures(state, directory)
  return {
    app,
    personas,
    tokenFor,
    reset,
    saveFixtures,
    reload,
    setScenario,
    requests,
    verifyRequests: (verification) => verifyRequests(readVerification(verification), requests()),
    close: () => ending.abort(),
  }
}

const journalLength = 500

// With its fonts it takes a while to load: whoever renders in threads of its own need not wait for that.
const renderInProcess: Renderer = async (data) => (await import('./report/render.ts')).renderReport(data)
const isControlPath = (path: string) => /^\/(_mock|\.well-known)(\/|$)/.test(path)

/** The middleware for all other paths. */
function unless(isPassedBy: (path: string) => boolean, middleware: RequestHandler): RequestHandler {
  return (request, response, next) =>
    isPassedBy(request.path) ? next() : middleware(request, response, next)
}
