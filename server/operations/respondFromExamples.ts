import { openWorkspace, owners, readers } from '../domain/access.ts'
import type { Handler } from './handler.ts'

/**
 * Answers an operation that nothing here carries out, by an example of the contract. Whoever may not see
 * or change the workspace in its path is refused all the same.
 */
export const respondFromExamples: Handler = ({ operation, caller, path, state, examples, ...call }) => {
  if (operation.path.startsWith('/workspaces/{')) {
    const [workspaceId = ''] = Object.values(path)
    openWorkspace(state, workspaceId, caller, operation.method === 'get' ? readers : owners)
  }
  return examples(operation, { example: call.preferredExample })
}
