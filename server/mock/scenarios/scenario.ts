import type { Random } from '../../../fixtures/random.ts'
import type { Operation } from '../../../spec/operation.ts'
import type { ApiResponse } from '../../http/api-response.ts'

/** One call of an operation, as a scenario meets it. */
export interface ScenarioContext<P> {
  operation: Operation
  parameters: P
  /** What the operation answers. If it is never asked for, the operation is not carried out either. */
  respond(): Promise<ApiResponse>
  random: Random
  /** Lets that many milliseconds pass. Rejects when the client leaves or the server stops. */
  sleep(ms: number): Promise<unknown>
}

/** A situation that clients must survive. Its answers leave without being held against the contract. */
export interface Scenario<P = object> {
  /** What a client meets, in one sentence. */
  title: string
  /** JSON Schemas by parameter; one without `default` is left out unless it is `required`. */
  parameters: { [K in keyof P]-?: { type: string; description: string; [keyword: string]: unknown } }
  required?: (keyof P)[]
  /**
   * Whether it needs a body. Then `right` leaves the request's conditions and range out: a browser that has the
   * document already would not notice what is done to a 304.
   */
  changesBody?: true
  /** Why the operation cannot come into this situation, where it cannot. */
  refuse?(operation: Operation, parameters: P): string | undefined
  /** The answer instead of the right one, or undefined where there is nothing in that one to spoil. */
  play(scene: ScenarioContext<P>): Promise<ApiResponse | undefined> | ApiResponse
}

export const milliseconds = { type: 'integer', minimum: 0, maximum: 600_000 }
export const fraction = { type: 'number', minimum: 0, maximum: 1 }
