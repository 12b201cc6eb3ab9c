import type { JWTPayload } from 'jose'
import type { Organization, Quantities } from '../../fixtures/organization.ts'

export interface Workspace {
  id: string
  name: string
  /** Subjects who may export it. */
  members: string[]
  asOf: string
  organizations: Organization[]
}

/** Everything a deployment knows: one workspace each of the member and the outsider, and an empty one. */
export interface SeedData {
  own: Workspace
  foreign: Workspace
  empty: Workspace
}

export const subjects = {
  member: 'auth0|5f1c0e7a90ada0000001',
  outsider: 'auth0|5f1c0e7a90bob0000002',
} as const

/** What a caller needs beside membership. */
export const scope = 'usage:read'

type Seed = [name: string, parent: string | null, use: Quantities, limits: Organization['limits']]

/**
 * Builds organizations from rows whose key is a name, or `name@branch` where a name occurs twice.
 * Subtree usage, depth and path follow from the parents.
 */
export function organizationsOf(prefix: string, workspaceId: string, rows: Seed[]): Organization[] {
  const idOf = new Map(
    rows.map(([key], index) => [key, `org_${prefix}${String(index + 1).padStart(12, '0')}`]),
  )
  const childrenOf = (key: string) => rows.filter(([, parent]) => parent === key)
  const ancestorsOf = (parent: string | null): string[] => {
    if (parent === null) return []
    return [...ancestorsOf(rows.find(([key]) => key === parent)?.[1] ?? null), idOf.get(parent)!]
  }
  const subtreeOf = ([key, , use]: Seed): Quantities =>
    childrenOf(key)
      .map(subtreeOf)
      .reduce((sum, below) => add(sum, below), use)
  return rows.map(([key, parent, use, limits], index) => {
    const ancestors = ancestorsOf(parent)
    return {
      id: idOf.get(key)!,
      name: key.split('@')[0]!,
      workspace_id: workspaceId,
      external_id: `7d1f0a52-3c44-4e0b-9a61-${prefix.charCodeAt(0)}${String(index).padStart(10, '0')}`,
      parent_org_id: ancestors.at(-1) ?? null,
      path: ancestors.length > 0 ? ancestors.join('#') : null,
      depth: ancestors.length,
      billing_account_id: null,
      picture: null,
      usage: { usage: use, subtree_usage: subtreeOf([key, parent, use, limits]) },
      limits,
    }
  })
}

function add(left: Quantities, right: Quantities): Quantities {
  const sum = { ...left }
  for (const [type, count] of Object.entries(right)) sum[type] = (sum[type] ?? 0) + (count ?? 0)
  return sum
}

export function createSeedData(): SeedData {
  const own = { id: 'ws_n0rthw1nd7k3q9m2', name: 'Northwind Holding' }
  const foreign = { id: 'ws_k3str3l4a8v5t6w1', name: 'Kestrel Partners' }
  const asOf = '2026-03-31T00:00:00Z'
  return {
    own: {
      ...own,
      members: [subjects.member],
      asOf,
      organizations: organizationsOf('nw', own.id, northwind),
    },
    foreign: {
      ...foreign,
      members: [subjects.outsider],
      asOf,
      organizations: organizationsOf('ks', foreign.id, kestrel),
    },
    empty: {
      id: 'ws_v4cant0000b1u3e5',
      name: 'Vacant Lot',
      members: [subjects.member],
      asOf,
      organizations: [],
    },
  }
}

/** The claims of a token that is right in every respect. */
export function claimsOf(subject: string, issuer: string, audience: string, now: number): JWTPayload {
  const issued = Math.floor(now / 1000)
  return { iss: issuer, aud: audience, sub: subject, scope, iat: issued, nbf: issued, exp: issued + 3600 }
}

const northwind: Seed[] = [
  ['Northwind Trading', null, { locations: 3, users: 41, sso: 1 }, { locations: 60, users: 2500, sso: 1 }],
  ['Logistics', 'Northwind Trading', { locations: 7, users: 118 }, { locations: 24, users: 900, sso: null }],
  ['Warehouse@logistics', 'Logistics', { locations: 4, users: 63 }, { locations: 6, users: 80 }],
  ['Harbour Fleet', 'Logistics', { locations: 2, users: 1204 }, { locations: 5, users: null }],
  ['Harbour Fleet East', 'Harbour Fleet', { users: 17 }, { users: 19, sso: 0 }],
  ['Retail Zürich', 'Northwind Trading', { locations: 9, users: 226 }, { locations: 12, users: 350 }],
  ['Café Montréal', 'Retail Zürich', { locations: 1, users: 8 }, { locations: 2, users: 14 }],
  ['Warehouse@retail', 'Retail Zürich', { locations: 5, users: 37 }, { locations: 10, users: 49 }],
  ['Studio 54 North', 'Retail Zürich', { users: 29 }, {}],
  ['Research & Design', 'Northwind Trading', { users: 72, sso: 1 }, { users: 88, sso: 2 }],
  ['Materials Laboratory for Low Temperature Alloys', 'Research & Design', { users: 33 }, { locations: 0 }],
  ['Field Service', null, { locations: 16, users: 305 }, { locations: null, users: 310 }],
  ['Night Crew', 'Field Service', { users: 52 }, { users: 45 }],
  ['Dormant Branch', 'Field Service', {}, { locations: 3, users: 21 }],
  ['Apprentices', 'Field Service', { users: 96, sso: 1 }, { users: 120, sso: null }],
  ['Öresund Link', null, { locations: 11, users: 154 }, { locations: 15, users: 1750 }],
]

const kestrel: Seed[] = [
  ['Peregrine Capital', null, { locations: 14, users: 611 }, { locations: 31, users: 730 }],
  ['Merlin Securities', 'Peregrine Capital', { locations: 6, users: 187 }, { users: 222 }],
  ['Gyrfalcon Reinsurance', 'Peregrine Capital', { users: 403, sso: 1 }, { users: 512, sso: 1 }],
  ['Hobby Custodians', null, { locations: 8, users: 59 }, { locations: 10 }],
]
