import { Problem } from '../http/problem.ts'
import type { WorkspaceState } from './state.ts'

/**
 * Whether an organization may name this billing account: at the top it must in single and assigned mode,
 * everywhere else it must not. Throws `billing_account_required`, `…_not_allowed` and `…_not_found`.
 */
export function assertBillingAccount(
  { workspace, billingAccounts }: WorkspaceState,
  isTop: boolean,
  accountId: string | null,
): void {
  if (!isTop || workspace.billing_mode === 'pooled') {
    if (accountId === null) return
    const message = 'Only a top-level organization outside pooled mode names a billing account.'
    throw new Problem('billing_account_not_allowed', message)
  }
  if (accountId === null) {
    const message = `A top-level organization names a billing account in ${workspace.billing_mode} mode.`
    throw new Problem('billing_account_required', message)
  }
  if (!billingAccounts.some(({ id }) => id === accountId)) {
    throw new Problem('billing_account_not_found', 'The workspace has no such billing account.')
  }
}
