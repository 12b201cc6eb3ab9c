/**
 * The contract's schemas, operations and paths as types.
 *
 * @example
 * ```ts
 * import type { components } from 'altostrat-contract/client'
 *
 * type Organization = components['schemas']['Organization']
 * ```
 */

export { ExportError, exportUsage, type UsageExport, type UsageExportOptions } from './client/export-usage.ts'
export type { Problem } from './client/problem.ts'
export {
  type ClientOptions,
  createWorkspacesClient,
  type WorkspacesClient,
} from './client/workspaces-client.ts'
export type { components, operations, paths } from './openapi.d.ts'
