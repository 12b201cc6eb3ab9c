import type { OperationId } from '../../../spec/operation.ts'
import { emptyBody, htmlBody, truncatedBody } from './bodies.ts'
import { connectionReset, dribbledBody, latency, slowFirstByte, stalledBody } from './deliveries.ts'
import { documentedError, expiredSession, rateLimited, serverError, unavailable } from './refusals.ts'
import type { Scenario } from './scenario.ts'

/** Every situation that the mock can be put into, by the name that `X-Mock-Scenario` says. */
export const scenarios = {
  error: documentedError,
  'expired-session': expiredSession,
  'rate-limited': rateLimited,
  unavailable,
  'server-error': serverError,
  latency,
  'slow-first-byte': slowFirstByte,
  'dribbled-body': dribbledBody,
  'stalled-body': stalledBody,
  'truncated-body': truncatedBody,
  'html-body': htmlBody,
  'empty-body': emptyBody,
  'connection-reset': connectionReset,
} as const

export type ScenarioName = keyof typeof scenarios
export const scenarioNames = Object.keys(scenarios) as ScenarioName[]

/** Which calls a scenario is for. */
export interface Scope {
  /** A persona's name; default: whoever calls. */
  persona?: string
  /** Default: every operation. */
  operation?: OperationId
  /** How many of these calls go well before it begins; default 0. */
  after?: number
  /** How many calls it lasts; default: until it is removed. */
  calls?: number
  /** Repeats what is random about it. */
  seed?: number
}

type ParametersOf<S> = S extends Scenario<infer P> ? P : never
/** What `required` of the definition says stays required; all else has a default or may be absent. */
type Given<N extends ScenarioName> = N extends 'error'
  ? ParametersOf<(typeof scenarios)[N]>
  : Partial<ParametersOf<(typeof scenarios)[N]>>

/** A scenario with its calls and parameters, as `POST /_mock/scenarios` takes it. */
export type ScenarioSetting = {
  [N in ScenarioName]: { name: N } & Scope & Given<N>
}[ScenarioName]
