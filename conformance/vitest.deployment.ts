import { inject } from 'vitest'
import { loadFixtures } from '../fixtures/catalog.ts'
import { loadProfile, type Profile, readProfile } from './profile.ts'

const member = 'ws_a1b2c3d4e5f6g7h8'
const outsider = 'ws_zzzzzzzzzzzzzzzz'

/** Our own server with everything a profile can hold: what every check must pass on. */
export function ownDeployment(): { baseUrl: string; profile: Profile } {
  const tokens = inject('tokens')
  const { workspaces } = loadFixtures()
  const token = (value: string) => ({ token: { value } })
  const profile = readProfile(
    JSON.stringify({
      actors: {
        member: token(tokens.owner),
        outsider: { ...token(tokens.outsider), workspace: outsider },
        expired: token(tokens.expired),
      },
      minting: { alg: 'ES256', key: { value: JSON.stringify(inject('signingKey')) } },
      jwks: inject('jwksUrl'),
      workspace: { id: member, name: workspaces.get(member)!.workspace.name },
      emptyWorkspace: { id: 'ws_eeeeeeeeeeeeeeee' },
      limits: { rate: 1000 },
    }),
    'own profile',
  )
  profile.workspace.organizations = { list: workspaces.get(member)!.organizations }
  profile.foreignOrganizations = workspaces.get(outsider)!.organizations
  return { baseUrl: inject('baseUrl'), profile }
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
