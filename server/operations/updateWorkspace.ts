import { managers, openForChange } from '../access.ts'
import { answerJson } from '../answer.ts'
import { timestamp } from '../state.ts'
import type { Handler } from './handler.ts'

export const updateWorkspace: Handler<'updateWorkspace'> = ({ caller, path, body, state, now }) => {
  const { workspace } = openForChange(state, path.workspaceId, caller, managers)
  Object.assign(workspace, body, { updated_at: timestamp(now) })
  return answerJson(200, workspace)
}
