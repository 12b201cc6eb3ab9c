import type { OperationId } from '../../spec/operation.ts'
import { addWorkspaceMember } from './addWorkspaceMember.ts'
import { archiveWorkspace } from './archiveWorkspace.ts'
import { createChildOrganization } from './createChildOrganization.ts'
import { createOrganization } from './createOrganization.ts'
import { createWorkspace } from './createWorkspace.ts'
import { deleteOrganization } from './deleteOrganization.ts'
import { exportOrganizationUsage } from './exportOrganizationUsage.ts'
import type { Handler } from './handler.ts'
import { listDescendantOrganizations } from './listDescendantOrganizations.ts'
import { listOrganizations } from './listOrganizations.ts'
import { listWorkspaceMembers } from './listWorkspaceMembers.ts'
import { listWorkspaces } from './listWorkspaces.ts'
import { removeWorkspaceMember } from './removeWorkspaceMember.ts'
import { respondFromExamples } from './respondFromExamples.ts'
import { retrieveOrganization } from './retrieveOrganization.ts'
import { retrieveOrganizationLimits } from './retrieveOrganizationLimits.ts'
import { retrieveParentOrganization } from './retrieveParentOrganization.ts'
import { retrievePublicBranding } from './retrievePublicBranding.ts'
import { retrieveWorkspace } from './retrieveWorkspace.ts'
import { updateOrganization } from './updateOrganization.ts'
import { updateWorkspace } from './updateWorkspace.ts'
import { updateWorkspaceMemberRole } from './updateWorkspaceMemberRole.ts'

export type Handlers = { [O in OperationId]: Handler<O> }

/** One handler an operation of the contract; an operation without one does not compile. */
export const handlers: Handlers = {
  exportOrganizationUsage,
  listWorkspaces,
  createWorkspace,
  retrieveWorkspace,
  updateWorkspace,
  archiveWorkspace,
  listWorkspaceMembers,
  addWorkspaceMember,
  updateWorkspaceMemberRole,
  removeWorkspaceMember,
  listOrganizations,
  createOrganization,
  retrieveOrganization,
  updateOrganization,
  deleteOrganization,
  retrieveOrganizationLimits,
  retrieveParentOrganization,
  createChildOrganization,
  listDescendantOrganizations,
  retrievePublicBranding,
  listBillingAccounts: respondFromExamples,
  createBillingAccount: respondFromExamples,
  retrieveBillingAccount: respondFromExamples,
  updateBillingAccount: respondFromExamples,
  deleteBillingAccount: respondFromExamples,
  listSubscriptions: respondFromExamples,
  createSubscription: respondFromExamples,
  retrieveSubscription: respondFromExamples,
  updateSubscription: respondFromExamples,
  cancelSubscription: respondFromExamples,
  checkTrialEligibility: respondFromExamples,
  listInvoices: respondFromExamples,
  previewInvoice: respondFromExamples,
  listPaymentMethods: respondFromExamples,
  createSetupIntent: respondFromExamples,
  setDefaultPaymentMethod: respondFromExamples,
  detachPaymentMethod: respondFromExamples,
}
