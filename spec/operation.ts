import type { operations, paths } from './openapi.d.ts'

/**
 * The contract's operations by `operationId`.
 *
 * @example
 * ```ts
 * import type { OperationId } from 'altostrat-contract'
 *
 * const operation: OperationId = 'exportOrganizationUsage'
 * ```
 */
export type OperationId = keyof operations

type Method = 'get' | 'put' | 'post' | 'delete' | 'patch'

/** A response that the contract documents, as `GET /workspaces/{workspaceId}/… 401`. */
export type DocumentedResponse = {
  [P in keyof paths]: {
    [M in Method & keyof paths[P]]: paths[P][M] extends { responses: infer R }
      ? `${Uppercase<M>} ${P} ${keyof R & number}`
      : never
  }[Method & keyof paths[P]]
}[keyof paths]

/** A documented response of an operation; without content it has no media types. */
export interface OperationResponse {
  /** As the contract writes it: `404`, `4XX` or `default`. */
  key: string
  /** NaN for a range and for `default`. */
  status: number
  description: string
  mediaTypes: string[]
  /** OpenAPI schemas with references resolved, by media type; none for a media type without one. */
  schemas: Record<string, object>
  headers: ResponseHeader[]
  /** Names of the examples that the contract gives, in its order. */
  examples: string[]
}

/** A header of a response, as the contract declares it. */
export interface ResponseHeader {
  name: string
  required: boolean
  /** What the contract gives as its value: an example, a default, or the first of several. */
  example?: unknown
}

/** Where an operation's description comes from: the user, public documentation, or inference from that. */
export type Provenance = 'user' | 'documented' | 'inferred'

/** An operation of the contract. `path` is its template. */
export interface Operation {
  operationId: OperationId
  method: Method
  path: keyof paths
  summary: string
  /** `x-provenance`; default: `user`. */
  provenance: Provenance
  /** Whether it can be called without a token. */
  isPublic: boolean
  /** Alternatives to a token: credentials that a request carries together. Empty where there are none. */
  keys: RequestKey[][]
  /** The names of its query parameters. */
  query: string[]
  /** Whether it takes a body. */
  body?: 'required' | 'optional'
  responses: OperationResponse[]
}

/** An API key (`apiKey`), or a user name and password (`http` with `basic`), by where a request carries it. */
export interface RequestKey {
  in: 'header' | 'query' | 'cookie'
  name: string
  /** What the value begins with. */
  scheme?: string
}

/** What an operation documents for a status: by itself, by its range, or by `default` (OAS 3.0.3, Responses Object). */
export function responseFor(
  { responses }: Pick<Operation, 'responses'>,
  status: number,
): OperationResponse | undefined {
  const find = (key: string) => responses.find((response) => response.key === key)
  return find(`${status}`) ?? find(`${Math.floor(status / 100)}XX`) ?? find('default')
}

/** The name of a response, as in `covers` and in reports. */
export function nameResponse(operation: Operation, response: OperationResponse): DocumentedResponse {
  return `${operation.method.toUpperCase()} ${operation.path} ${response.status}` as DocumentedResponse
}

/** A path, or what holds one, with its parameters unnamed: their names carry no meaning (OAS 3.0.3 §4.7.8.1). */
export const withoutParameterNames = (path: string): string => path.replace(/\{[^{}]*\}/g, '{}')
