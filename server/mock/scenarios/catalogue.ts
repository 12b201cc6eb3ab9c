import type { OperationId } from '../../../spec/operation.ts'
import { emptyBody, htmlBody, truncatedBody } from './bodies.ts'
import { documentedError, expiredSession, rateLimited, serverError, unavailable } from './errors.ts'
import type { Scenario } from './scenario.ts'
import { connectionReset, dribbledBody, latency, slowFirstByte, stalledBody } from './transmission.ts'

/** Every scenario, by the name that settings and the `X-Mock-Scenario` header use. */
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

/**
 * The name of a scenario.
 *
 * @example
 * ```ts
 * import type { ScenarioName } from 'altostrat-contract'
 *
 * const name: ScenarioName = 'truncated-body'
 * ```
 */
export type ScenarioName = keyof typeof scenarios
/** In the order in which the console and the README list them. */
export const scenarioNames = Object.keys(scenarios) as ScenarioName[]

/** Which calls a scenario applies to. */
export interface Scope {
  /** A persona's name; default: any caller. */
  persona?: string
  /** Default: every operation. */
  operation?: OperationId
  /** How many of these calls get a normal response first; default 0. */
  after?: number
  /** How many calls it applies to; default: all until it is removed. */
  calls?: number
  /** Makes its random choices repeatable. */
  seed?: number
}

/** Required parameters stay required; each other one has a default or may be absent. */
type ParametersOf<S> = S extends Scenario<infer P, infer R> ? Pick<P, R> & Partial<P> : never

/**
 * A scenario with the calls it applies to and its parameters: the body of `POST /_mock/scenarios`.
 *
 * @example
 * ```ts
 * import type { ScenarioSetting } from 'altostrat-contract'
 *
 * const twice: ScenarioSetting = { name: 'latency', ms: 500, operation: 'exportOrganizationUsage', calls: 2 }
 * ```
 */
export type ScenarioSetting = {
  [N in ScenarioName]: { name: N } & Scope & ParametersOf<(typeof scenarios)[N]>
}[ScenarioName]
