import type { Random } from '../../../fixtures/random.ts'
import type { Operation } from '../../../spec/operation.ts'
import type { ApiResponse } from '../../http/api-response.ts'
import type { Problem } from '../../http/problem.ts'

/** One call of an operation, as `play` receives it. */
export interface ScenarioContext<P> {
  operation: Operation
  parameters: P
  /** Carries the operation out and gives its response. Unless it is called, the state stays as it is. */
  respond(): Promise<ApiResponse>
  random: Random
  /** Waits that many milliseconds. Rejects when the client disconnects or the server stops. */
  sleep(ms: number): Promise<unknown>
}

/**
 * A situation that clients have to handle. Its responses are sent without being validated against the contract.
 * `P`: its parameters; `R`: those that every setting must give.
 */
export interface Scenario<P = object, R extends keyof P = never> {
  /** What the client gets, in one sentence. */
  title: string
  /** JSON Schemas by parameter; one that has no `default` and is not `required` may be absent. */
  parameters: { [K in keyof P]-?: { type: string; description: string; [keyword: string]: unknown } }
  required?: R[]
  /**
   * Whether it changes the body or how it is sent. Then `respond` ignores the request's conditions and range
   * (RFC 9110 §13 and §14): a browser that has the document cached would get a 304, which has no body to change.
   */
  changesBody?: true
  /** Why the scenario cannot be applied to the operation; undefined if it can. */
  explainUnsupported?(operation: Operation, parameters: P): string | undefined
  /**
   * The response to send, or the problem that the call is refused with. Undefined where the operation's response has
   * nothing to change: it is then sent as it is, and the call is not counted.
   */
  play(context: ScenarioContext<P>): Promise<ApiResponse | undefined> | ApiResponse | Problem | undefined
}

export const milliseconds = { type: 'integer', minimum: 0, maximum: 600_000 }
export const fraction = { type: 'number', minimum: 0, maximum: 1 }
