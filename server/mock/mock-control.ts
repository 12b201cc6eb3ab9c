import { randomUUID } from 'node:crypto'
import type { Organization } from '../../fixtures/organization.ts'
import type { Persona } from '../../fixtures/personas.ts'
import type { Random } from '../../fixtures/random.ts'
import type { TokenOptions } from '../authentication/tokens.ts'
import { describePersonas, type State } from '../domain/state.ts'
import type { FigureChange } from '../domain/usage.ts'
import { Problem } from '../http/problem.ts'
import type { Store } from '../persistence/store.ts'
import { listRequests, type RequestFilter } from './control/requests.ts'
import { changeFigures } from './control/workspaces.ts'
import type { JournalEntry } from './journal/entry.ts'
import type { Journal } from './journal/journal.ts'
import type { ReviewContext } from './journal/verdict.ts'
import {
  readVerification,
  type Verification,
  type VerificationResult,
  verifyRequests,
} from './journal/verification.ts'
import { copyState, type MockState } from './mock-state.ts'
import { describedRule, handlerRule, type ResponseHandler } from './responses/response-rule.ts'
import {
  type ActiveResponse,
  type ResponseScope,
  type ResponseSetting,
  readListed,
  readResponse,
  readScope,
  toListed,
} from './responses/response-setting.ts'
import { addRule, clearRules, type RuleBook, type RuleEntry, removeRule } from './rule-book.ts'
import type { ScenarioSetting } from './scenarios/catalogue.ts'
import { type ActiveScenario, scenarioRule } from './scenarios/scenario-rule.ts'
import { readSetting } from './scenarios/setting.ts'
import type { Rule } from './schedule.ts'

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
  setResponse(setting: ResponseSetting | ResponseScope, handler?: ResponseHandler): ActiveResponse
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

/** The same over all replicas: what they did is brought in before, and what changes is stored when it resolves. */
export type SharedControl = {
  [K in keyof MockControl]: (
    ...parameters: Parameters<MockControl[K]>
  ) => Promise<Awaited<ReturnType<MockControl[K]>>>
}

export interface MockControlOptions {
  store: Store
  journal: Journal
  issue(subject: string, options?: TokenOptions): Promise<string>
  known(): ReviewContext
  clock: () => Date
  random: Random
}

/** Both forms of the control, and how the rules that it sets are read. `own` is for a server without replicas. */
export function createMockControl({ store, journal, issue, known, clock, random }: MockControlOptions): {
  own: MockControl
  shared: SharedControl
  readRule(entry: RuleEntry): Rule | undefined
} {
  const handlers = new Map<string, ResponseHandler>()

  const addScenario = (book: RuleBook, value: unknown): ActiveScenario =>
    addRule(
      book,
      'scenario',
      readSetting(value, known(), () => random.below(2 ** 31)),
    )

  const addResponse = (book: RuleBook, value: unknown, handler?: ResponseHandler): ActiveResponse => {
    if (!handler) return addRule(book, 'response', toListed(readResponse(value, known())))
    const scope = readScope(value, known())
    for (const key of handlers.keys())
      if (!book.entries.some((entry) => entry.handler === key)) handlers.delete(key)
    const key = randomUUID()
    handlers.set(key, handler)
    return addRule(book, 'response', scope, key)
  }

  const remove = (book: RuleBook, id?: string) => (id === undefined ? clearRules(book) : removeRule(book, id))

  const own: MockControl = {
    personas: () => describePersonas(store.state.current()),
    tokenFor: async (name, options) => issue(subjectOf(store.state.current(), name), options),
    async reset() {
      await Promise.all([store.rules.change((book) => clearRules(book)), journal.clear(), store.reset()])
    },
    setScenario: (setting) => addScenario(store.rules.current(), setting),
    setResponse: (setting, handler) => addResponse(store.rules.current(), setting, handler),
    clear: (id) => remove(store.rules.current(), id),
    state: () => copyState(store.state.current()),
    setFigures: (id, figures) => store.state.change((state) => changeFigures(state, clock(), id, figures)),
    requests: (filter) => listRequests(journal, known(), filter),
    verifyRequests: (verification) =>
      verifyRequests(readVerification(verification, known()), own.requests(), journal.missing()),
  }

  const refreshed =
    <P extends unknown[], R>(read: (...parameters: P) => R, ...sources: { refresh(): Promise<void> }[]) =>
    async (...parameters: P): Promise<Awaited<R>> => {
      await Promise.all(sources.map((source) => source.refresh()))
      return await read(...parameters)
    }

  return {
    own,
    shared: {
      personas: refreshed(own.personas, store),
      tokenFor: refreshed(own.tokenFor, store),
      reset: own.reset,
      setScenario: (setting) => store.rules.change((book) => addScenario(book, setting)),
      setResponse: (setting, handler) => store.rules.change((book) => addResponse(book, setting, handler)),
      clear: (id) => store.rules.change((book) => remove(book, id)),
      state: refreshed(own.state, store),
      setFigures: own.setFigures,
      requests: refreshed(own.requests, store, journal),
      verifyRequests: refreshed(own.verifyRequests, store, journal),
    },
    readRule({ kind, active, handler }) {
      if (kind === 'scenario') return scenarioRule(active as ActiveScenario)
      if (handler === undefined) return describedRule(readListed(active as ActiveResponse))
      const respond = handlers.get(handler)
      return respond && handlerRule(active as ResponseScope, respond)
    },
  }
}

/** The `sub` of a persona's tokens. Throws `not_found`. */
export function subjectOf({ personas }: State, name: string): string {
  const persona = personas.get(name)
  if (persona) return persona.sub
  throw new Problem('not_found', `There is no persona ${name}, but ${[...personas.keys()].join(', ')}.`)
}
