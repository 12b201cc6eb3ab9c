import type { Random } from '../../fixtures/random.ts'
import type { UsageData } from '../../fixtures/workspace.ts'
import type { operations } from '../../spec/openapi.d.ts'
import type { Operation, OperationId } from '../../spec/operation.ts'
import type { Caller } from '../authentication/verifier.ts'
import type { State } from '../domain/state.ts'
import type { ApiResponse } from '../http/api-response.ts'
import type { ExampleEngine } from './example-engine.ts'

/**
 * Draws the PDF of a workspace's usage. Rejects with the signal's reason when that is aborted, and with
 * `RendererBusyError` when too many reports are being drawn.
 */
export type Renderer = (data: UsageData, signal?: AbortSignal) => Promise<Buffer>

/** What every handler works with. */
export interface Resources {
  state: State
  render: Renderer
  /** The instant of the request. */
  now: Date
  random: Random
  examples: ExampleEngine
}

/** A request that has been authenticated, routed and validated. */
export interface Call<O extends OperationId = OperationId> extends Resources {
  operation: Operation
  caller: Caller
  /** Path parameters, decoded. */
  path: PathOf<O>
  query: Record<string, unknown>
  body: BodyOf<O>
  /** Aborted when the client disconnects. */
  signal: AbortSignal
  /** The name of an example that the request prefers. */
  preferredExample: string | undefined
}

/** Gives the complete response of one operation. Throws `Problem` to refuse; conditions and ranges are applied later. */
export type Handler<O extends OperationId = OperationId> = (
  call: Call<O>,
) => Promise<ApiResponse> | ApiResponse

type PathOf<O extends OperationId> = operations[O]['parameters'] extends { path: infer P }
  ? P
  : Record<string, never>

type BodyOf<O extends OperationId> = operations[O] extends {
  requestBody: { content: { 'application/json': infer B } }
}
  ? B
  : undefined
