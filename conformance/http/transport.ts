import type { Agent } from 'node:http'
import type { ReceivedResponse } from './response.ts'

/** When reading one response is given up. */
export interface Limits {
  /** From connecting to the last byte of the response. */
  timeoutMs: number
  maxBytes: number
}

/** How requests reach a deployment. */
export interface TransportOptions extends Limits {
  /** With an optional path prefix; no trailing slash. */
  base: string
  /** PEM of an additional certificate authority. */
  ca?: string
  /** Accepts any certificate. */
  isInsecure?: boolean
  /** Holds the connection that requests share. */
  agent: Agent
}

/** A request as it is sent: only `Host` and `Connection` are added to it. */
export interface PreparedRequest {
  method: 'GET' | 'HEAD' | 'OPTIONS'
  /** Path and query as sent, prefix included. */
  path: string
  headers: Record<string, string | string[]>
  /** Default: 1.1. */
  version?: '1.0'
  /** Over the connection that such requests share, instead of one of its own. */
  onSharedConnection?: boolean
  /** Other limits than those of the transport. */
  limits?: Limits
  /** A command that prints the token of the request, where a developer could not guess how it was made. */
  tokenCommand?: string
}

/** Sends requests to a deployment and returns what came back. */
export interface Transport {
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

/** No HTTP response came back. `code` is the error code of the system or of Node's HTTP parser. */
export class NoResponseError extends Error {
  override name = 'NoResponseError'
  readonly code: string

  constructor(code: string, message: string) {
    super(message)
    this.code = code
  }

  /** Whether the deployment sent something that is not HTTP, unlike a refused connection. */
  get isMalformed(): boolean {
    return this.code.startsWith('HPE_')
  }
}
