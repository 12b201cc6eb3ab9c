import { inject } from 'vitest'
import { loadProfile, type Profile } from './profile.ts'
import { referenceProfile } from './reference-profile.ts'

/** Our own server with everything a profile can hold: what every check must pass on. */
export function ownDeployment(): { baseUrl: string; profile: Profile } {
  const secrets = {
    tokens: inject('tokens'),
    signingKey: inject('signingKey'),
    jwksUrl: inject('jwksUrl'),
  }
  return { baseUrl: inject('baseUrl'), profile: referenceProfile(secrets) }
}

/** The deployment that ALTOSTRAT_TARGET and ALTOSTRAT_PROFILE name, or our own server. */
export function deploymentUnderTest(): { baseUrl: string; profile: Profile } {
  const { ALTOSTRAT_TARGET: target, ALTOSTRAT_PROFILE: file } = process.env
  if (!target && !file) return ownDeployment()
  if (!file) throw new Error('ALTOSTRAT_TARGET needs ALTOSTRAT_PROFILE: a file with a member and a workspace')
  const profile = loadProfile(file)
  const baseUrl = target ?? profile.target
  if (!baseUrl) throw new Error(`${file}: target is missing, and ALTOSTRAT_TARGET is not set`)
  return { baseUrl, profile }
}
