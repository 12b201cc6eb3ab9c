import { managers, openForChange } from '../access.ts'
import { answerJson } from '../answer.ts'
import { findOrganization } from '../domain/hierarchy.ts'
import { addOrganization } from '../domain/organization.ts'
import type { Handler } from './handler.ts'

export const createChildOrganization: Handler<'createChildOrganization'> = ({
  caller,
  path,
  body,
  ...call
}) => {
  const held = openForChange(call.state, path.workspaceId, caller, managers)
  const parent = findOrganization(held, path.organizationId)
  return answerJson(201, addOrganization(held, parent, body, call))
}
