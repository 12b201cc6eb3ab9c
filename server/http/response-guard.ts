import type { Logger } from 'pino'
import { type Operation, responseFor } from '../../spec/operation.ts'
import { findMisfit } from '../../spec/schema.ts'
import type { ApiResponse } from './api-response.ts'
import { findMissingHeaders, withRequiredHeaders } from './declared-headers.ts'
import { Problem, problemMediaType } from './problem.ts'
import { problemResponse } from './problem-response.ts'

/** Gives the response to a refusal; `operation`: what the request calls, where it calls anything. */
export type RefusalForm = (operation: Operation | undefined, problem: Problem) => Promise<ApiResponse>

export interface GuardedCall {
  operation: Operation
  signal: AbortSignal
  log: Logger
  refuse: RefusalForm
  /** Whether a header is sent whoever responds. */
  isSet(name: string): boolean
}

/**
 * Gives responses the headers that the contract requires, and turns what is thrown into a documented response: a problem that
 * the contract documents, or else a 500. Rethrows once the client has disconnected.
 */
export async function guardResponse(
  { operation, signal, log, refuse, isSet }: GuardedCall,
  respond: () => Promise<ApiResponse>,
): Promise<ApiResponse> {
  const withHeaders = (made: ApiResponse) => {
    const response = withRequiredHeaders(operation, made, isSet)
    return assertAllowed(operation, response, findMissingHeaders(operation, response, isSet))
  }
  try {
    return withHeaders(await respond())
  } catch (error) {
    if (signal.aborted) throw error
    try {
      if (error instanceof Problem)
        return withHeaders(assertDocumented(operation, await refuse(operation, error)))
      throw error
    } catch (err) {
      log.error({ operation: operation.operationId, err }, 'answered 500 instead')
      return problemResponse(
        new Problem('internal_error', 'The server could not produce a documented answer.'),
      )
    }
  }
}

/** Throws where the contract does not allow the response; of its headers, only the media type is looked at. */
export function assertDocumented(operation: Operation, response: ApiResponse): ApiResponse {
  return assertAllowed(operation, response, findContractViolation(operation, response))
}

function assertAllowed(
  { operationId }: Operation,
  response: ApiResponse,
  violation: string | undefined,
): ApiResponse {
  if (violation) throw new Error(`${operationId}: ${violation}`)
  return response
}

/** Statuses that HTTP defines for any operation, whether the contract lists them or not. */
const protocolStatuses: readonly number[] = [206, 304, 405, 406, 412, 413, 415, 416, 501, 503]

/** What is wrong with a body, for media types that no JSON Schema describes. */
const bodyFaults: Record<string, (body: Buffer) => string | undefined> = { 'application/pdf': findPdfFault }

/**
 * Why the contract does not allow status, media type and body of a response of the operation; undefined where it does.
 * Expects the complete response, before conditions and ranges are applied.
 */
export function findContractViolation(
  operation: Operation,
  { status, headers, body }: ApiResponse,
): string | undefined {
  const documented = responseFor(operation, status)
  if (!documented && !protocolStatuses.includes(status)) return `status ${status} is not documented`
  const mediaType = headers['Content-Type']?.split(';')[0]?.trim().toLowerCase()
  const mediaTypes = documented?.mediaTypes ?? []
  if (mediaTypes.length === 0) {
    // A response that documents no content may carry a problem, since all errors do.
    return !mediaType || mediaType === problemMediaType
      ? undefined
      : `${mediaType} on ${status} is not documented`
  }
  if (!mediaType || !mediaTypes.includes(mediaType)) {
    return `${status} has ${mediaType ?? 'no media type'}, documented is ${mediaTypes.join(', ')}`
  }
  const schema = documented?.schemas[mediaType]
  if (schema && isJson(mediaType)) return findJsonFault(schema, body)
  return bodyFaults[mediaType]?.(body ?? Buffer.alloc(0))
}

function isJson(mediaType: string): boolean {
  return mediaType === 'application/json' || mediaType.endsWith('+json')
}

/** By schema, the last body that was valid: the same bytes need no second validation. */
const lastValid = new WeakMap<object, Buffer>()

function findJsonFault(schema: object, body: Buffer = Buffer.alloc(0)): string | undefined {
  if (lastValid.get(schema)?.equals(body)) return undefined
  try {
    const fault = findMisfit(schema, JSON.parse(body.toString()))
    if (!fault) lastValid.set(schema, body)
    return fault
  } catch (error) {
    return `the body is no JSON: ${(error as Error).message}`
  }
}

function findPdfFault(body: Buffer): string | undefined {
  if (body.length === 0) return 'the PDF is empty'
  if (body.toString('latin1', 0, 5) !== '%PDF-') return 'the body does not begin with %PDF-'
  // ISO 32000 §7.5.5: the marker is the last line; only its line end may follow.
  if (!/%%EOF\s*$/.test(body.toString('latin1', Math.max(0, body.length - 32))))
    return 'the PDF does not end with %%EOF'
  return undefined
}
