import type { DocumentedResponse } from '../../spec/operation.ts'
import type { RunContext } from '../engine/context.ts'
import type { Target } from '../engine/target.ts'
import type { RequestSpec } from '../http/request.ts'
import type { ReceivedResponse } from '../http/response.ts'
import type { ProfileFeature } from '../profile.ts'
import type { Source } from './sources.ts'

/** Area and number: `AUTH-003`. Permanent, never given to another statement. */
export type CheckId = `${Uppercase<string>}-${number}`

/** `contract`: what the OpenAPI document promises; `http`: what an RFC requires; `advice`: what it recommends. */
export const levels = ['contract', 'http', 'advice'] as const
export type Level = (typeof levels)[number]

export const outcomes = ['passed', 'failed', 'cantTell', 'skipped', 'known'] as const
export type Outcome = (typeof outcomes)[number]

/** One normative statement, and how to decide whether a deployment conforms to it. */
export interface Check {
  id: CheckId
  /** The statement in the present tense, true of a conforming deployment. */
  title: string
  level: Level
  source: Source
  covers: DocumentedResponse[]
  /** What the profile must give; without it the check is skipped with the reason. */
  needs: ProfileFeature[]
  /** It looks at the responses to all other checks as well, and so runs after them. */
  readsWholeRun?: true
  /** It compares bytes or tags of several responses: where equal requests are given different ones, it is skipped. */
  comparesDocuments?: true
  /** It measures times, and so runs at the end, one at a time. */
  runsAlone?: true
  /** Throws AssertionError where the statement does not hold, and SetupError where a precondition is missing. */
  run(target: Target, context: RunContext): Promise<void>
  /** Defects that break this statement in an otherwise conforming deployment: proof that the check can fail. */
  mutations: [Mutation, ...Mutation[]]
}

/** A defect, simulated over a real deployment: it changes what is sent or what is received (engine/mutate.ts). */
export interface Mutation {
  title: string
  /** The request that is sent instead: a deployment that ignores credentials acts as if the member had sent it. */
  request?(request: RequestSpec, context: RunContext): RequestSpec
  /** The bytes that are received instead, for requests over a raw socket. */
  raw?(bytes: Buffer, request: RequestSpec): Buffer
  /** The response that is received instead; `response` is a copy that may be changed. */
  response?(
    response: ReceivedResponse,
    request: RequestSpec,
    context: RunContext,
  ): ReceivedResponse | Promise<ReceivedResponse>
}

/** The area of an id: `AUTH-003` belongs to `AUTH`. */
export function areaOf({ id }: Pick<Check, 'id'>): string {
  return id.slice(0, id.lastIndexOf('-'))
}
