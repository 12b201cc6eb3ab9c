import type { Agent } from 'node:http'
import type { Answer } from './response.ts'

/** Where the waiting for one answer ends. */
export interface Limits {
  /** From connecting to its last byte. */
  timeoutMs: number
  maxBytes: number
}

/** How requests reach a deployment, and where patience with it ends. */
export interface Transport extends Limits {
  /** With an optional path prefix; no trailing slash. */
  base: string
  /** PEM of an additional certificate authority. */
  ca?: string
  /** Accepts any certificate. */
  isInsecure?: boolean
  /** Keeps the one connection for requests that share it. */
  keeper: Agent
}

/** A request as it leaves: everything decided, nothing added but `Host` and `Connection`. */
export interface Outgoing {
  method: 'GET' | 'HEAD' | 'OPTIONS'
  /** Path and query as sent, prefix included. */
  path: string
  fields: Record<string, string | string[]>
  /** Default: 1.1. */
  version?: '1.0'
  /** Over the connection that is kept between such requests, instead of one of its own. */
  isKept?: boolean
  /** Other limits than those of the transport. */
  limits?: Limits
}

/** Takes requests to a deployment and brings back what came. */
export interface Carrier {
  /** As an ordinary client receives it. */
  ask(outgoing: Outgoing): Promise<Answer>
  /** Byte for byte, read until the deployment closes or `isComplete` holds. */
  exchange(outgoing: Outgoing, isComplete: (bytes: Buffer) => boolean): Promise<Exchange>
}

/** What came over a connection, byte for byte. */
export interface Exchange {
  bytes: Buffer
  /** Undefined where the deployment closed the connection itself. */
  end?: Exclude<Cut, 'closed'> | 'idle'
  timing: { head: number; total: number }
}

export type Cut = NonNullable<Answer['cut']>

/** Nothing that HTTP calls an answer came back. `code` is the system's or the parser's name for it. */
export class NoAnswer extends Error {
  override name = 'NoAnswer'
  readonly code: string

  constructor(code: string, message: string) {
    super(message)
    this.code = code
  }

  /** The deployment answered with something that is not HTTP: its own doing, unlike a refused connection. */
  get isMalformed(): boolean {
    return this.code.startsWith('HPE_')
  }
}
