import { isWrongToken, type Keyring } from '../credentials/keyring.ts'
import type { Profile, ProfileFeature } from '../profile.ts'

/** Why a feature is missing, as the reason of a skipped check; undefined where it is there. */
export function whyMissing(
  feature: ProfileFeature,
  profile: Profile,
  keyring: Keyring,
  base: URL,
): string | undefined {
  switch (feature) {
    case 'https':
      return base.protocol === 'https:' ? undefined : 'the base URL is not https'
    case 'loopback':
      return isLoopback(base.hostname)
        ? undefined
        : 'the deployment is not on this machine, so that it could not reach a listener here'
    case 'jwt':
      return keyring.hasJwt ? undefined : "the member's token is no JWT, so no variants of it can be made"
    case 'allOperations':
      return profile.operations === 'all'
        ? undefined
        : 'the profile judges the export alone (operations: all adds its neighbours)'
    case 'organizations':
      return profile.workspace.organizations ? undefined : notGiven('workspace.organizations')
    case 'outsiderWorkspace':
      return profile.actors.outsider?.workspace ? undefined : notGiven('actors.outsider.workspace')
    case 'minting':
    case 'jwks':
    case 'foreignOrganizations':
    case 'emptyWorkspace':
      return profile[feature] ? undefined : notGiven(feature)
    default:
      if (profile.actors[feature] || (isWrongToken(feature) && profile.minting && keyring.hasJwt))
        return undefined
      return isWrongToken(feature)
        ? `the profile gives neither actors.${feature}.token nor minting`
        : notGiven(`actors.${feature}.token`)
  }
}

const isLoopback = (host: string) => /^(localhost|127(\.\d+){3}|\[::1\])$/.test(host)

const notGiven = (place: string) => `the profile does not give ${place}`
