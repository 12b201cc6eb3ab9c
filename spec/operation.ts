import type { operations, paths } from './openapi.d.ts'

/** The contract's operations by `operationId`. */
export type OperationId = keyof operations

type Method = 'get' | 'put' | 'post' | 'delete' | 'patch'

/** An answer that the contract documents, as `GET /workspaces/{workspaceId}/… 401`. */
export type DocumentedResponse = {
  [P in keyof paths]: {
    [M in Method & keyof paths[P]]: paths[P][M] extends { responses: infer R }
      ? `${Uppercase<M>} ${P} ${keyof R & number}`
      : never
  }[Method & keyof paths[P]]
}[keyof paths]

/** One documented answer of an operation: its media types, or none where the contract gives no content. */
export interface OperationResponse {
  status: number
  description: string
  mediaTypes: string[]
  /** OpenAPI schemas with references resolved, by media type; none for a media type without one. */
  schemas: Record<string, object>
  /** Names of the examples that the contract gives, in its order. */
  examples: string[]
}

/** How far an operation can be relied on: given by the user, written down publicly, or reasoned from that. */
export type Provenance = 'user' | 'documented' | 'inferred'

/** An operation as the rest of the project asks for it. `path` is the template of the contract. */
export interface Operation {
  operationId: OperationId
  method: Method
  path: keyof paths
  summary: string
  /** A contract that does not say is the user's throughout. */
  provenance: Provenance
  /** Whether anybody may call it, without a token. */
  isPublic: boolean
  /** Whether it takes a body. */
  body?: 'required' | 'optional'
  responses: OperationResponse[]
}

/** Names an answer of an operation the way `covers` and the report do. */
export function nameResponse(operation: Operation, response: OperationResponse): DocumentedResponse {
  return `${operation.method.toUpperCase()} ${operation.path} ${response.status}` as DocumentedResponse
}
