import type { UsageData } from '../../fixtures/workspace.ts'
import type { Answer } from '../answer.ts'
import type { Caller } from '../authentication/verifier.ts'
import type { State } from '../state.ts'

/** Draws the PDF of a workspace's usage. */
export type Renderer = (data: UsageData) => Promise<Buffer>

/** A request that has been authenticated, routed and validated. */
export interface Call {
  caller: Caller
  /** Path parameters, decoded. */
  path: Record<string, string>
  state: State
  render: Renderer
}

/** Answers one operation in full. Refusals are thrown as `Problem`; conditions and ranges are applied later. */
export type Handler = (call: Call) => Promise<Answer>
