import { openWorkspace, readers } from '../access.ts'
import { attachment } from '../http/content-disposition.ts'
import type { Handler } from './handler.ts'

export const exportOrganizationUsage: Handler<'exportOrganizationUsage'> = async ({
  caller,
  path,
  state,
  render,
}) => {
  const { workspace, asOf, billingAccounts, organizations } = openWorkspace(
    state,
    path.workspaceId,
    caller,
    readers,
  )
  const body = await render({ workspace, asOf, billingAccounts, organizations })
  return {
    status: 200,
    headers: {
      'Content-Type': 'application/pdf',
      'Content-Disposition': attachment(workspace.name, workspace.id, `-usage-${asOf.slice(0, 10)}.pdf`),
      'Cache-Control': 'private, no-cache',
    },
    body,
  }
}
