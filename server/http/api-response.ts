import type { Response } from 'express'
import type { Problem } from './problem.ts'
import { writeBody } from './write-body.ts'

/** A response that is not written yet. Handlers return it, so that it can be checked against the contract first. */
export interface ApiResponse {
  status: number
  headers: Record<string, string>
  /** Headers that are sent as several lines, `Set-Cookie` (RFC 9110 §5.3) above all. */
  repeated?: Record<string, string[]>
  body?: Buffer
  /** The problem that the body describes, of an error response. */
  problem?: Problem
  /** Whether writing it ends the connection on purpose, before the response is complete. */
  breaksConnection?: true
  /** Writes the body, once the headers are set; default: as fast as the client reads. */
  write?: (response: Response, body: Buffer) => Promise<void>
}

/** Writes a response to the client. Resolves once it is written. */
export type ResponseSender = (response: Response, made: ApiResponse) => Promise<void>

/** A response with a JSON body. `no-cache`, because a change of role can withdraw it at any time. */
export function jsonResponse(status: number, value: unknown): ApiResponse {
  return {
    status,
    headers: { 'Content-Type': 'application/json', 'Cache-Control': 'private, no-cache' },
    body: Buffer.from(JSON.stringify(value)),
  }
}

export const noContent: ApiResponse = { status: 204, headers: {} }

/** Writes a response. Node itself omits the body of a response to HEAD. */
export async function writeResponse(
  response: Response,
  { status, headers, repeated = {}, body, write }: ApiResponse,
): Promise<void> {
  response.status(status)
  for (const [name, value] of Object.entries(headers)) {
    if (name === 'Vary') response.vary(value)
    else response.setHeader(name, value)
  }
  for (const [name, values] of Object.entries(repeated)) response.setHeader(name, values)
  if (body) response.setHeader('Content-Length', body.length)
  await (write ?? writeBody)(response, body ?? Buffer.alloc(0))
}
