import { openWorkspace, readers } from '../access.ts'
import { answerJson } from '../answer.ts'
import type { Handler } from './handler.ts'

export const listOrganizations: Handler<'listOrganizations'> = ({ caller, path, state }) => {
  const { organizations } = openWorkspace(state, path.workspaceId, caller, readers)
  return answerJson(200, { data: organizations, has_more: false })
}
