import type { Response } from 'express'
import type { ScenarioName } from '../mock/scenarios/catalogue.ts'
import type { Problem } from './problem.ts'

/** What goes back to a client. Handlers return it instead of writing, so that it can be checked first. */
export interface ApiResponse {
  status: number
  headers: Record<string, string>
  body?: Buffer
  /** What it says, where it is a refusal. */
  problem?: Problem
  /** Whose doing it was, where it is not the right answer. */
  scenario?: ScenarioName
  /** Writes the body otherwise than at once and whole, after the header fields have been set. */
  write?: (response: Response, body: Buffer) => Promise<void>
}

/** An answer with a JSON body. What a member may read now may be another thing a moment later. */
export function jsonResponse(status: number, value: unknown): ApiResponse {
  return {
    status,
    headers: { 'Content-Type': 'application/json', 'Cache-Control': 'private, no-cache' },
    body: Buffer.from(JSON.stringify(value)),
  }
}

export const noContent: ApiResponse = { status: 204, headers: {} }

/** Writes an answer. Node itself leaves the body out where the request was HEAD. */
export async function writeResponse(
  response: Response,
  { status, headers, body, write }: ApiResponse,
): Promise<void> {
  response.status(status)
  for (const [name, value] of Object.entries(headers)) {
    if (name === 'Vary') response.vary(value)
    else response.setHeader(name, value)
  }
  if (body) response.setHeader('Content-Length', body.length)
  if (write) await write(response, body ?? Buffer.alloc(0))
  else response.end(body)
}
