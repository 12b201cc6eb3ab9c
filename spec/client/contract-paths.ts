import type { paths } from '../openapi.d.ts'
import type { Problem } from './problem.ts'

/** The methods of the contract's operations. */
export type Method = 'get' | 'put' | 'post' | 'delete' | 'patch'

/** The statuses that openapi-fetch takes for success; all others come as `error`. */
type Success = 200 | 201 | 202 | 203 | 204 | 206 | 207

interface ProblemResponse {
  headers: Record<string, unknown>
  content: { 'application/problem+json': Problem }
}

/** Documented successes stay; every other status, documented or not, has a problem. */
type WithProblems<Responses> = {
  [S in keyof Responses]: S extends Success ? Responses[S] : ProblemResponse
} & { default: ProblemResponse }

/** The paths of the contract as the client sees them. */
export type ContractPaths = {
  [P in keyof paths]: {
    [M in keyof paths[P]]: paths[P][M] extends { responses: infer R }
      ? Omit<paths[P][M], 'responses'> & { responses: WithProblems<R> }
      : paths[P][M]
  }
}

/** The paths whose GET responds with a file. */
export type BinaryPath = {
  [P in keyof paths]: paths[P] extends {
    get: { responses: { 200: { content: Record<`${string}/${string}`, infer Content> } } }
  }
    ? Content extends Blob
      ? P
      : never
    : never
}[keyof paths]

/** The compiler asks for each of them. */
const binaryPaths: Record<BinaryPath, true> = {
  '/workspaces/{workspaceId}/organizations/usage.pdf': true,
}

/** Whether the operation responds with a file. */
export function isBinary(method: string, path: string): boolean {
  return method === 'get' && Object.hasOwn(binaryPaths, path)
}
