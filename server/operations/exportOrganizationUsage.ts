import { openWorkspace, readers } from '../domain/access.ts'
import type { ApiResponse } from '../http/api-response.ts'
import { attachment } from '../http/content-disposition.ts'
import { Problem } from '../http/problem.ts'
import { RendererBusyError } from '../report/renderer-busy-error.ts'
import type { Call } from './handler.ts'
import { usageExample } from './usage-examples.ts'

type ExportCall = Pick<
  Call<'exportOrganizationUsage'>,
  'caller' | 'path' | 'state' | 'render' | 'signal' | 'preferredExample'
>

export async function exportOrganizationUsage(call: ExportCall): Promise<ApiResponse> {
  const { caller, path, state, render, signal, preferredExample } = call
  const workspaceState = openWorkspace(state, path.workspaceId, caller, readers)
  const example = preferredExample === undefined ? undefined : usageExample(preferredExample)
  const { workspace, asOf, billingAccounts, organizations } = example ?? workspaceState
  const body = await render({ workspace, asOf, billingAccounts, organizations }, signal).catch(refuseWhenBusy)
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

function refuseWhenBusy(error: unknown): never {
  if (!(error instanceof RendererBusyError)) throw error
  const headers = { 'Retry-After': `${error.retryAfterSeconds}` }
  throw new Problem('unavailable', 'Too many reports are being rendered. Try again soon.', headers, error)
}
