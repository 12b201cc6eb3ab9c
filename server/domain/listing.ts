import { type ApiResponse, jsonResponse } from '../http/api-response.ts'
import type { WorkspaceState } from './state.ts'

const listings = new WeakMap<WorkspaceState, ApiResponse>()

/** The response that lists all organizations. Kept until they change: serializing takes as long as the rest of a request. */
export function listingOf(held: WorkspaceState): ApiResponse {
  const kept = listings.get(held)
  if (kept) return kept
  const listing = jsonResponse(200, { data: held.organizations, has_more: false })
  listings.set(held, listing)
  return listing
}

/** To be called when organizations, their usage or their limits have changed: the figures are of now. */
export function noteChange(held: WorkspaceState, now: Date): void {
  held.asOf = now.toISOString()
  listings.delete(held)
}
