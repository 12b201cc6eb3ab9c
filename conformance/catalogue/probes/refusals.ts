import type { RunContext } from '../../engine/context.ts'
import type { Target } from '../../engine/target.ts'
import type { ReceivedResponse } from '../../http/response.ts'

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
  return seen.filter(([, { status }]) => status >= 400)
}
