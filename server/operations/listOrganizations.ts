import { openWorkspace, readers } from '../domain/access.ts'
import { listingOf } from '../domain/listing.ts'
import type { Handler } from './handler.ts'

export const listOrganizations: Handler<'listOrganizations'> = ({ caller, path, state }) =>
  listingOf(openWorkspace(state, path.workspaceId, caller, readers))
