import type { Agent } from 'node:http'
import type { ReceivedResponse } from './response.ts'

/** Where the waiting for one answer ends. */
export interface Limits {
  /** From connecting to its last byte. */
  timeoutMs: number
  maxBytes: number
}

/** How requests reach a deployment, and where patience with it ends. */
export interface TransportOptions extends Limits {
  /** With an optional path prefix; no trailing slash. */
  base: string
  /** PEM of an additional certificate authority. */
  ca?: string
  /** Accepts any certificate. */
  isInsecure?: boolean
  /** Keeps the one connection for requests that share it. */
  agent: Agent
}

/** A request as it leaves: everything decided, nothing added but `Host` and `Connection`. */
export interface PreparedRequest {
  method: 'GET' | 'HEAD' | 'OPTIONS'
  /** Path and query as sent, prefix included. */
  path: string
  headers: Record<string, string | string[]>
  /** Default: 1.1. */
  version?: '1.0'
  /** Over the connection that is kept between such requests, instead of one of its own. */
  onSharedConnection?: boolean
  /** Other limits than those of the transport. */
  limits?: Limits
}

/** Takes requests to a deployment and brings back what came. */
export interface Carrier {
  /** As an ordinary client receives it. */
  request(prepared: PreparedRequest): Promise<ReceivedResponse>
  /** Byte for byte, read until the deployment closes or `isComplete` holds. */
  requestRaw(prepared: PreparedRequest, isComplete: (bytes: Buffer) => boolean): Promise<RawExchange>
}

/** What came over a connection, byte for byte. */
export interface RawExchange {
  bytes: Buffer
  /** Undefined where the deployment closed the connection itself. */
  end?: Exclude<Truncation, 'closed'> | 'idle'
  timing: { head: number; total: number }
}

export type Truncation = NonNullable<ReceivedResponse['truncated']>

/** Nothing that HTTP calls an answer came back. `code` is the system's or the parser's name for it. */
export class NoResponseError extends Error {
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
