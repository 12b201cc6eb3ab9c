import type { Organization, ProductType } from '../../fixtures/organization.ts'
import type { Random } from '../../fixtures/random.ts'
import type { components } from '../../spec/openapi.d.ts'
import { assertBillingAccount } from './billing.ts'
import { assertRoom } from './hierarchy.ts'
import { newOrganizationId } from './identifier.ts'
import { assertLimits } from './limits.ts'
import { noteChange } from './listing.ts'
import { assertPicture } from './picture.ts'
import type { State, WorkspaceState } from './state.ts'

type Creation = components['schemas']['OrganizationCreate']
type Change = components['schemas']['OrganizationUpdate']

/** Adds an organization below the parent, or at the top. Throws the problem of the rule that forbids it. */
export function addOrganization(
  workspaceState: WorkspaceState,
  parent: Organization | null,
  { name, billing_account_id = null, limits = {}, picture = null, branding }: Creation,
  { state, now, random }: { state: State; now: Date; random: Random },
): Organization {
  assertPicture(picture)
  assertRoom(workspaceState, parent)
  assertBillingAccount(workspaceState, parent === null, billing_account_id)
  const organization: Organization = {
    id: newOrganizationId(random, state),
    name,
    workspace_id: workspaceState.workspace.id,
    external_id: random.uuid(),
    parent_org_id: parent?.id ?? null,
    path: parent && (parent.path ? `${parent.path}#${parent.id}` : parent.id),
    depth: parent ? parent.depth + 1 : 0,
    billing_account_id,
    picture,
    usage: { usage: {}, subtree_usage: {} },
    limits: withChanged({}, limits),
    ...(branding && { branding }),
  }
  assertLimits(workspaceState, organization, Object.keys(organization.limits))
  workspaceState.organizations.push(organization)
  noteChange(workspaceState, now)
  return organization
}

/** Changes what is named. Throws the problem of the rule that forbids it. */
export function changeOrganization(
  workspaceState: WorkspaceState,
  organization: Organization,
  { limits = {}, branding, ...plain }: Change,
  now: Date,
): Organization {
  const changed: Organization = {
    ...organization,
    ...plain,
    limits: withChanged(organization.limits, limits),
    ...(branding !== undefined && { branding: withDetails(organization.branding, branding) }),
  }
  const { billing_account_id = null, parent_org_id: parentId, picture = null } = changed
  assertPicture(picture)
  assertBillingAccount(workspaceState, parentId === null, billing_account_id)
  // Another account is another pool, in which every limit has to fit anew.
  const isMoved = billing_account_id !== (organization.billing_account_id ?? null)
  assertLimits(
    workspaceState,
    changed,
    isMoved ? Object.keys(changed.limits) : settled(organization, changed),
  )
  Object.assign(organization, changed)
  noteChange(workspaceState, now)
  return organization
}

/** What is left out stays, of the colours too. */
function withDetails(branding: Organization['branding'], details: NonNullable<Change['branding']> | null) {
  if (!branding || !details) return details
  const { colors } = details
  return { ...branding, ...details, ...(colors && { colors: { ...branding.colors, ...colors } }) }
}

/** The types whose limits are not what they were: a client may send an exceeded limit back unchanged. */
function settled(before: Organization, after: Organization): ProductType[] {
  return Object.keys(after.limits).filter((type) => after.limits[type] !== before.limits[type])
}

function withChanged(
  limits: Organization['limits'],
  changes: NonNullable<Change['limits']>,
): Organization['limits'] {
  const merged = Object.entries({ ...limits, ...changes })
  return Object.fromEntries(merged.filter(([type, limit]) => limit !== null || !(type in changes)))
}
