import type { Random } from '../../fixtures/random.ts'
import type { State } from './state.ts'

/** `ws_` and 16 small letters and digits, which no workspace has yet. */
export function newWorkspaceId(random: Random, { workspaces }: State): string {
  return fresh(
    () => `ws_${random.alphanumeric(16).toLowerCase()}`,
    (id) => workspaces.has(id),
  )
}

/** `org_` and 16 letters and digits, which no organization of any workspace has yet. */
export function newOrganizationId(random: Random, { workspaces }: State): string {
  const taken = new Set(
    [...workspaces.values()].flatMap((workspaceState) => workspaceState.organizations.map(({ id }) => id)),
  )
  return fresh(
    () => `org_${random.alphanumeric(16)}`,
    (id) => taken.has(id),
  )
}

// A seeded generator that starts over repeats itself, and the state may hold what it made before.
function fresh(draw: () => string, isTaken: (id: string) => boolean): string {
  for (let attempt = 0; attempt < 10_000; attempt++) {
    const id = draw()
    if (!isTaken(id)) return id
  }
  throw new Error('the generator of random numbers only repeats itself')
}
