import type { Algorithm } from './authority.ts'
import type { Behaviour } from './behaviour.ts'
import type { Certificate } from './tls.ts'

export type Area = 'authentication' | 'tenancy' | 'answers' | 'http' | 'wire' | 'pdf' | 'content'
export type Level = 'contract' | 'http' | 'advice'

/** What a profile must have for the defect to be visible. */
export type Visibility =
  | 'minting'
  | 'jwks'
  | 'outsider'
  | 'organizations'
  | 'foreign'
  | 'emptyWorkspace'
  | 'hiding'

/** A deployment as its difference from the reference behaviour. */
export interface Declaration {
  /** Permanent: `expected.generated.json` refers to it. */
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
  /** Where the profile takes the organizations from: a saved list (default), or the deployment's own list. */
  oracle?: 'file' | 'api'
}

/** One defect. */
export interface Mutant extends Declaration {
  area: Area
  /** The level of the check that should kill it. */
  level: Level
  needs?: Visibility[]
}

/** Unusual, but conforming. */
export interface CorrectServer extends Declaration {
  area: Area
}

/** Tries to harm the client. */
export interface HostileServer {
  id: string
  title: string
  /** `elsewhere` is the base URL of another origin, which records the requests that it receives. */
  declare(elsewhere: string): Omit<Declaration, 'id' | 'title'>
}
