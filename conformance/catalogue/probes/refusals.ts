import type { Facts } from '../../engine/context.ts'
import type { Target } from '../../engine/target.ts'
import type { Answer } from '../../http/response.ts'

/** One refusal of each kind that the contract documents and the profile lets us see, with what it is called. */
export async function refusalsOf(target: Target, facts: Facts): Promise<[what: string, answer: Answer][]> {
  const { keyring, unknownWorkspace } = facts
  const seen: [string, Answer][] = [
    ['the refusal without credentials', await target.ask({ as: 'nobody' })],
    ['the refusal for an unknown workspace', await target.ask({ workspace: unknownWorkspace })],
  ]
  if (keyring.holds('outsider'))
    seen.push(['the refusal for somebody without access', await target.ask({ as: 'outsider' })])
  return seen.filter(([, { status }]) => status >= 400)
}
