import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { JWTPayload } from 'jose'
import type { Organization } from '../../fixtures/organization.ts'
import type { Authority } from './authority.ts'
import type { Declaration } from './declaration.ts'
import { claimsOf, type SeedData, subjects } from './seed-data.ts'

interface Actor {
  token: { value: string }
  workspace?: string
}

/** The profile that QA would write for a deployment. Its files are removed when the deployment stops. */
export interface DeploymentProfile {
  target: string
  actors: Record<
    'member' | 'outsider' | 'expired' | 'notYetValid' | 'wrongAudience' | 'wrongIssuer' | 'unprivileged',
    Actor
  >
  minting: { alg: string; key: { value: string } }
  jwks?: string
  workspace: {
    id: string
    organizations: { file: string } | { api: true }
    usage: 'direct' | 'subtree' | 'either'
  }
  foreignOrganizations: { file: string }
  emptyWorkspace: { id: string }
  unknownWorkspaceId: string
  expect: { outsider: 403 | 404 | 'either' }
  limits: { timeoutMs: number; maxBytes: number; rate: number }
}

export async function writeProfile({
  baseUrl,
  authority,
  seedData,
  declaration,
}: {
  baseUrl: string
  authority: Authority
  seedData: SeedData
  declaration: Declaration
}): Promise<{ profile: DeploymentProfile; remove(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'deployment-'))
  const list = async (name: string, data: Organization[]) => {
    const file = join(folder, name)
    await writeFile(file, JSON.stringify({ data, has_more: false }))
    return { file }
  }
  const now = Date.now()
  const token = async (subject: string, change: JWTPayload = {}) => {
    const claims = claimsOf(subject, authority.issuer, authority.audience, now)
    return { token: { value: await authority.sign({ ...claims, ...change }) } }
  }
  const at = (seconds: number) => Math.floor(now / 1000) + seconds
  const { member, outsider } = subjects
  const profile: DeploymentProfile = {
    target: baseUrl,
    actors: {
      member: { ...(await token(member)), workspace: seedData.own.id },
      outsider: { ...(await token(outsider)), workspace: seedData.foreign.id },
      expired: await token(member, { iat: at(-7200), nbf: at(-7200), exp: at(-3600) }),
      notYetValid: await token(member, { nbf: at(1800), exp: at(7200) }),
      wrongAudience: await token(member, { aud: 'https://billing.northwind.example' }),
      wrongIssuer: await token(member, { iss: 'https://id.elsewhere.example/' }),
      unprivileged: await token(member, { scope: 'profile' }),
    },
    minting: { alg: authority.algorithm, key: { value: authority.signingKey } },
    ...(authority.publicPem && { jwks: `${baseUrl}/.well-known/jwks.json` }),
    workspace: {
      id: seedData.own.id,
      organizations:
        declaration.oracle === 'api'
          ? { api: true }
          : await list('organizations.json', seedData.own.organizations),
      usage: 'either',
    },
    foreignOrganizations: await list('foreign.json', seedData.foreign.organizations),
    emptyWorkspace: { id: seedData.empty.id },
    unknownWorkspaceId: 'ws_0nb0dy0h0m3z9z9z',
    expect: { outsider: declaration.outsider ?? 'either' },
    limits: { timeoutMs: 10_000, maxBytes: 20 * 2 ** 20, rate: 1000 },
  }
  return { profile, remove: () => rm(folder, { recursive: true, force: true }) }
}
