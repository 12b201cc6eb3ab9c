import { loadFixtures } from '../fixtures/load-fixtures.ts'
import { type Profile, readProfile } from './profile.ts'

const member = 'ws_a1b2c3d4e5f6g7h8'
const outsider = 'ws_zzzzzzzzzzzzzzzz'

/** What a running server over our fixtures has to tell of itself. `signingKey` is its private JWK (ES256). */
export interface ServerSecrets {
  tokens: Record<'owner' | 'outsider' | 'nobody' | 'expired', string>
  signingKey: object
  jwksUrl: string
}

/** Everything that a profile can hold of a server over our fixtures: no check is left out for want of it. */
export function referenceProfile({ tokens, signingKey, jwksUrl }: ServerSecrets): Profile {
  const { workspaces } = loadFixtures()
  const token = (value: string) => ({ token: { value } })
  const profile = readProfile(
    JSON.stringify({
      actors: {
        member: token(tokens.owner),
        outsider: { ...token(tokens.outsider), workspace: outsider },
        unprivileged: token(tokens.nobody),
        expired: token(tokens.expired),
      },
      minting: { alg: 'ES256', key: { value: JSON.stringify(signingKey) } },
      jwks: jwksUrl,
      workspace: { id: member, name: workspaces.get(member)!.workspace.name },
      emptyWorkspace: { id: 'ws_eeeeeeeeeeeeeeee' },
      operations: 'all',
      limits: { rate: 1000 },
    }),
    'own profile',
  )
  profile.workspace.organizations = { list: workspaces.get(member)!.organizations }
  profile.foreignOrganizations = workspaces.get(outsider)!.organizations
  return profile
}
