import type { Behaviour, Refusal } from '../../behaviour.ts'
import type { Exchange } from '../../exchange.ts'
import { referenceBehaviour } from '../../reference-behaviour.ts'
import type { ServedResponse } from '../../response.ts'
import type { Workspace } from '../../seed-data.ts'

/** Replaces the decision about callers who are no members; undefined serves them. */
export const authorizeOutsider = (
  decide: (workspace: Workspace, exchange: Exchange) => Refusal | undefined,
): Partial<Behaviour> => ({
  authorize: (claims, workspace, exchange) => {
    const refusal = referenceBehaviour.authorize(claims, workspace, exchange)
    return refusal === 'forbidden' && workspace ? decide(workspace, exchange) : refusal
  },
})

/** Changes the 403 that callers who are no members receive. */
export const withForbidden = (
  change: (refused: ServedResponse, workspace: Workspace, exchange: Exchange) => ServedResponse,
): Partial<Behaviour> => ({
  refuse: async (refusal, exchange) => {
    const refused = await referenceBehaviour.refuse(refusal, exchange)
    const workspace = workspaceIn(exchange)
    return refusal === 'forbidden' && workspace ? change(refused, workspace, exchange) : refused
  },
})

/** The workspace whose id is in the path, whether or not the caller may read it. */
export const workspaceIn = (exchange: Exchange): Workspace | undefined =>
  Object.values(exchange.seedData).find(({ id }) => exchange.path.includes(id))
