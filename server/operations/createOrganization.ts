import { managers, openForChange } from '../access.ts'
import { answerJson } from '../answer.ts'
import { addOrganization } from '../domain/organization.ts'
import type { Handler } from './handler.ts'

export const createOrganization: Handler<'createOrganization'> = ({ caller, path, body, ...call }) => {
  const held = openForChange(call.state, path.workspaceId, caller, managers)
  return answerJson(201, addOrganization(held, null, body, call))
}
