import type { DocumentedResponse } from '../../spec/operation.ts'
import type { Source } from './sources.ts'

/** The operation that the suite is about. */
const operation = 'GET /workspaces/{workspaceId}/organizations/usage.pdf'

/** A documented answer of the export, for `covers`. */
export function documentedResponse(status: 200 | 401 | 403 | 404): DocumentedResponse {
  return `${operation} ${status}`
}

/** A place in the contract's description of the export, as JSON pointer. */
export function inContract(place: '' | `/${string}` = ''): Source {
  return `openapi#/paths/~1workspaces~1{workspaceId}~1organizations~1usage.pdf/get${place}`
}
