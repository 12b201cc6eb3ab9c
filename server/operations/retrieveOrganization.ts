import { openWorkspace, readers } from '../access.ts'
import { answerJson } from '../answer.ts'
import { findOrganization } from '../domain/hierarchy.ts'
import type { Handler } from './handler.ts'

export const retrieveOrganization: Handler<'retrieveOrganization'> = ({ caller, path, state }) => {
  const held = openWorkspace(state, path.workspaceId, caller, readers)
  return answerJson(200, findOrganization(held, path.organizationId))
}
