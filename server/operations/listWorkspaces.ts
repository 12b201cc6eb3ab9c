import { jsonResponse } from '../http/api-response.ts'
import type { Handler } from './handler.ts'

export const listWorkspaces: Handler<'listWorkspaces'> = ({ caller, state }) => {
  const own = [...state.workspaces.values()].filter(({ members }) => members.has(caller.subject))
  return jsonResponse(200, { data: own.map(({ workspace }) => workspace), has_more: false })
}
