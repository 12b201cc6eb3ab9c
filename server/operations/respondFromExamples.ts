import { openWorkspace, owners, readers } from '../domain/access.ts'
import type { Handler } from './handler.ts'

/**
 * Responds with an example of our contract, for operations that have no implementation. Callers who may not read or
 * change the workspace in the path are refused as usual.
 */
export const respondFromExamples: Handler = ({ operation, caller, path, state, examples, ...call }) => {
  if (operation.path.startsWith('/workspaces/{')) {
    const [workspaceId = ''] = Object.values(path)
    openWorkspace(state, workspaceId, caller, operation.method === 'get' ? readers : owners)
  }
  return examples(operation, { example: call.preferredExample })
}
