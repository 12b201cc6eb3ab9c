import type { Algorithm } from './authority.ts'
import type { Behaviour } from './behaviour.ts'
import type { Certificate } from './tls.ts'

export type Area = 'authentication' | 'tenancy' | 'answers' | 'http' | 'wire' | 'pdf' | 'content'
export type Level = 'contract' | 'http' | 'advice'

/** What a profile must hold for the defect to be visible at all. */
export type Visibility =
  | 'minting'
  | 'jwks'
  | 'outsider'
  | 'organizations'
  | 'foreign'
  | 'emptyWorkspace'
  | 'hiding'

/** A deployment as a difference from the baseline. */
export interface Declaration {
  /** Permanent: kill records and messages name it. */
  id: string
  /** What it does, as a fact. */
  title: string
  behaviour: Partial<Behaviour>
  /** Default: HS256. */
  algorithm?: Algorithm
  /** How it is reached, where that is not plain HTTP at the root of 127.0.0.1. */
  reach?: { host?: '::1'; prefix?: string; tls?: { certificate: Certificate; maxVersion?: 'TLSv1.1' } }
  /** What the profile pins for an outsider; default `either`. */
  outsider?: 403 | 404
  /** What the profile takes for the truth: a saved list (default), or the deployment's own. */
  oracle?: 'file' | 'api'
}

/** One defect. */
export interface Mutant extends Declaration {
  area: Area
  /** How bad: of which level the check is that ought to find it. */
  level: Level
  needs?: Visibility[]
}

/** Unusual, and right. */
export interface CorrectServer extends Declaration {
  area: Area
}

/** Means harm to whoever asks. */
export interface HostileServer {
  id: string
  title: string
  /** `elsewhere` is the base URL of another origin, which notes what reaches it. */
  declare(elsewhere: string): Omit<Declaration, 'id' | 'title'>
}
