import { type Operation, type ResponseHeader, responseFor } from '../../spec/operation.ts'
import type { ApiResponse } from './api-response.ts'

/**
 * The response with the headers that the contract requires and nobody has set, as far as the contract gives a value: a
 * contract of one's own may require what our handlers do not know.
 */
export function withRequiredHeaders(
  operation: Operation,
  response: ApiResponse,
  isSet: (name: string) => boolean,
): ApiResponse {
  const added = missingHeaders(operation, response, isSet).flatMap(({ name, example }) =>
    example === undefined ? [] : [[name, [example].flat().join(',')]],
  )
  return added.length === 0
    ? response
    : { ...response, headers: { ...response.headers, ...Object.fromEntries(added) } }
}

/**
 * Which headers the contract requires of a response that it lacks as it is sent; undefined where it has all. `isSet`: whether
 * a header is there whoever responds.
 */
export function findMissingHeaders(
  operation: Operation,
  response: ApiResponse,
  isSet: (name: string) => boolean,
): string | undefined {
  const missing = missingHeaders(operation, response, isSet)
  if (missing.length === 0) return undefined
  return `${response.status} lacks ${missing.map(({ name }) => name).join(', ')}, which the contract requires`
}

/**
 * Whether a header is not for a contract to decide: the body says how it is framed, the clock when it was sent, and the
 * request which pages may read it (CORS).
 */
export const isOfTransfer = (name: string) =>
  /^(content-type|content-length|transfer-encoding|connection|date|access-control-.*)$/i.test(name)

function missingHeaders(
  operation: Operation,
  response: ApiResponse,
  isSet: (name: string) => boolean,
): ResponseHeader[] {
  const declared = responseFor(operation, response.status)?.headers ?? []
  return declared.filter(
    ({ name, required }) => required && !isOfTransfer(name) && !isSet(name) && !hasHeader(response, name),
  )
}

function hasHeader({ headers, repeated = {} }: ApiResponse, name: string): boolean {
  return name.toLowerCase() in lowerCase<unknown>({ ...headers, ...repeated })
}

/** The same headers by names in lower case. */
export function lowerCase<T>(headers: Record<string, T>): Record<string, T> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))
}
