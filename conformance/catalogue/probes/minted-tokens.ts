import type { Keyring } from '../../credentials/keyring.ts'
import type { Target } from '../../engine/target.ts'
import { bearer, type Credentials } from '../../http/request.ts'
import type { WrongToken } from '../../profile.ts'
import { SetupError } from '../../setup-error.ts'

/**
 * Asserts that the deployment knows the profile's signing key, without which it refuses every minted token, and a refusal
 * proves nothing. Throws SetupError where it refuses a token that has the member's claims.
 */
export async function requireKnownSigningKey(target: Target, { mint }: Keyring): Promise<void> {
  const { status } = await target.request({ as: bearer(await mint.unchanged(), controlToken) })
  if (status === 401)
    throw new SetupError(
      "a token that the suite signs with minting.key, with the member's own claims, is answered 401, while the member's token is accepted: give the key and algorithm that the deployment verifies tokens with, since refusals of tokens under another key prove nothing",
    )
}

/** The profile's wrong token of this kind; a minted one only where the deployment knows the signing key. */
export async function wrongTokenFor(
  target: Target,
  keyring: Keyring,
  kind: WrongToken,
): Promise<Credentials> {
  if (keyring.isMinted(kind)) await requireKnownSigningKey(target, keyring)
  return keyring.wrongToken(kind)
}

/** How reports call a token that is signed with the profile's key, and wrong in what it claims. */
export const mintedToken = 'minted token'

/** How they call those that are as good as the member's own: with the same claims, and with others. */
export const controlToken = 'token with the claims of the member'
export const validToken = 'valid token of another form'
