import { loadFixtures } from '../fixtures/load-fixtures.ts'
import { type Profile, readProfile } from './profile.ts'

const member = 'ws_a1b2c3d4e5f6g7h8'
const outsider = 'ws_zzzzzzzzzzzzzzzz'

/** What must be known of a server that serves our fixtures. `signingKey` is its private JWK (ES256). */
export interface ServerSecrets {
  tokens: Record<'owner' | 'outsider' | 'nobody' | 'expired', string>
  signingKey: object
  jwksUrl: string
}

/** A profile with everything that it can hold for a server that serves our fixtures, so that no check is skipped. */
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
  return {
    ...profile,
    workspace: { ...profile.workspace, organizations: { list: workspaces.get(member)!.organizations } },
    foreignOrganizations: workspaces.get(outsider)!.organizations,
  }
}
