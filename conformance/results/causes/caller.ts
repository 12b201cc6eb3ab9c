import { controlToken, validToken } from '../../catalogue/probes/minted-tokens.ts'
import type { RequestSpec } from '../../http/request.ts'
import { wrongTokens } from '../../profile.ts'

/** Who sends a request, as far as it makes a difference to a deployment. */
export type Caller =
  | 'member'
  | 'outsider'
  | 'unprivileged'
  | 'nobody'
  /** The member's token, but not as a bearer token. */
  | 'otherScheme'
  /** A bearer value that nobody's token resembles. */
  | 'garbage'
  /** A token made from the member's without the signing key. */
  | 'forged'
  /** A token that is rightly signed, and wrong in what it claims. */
  | 'wrongClaims'

/** Callers whom no deployment may believe. */
export const unauthenticated: readonly Caller[] = [
  'nobody',
  'otherScheme',
  'garbage',
  'forged',
  'wrongClaims',
]

/** How requests with the profile's wrong tokens are labelled. */
const wrongTokenLabels = new Set<string>(wrongTokens.map((name) => `${name} token`))

export function callerOf({ as = 'member' }: RequestSpec): Caller {
  if (typeof as === 'string') return as
  const { label, authorization } = as
  if (label === controlToken || label === validToken) return 'member'
  if (label === 'unprivileged token') return 'unprivileged'
  if (label === 'member token') return /^bearer /i.test(String(authorization)) ? 'member' : 'otherScheme'
  if (/^minted|^token with crit$/.test(label) || wrongTokenLabels.has(label)) return 'wrongClaims'
  return /^member token,|^token (?:with|signed)/.test(label) ? 'forged' : 'garbage'
}
