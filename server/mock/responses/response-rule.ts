import { type Operation, responseFor } from '../../../spec/operation.ts'
import type { ApiResponse } from '../../http/api-response.ts'
import { Problem } from '../../http/problem.ts'
import type { Rule } from '../schedule.ts'
import { bytesOf } from './bytes-of.ts'
import { type ResponseDescription, type ResponseScope, readDescription } from './response-setting.ts'

/**
 * Responds in the place of an operation. `respond` carries the operation out and gives its response; unless it is
 * called, the state stays as it is. Returning nothing sends the operation's response. What a handler throws becomes a
 * 500 that says so.
 *
 * @example
 * ```ts
 * import type { ResponseHandler } from 'altostrat-contract'
 *
 * const withoutName: ResponseHandler = async (_request, respond) => {
 *   const response = await respond()
 *   response.headers.delete('Content-Disposition')
 *   return response
 * }
 * ```
 */
export type ResponseHandler = (
  request: Request,
  respond: () => Promise<Response>,
) => HandlerResult | Promise<HandlerResult>
// biome-ignore lint/suspicious/noConfusingVoidType: a handler without a return statement returns void
type HandlerResult = Response | ResponseDescription | undefined | void

/** Sends the same response to each call. */
export function describedRule({ times, ...setting }: ResponseScope & ResponseDescription): Rule {
  return {
    scope: { ...setting, calls: times },
    isPlayable: () => true,
    play: ({ operation }) => toApiResponse(operation, setting),
  }
}

/** Asks a handler for each call. */
export function handlerRule({ times, ...scope }: ResponseScope, handler: ResponseHandler): Rule {
  return {
    scope: { ...scope, calls: times },
    isPlayable: () => true,
    async play(call) {
      let refusal: unknown
      const respond = async () => {
        const made = call.respondUnconditionally()
        made.catch((reason) => (refusal = reason))
        return toFetchResponse(await made)
      }
      try {
        const result = await handler(call.request(), respond)
        if (!result) return undefined
        // Not instanceof: a test runner's sandbox may have a Response of its own.
        return 'arrayBuffer' in result
          ? await fromFetchResponse(result)
          : toApiResponse(call.operation, readDescription(result))
      } catch (error) {
        if (error === refusal) throw error
        const { message = String(error) } = error as Error
        throw new Problem('internal_error', `The handler of this response failed: ${message}`, {}, error)
      }
    },
  }
}

function toApiResponse(
  operation: Operation,
  { status = 200, headers = {}, body }: ResponseDescription,
): ApiResponse {
  const single: Record<string, string> = {}
  const repeated: Record<string, string[]> = {}
  for (const [name, value] of Object.entries(headers)) {
    if (typeof value === 'string') single[name] = value
    else repeated[name] = value
  }
  const bytes = bodyOf(status, body)
  const sent = {
    'Cache-Control': 'no-store',
    ...(bytes && { 'Content-Type': mediaTypeFor(operation, status, body) }),
    ...withCanonicalNames(new Headers(single)),
  }
  return { status, headers: sent, repeated, ...(bytes && { body: bytes }) }
}

/** `Content-Type` for `content-type`, as the rest of the server names headers. */
function withCanonicalNames(headers: Headers): Record<string, string> {
  const canonical: Record<string, string> = {}
  headers.forEach((value, name) => {
    canonical[name.replace(/(?<![a-z0-9])[a-z]/g, (letter) => letter.toUpperCase())] = value
  })
  return canonical
}

function bodyOf(status: number, body: unknown): Buffer | undefined {
  // RFC 9110 §6.4.1: these have no content, whatever is asked for.
  if (body === undefined || isWithoutContent(status)) return undefined
  if (typeof body === 'string') return Buffer.from(body)
  return bytesOf(body) ?? Buffer.from(JSON.stringify(body))
}

const isWithoutContent = (status: number) => status === 204 || status === 205 || status === 304

/** What the contract documents for the status, where it is of the body's kind. */
function mediaTypeFor(operation: Operation, status: number, body: unknown): string {
  const isJson = typeof body !== 'string' && !bytesOf(body)
  const documented = responseFor(operation, status)?.mediaTypes ?? []
  const suiting = documented.find((type) => /[/+]json$/.test(type) === isJson)
  if (suiting) return suiting
  if (isJson) return 'application/json'
  return typeof body === 'string' ? 'text/plain; charset=utf-8' : 'application/octet-stream'
}

function toFetchResponse({ status, headers, body }: ApiResponse): Response {
  return new Response(body && !isWithoutContent(status) ? new Uint8Array(body) : null, { status, headers })
}

async function fromFetchResponse(response: Response): Promise<ApiResponse> {
  const body = Buffer.from(await response.arrayBuffer())
  // The length may have been that of another body.
  const {
    'Content-Length': _length,
    'Set-Cookie': _cookie,
    ...headers
  } = withCanonicalNames(response.headers)
  const cookies = response.headers.getSetCookie()
  return {
    status: response.status,
    headers,
    ...(cookies.length > 0 && { repeated: { 'Set-Cookie': cookies } }),
    ...(body.length > 0 && { body }),
  }
}

/** The request of a call as the fetch standard has it; its body is the JSON that was sent. */
export function toFetchRequest({ method, originalUrl, headers, body }: RequestParts): Request {
  const url = new URL(originalUrl, `http://${headers.host ?? 'localhost'}`)
  const sent = new Headers()
  for (const [name, value] of Object.entries(headers)) {
    for (const one of [value ?? []].flat()) sent.append(name, one)
  }
  const hasBody = body !== undefined && method !== 'GET' && method !== 'HEAD'
  return new Request(url, { method, headers: sent, ...(hasBody && { body: JSON.stringify(body) }) })
}

type RequestParts = {
  method: string
  originalUrl: string
  headers: NodeJS.Dict<string | string[]>
  body?: unknown
}
