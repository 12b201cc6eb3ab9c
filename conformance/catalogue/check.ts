import type { DocumentedResponse } from '../../spec/operation.ts'
import type { RunContext } from '../engine/context.ts'
import type { Target } from '../engine/target.ts'
import type { RequestSpec } from '../http/request.ts'
import type { ReceivedResponse } from '../http/response.ts'
import type { ProfileFeature } from '../profile.ts'
import type { Source } from './sources.ts'

/** Area and number: `AUTH-003`. Permanent, never given to another statement. */
export type CheckId = `${Uppercase<string>}-${number}`

/** `contract`: what the OpenAPI document promises; `http`: what an RFC obliges to; `advice`: what it recommends. */
export const levels = ['contract', 'http', 'advice'] as const
export type Level = (typeof levels)[number]

export const outcomes = ['passed', 'failed', 'cantTell', 'skipped', 'known'] as const
export type Outcome = (typeof outcomes)[number]

/** One normative statement, and how to tell whether a deployment honours it. */
export interface Check {
  id: CheckId
  /** The statement in the present tense, true of a conforming deployment. */
  title: string
  level: Level
  source: Source
  covers: DocumentedResponse[]
  /** What the profile must give; where it does not, the check is skipped with the reason. */
  needs: ProfileFeature[]
  /** Throws AssertionError for a broken statement and SetupError for a missing precondition. */
  run(target: Target, context: RunContext): Promise<void>
  /** Ways to break this statement in an otherwise right deployment: proof that the check can fail. */
  mutations: [Mutation, ...Mutation[]]
}

/** A defect, laid over a real deployment inside Target. */
export interface Mutation {
  title: string
  /** What the deployment acts on instead of the question: "credentials ignored" asks as the member. */
  request?(request: RequestSpec, context: RunContext): RequestSpec
  /** The bytes on the wire, for questions asked by raw socket. */
  raw?(bytes: Buffer, request: RequestSpec): Buffer
  /** What the client receives; the answer given is a copy that may be changed. */
  response?(
    response: ReceivedResponse,
    request: RequestSpec,
    context: RunContext,
  ): ReceivedResponse | Promise<ReceivedResponse>
}

/** A precondition of a check does not hold, so nothing can be said of the deployment. */
export class SetupError extends Error {
  override name = 'SetupError'
}
