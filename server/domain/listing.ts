import { type ApiResponse, jsonResponse } from '../http/api-response.ts'
import type { WorkspaceState } from './state.ts'

const listings = new WeakMap<WorkspaceState, ApiResponse>()

/** The response that lists all organizations. Kept until they change: serializing takes as long as the rest of a request. */
export function listingOf(workspaceState: WorkspaceState): ApiResponse {
  const kept = listings.get(workspaceState)
  if (kept) return kept
  const listing = jsonResponse(200, { data: workspaceState.organizations, has_more: false })
  listings.set(workspaceState, listing)
  return listing
}

/** To be called when organizations, their usage or their limits have changed: the figures are of now. */
export function noteChange(workspaceState: WorkspaceState, now: Date): void {
  workspaceState.asOf = now.toISOString()
  listings.delete(workspaceState)
}
