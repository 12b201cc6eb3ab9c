import type { RunContext } from '../../engine/context.ts'
import type { Target } from '../../engine/target.ts'
import { bearer, type RequestSpec } from '../../http/request.ts'
import type { ReceivedResponse } from '../../http/response.ts'
import { assertRefused } from '../assertions/assertions.ts'

/** One refusal of each documented kind that the profile allows to request, with a description. */
export async function refusalsOf(
  target: Target,
  context: RunContext,
): Promise<[what: string, response: ReceivedResponse][]> {
  const { keyring, unknownWorkspace } = context
  const seen: [string, ReceivedResponse][] = [
    ['the refusal without credentials', await target.request({ as: 'nobody' })],
    ['the refusal for an unknown workspace', await target.request({ workspace: unknownWorkspace })],
  ]
  if (keyring.holds('outsider'))
    seen.push(['the refusal for somebody without access', await target.request({ as: 'outsider' })])
  if (keyring.holds('unprivileged'))
    seen.push([
      'the refusal for somebody who may not export',
      await target.request({ as: bearer(keyring.token('unprivileged'), 'unprivileged token') }),
    ])
  return seen.filter(([, { status }]) => status >= 400)
}

/**
 * That a caller is refused such a request: with one of these statuses, or with the error that the member is answered as
 * well, since what a router says before it looks at credentials tells nothing of them.
 */
export async function assertCallerRefused(
  target: Target,
  as: NonNullable<RequestSpec['as']>,
  request: Omit<RequestSpec, 'as'>,
  statuses: number[],
  what: string,
): Promise<void> {
  const { status } = await target.request(request)
  const expected = status >= 400 ? [...statuses, status] : statuses
  assertRefused(await target.request({ ...request, as }), expected, what)
}
