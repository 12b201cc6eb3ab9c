import type { Profile } from '../conformance/profile.ts'
import { referenceProfile } from '../conformance/reference-profile.ts'
import { generateSigningKey } from '../server/authentication/signing-key.ts'
import { createLog } from '../server/log.ts'
import { startServer } from '../server/main.ts'

/** The reference server, started for one run, and everything that a profile can say of it. */
export interface OwnDeployment extends AsyncDisposable {
  url: string
  profile: Profile
}

/** Starts it on a free port of this machine, with our fixtures and a signing key that is kept nowhere. */
export async function startOwnDeployment(spec: string): Promise<OwnDeployment> {
  const signingKey = await generateSigningKey()
  const { url, tokenFor, stop } = await startServer({ signingKey, spec, log: createLog('error') })
  const profile = referenceProfile({
    tokens: {
      owner: await tokenFor('owner'),
      outsider: await tokenFor('outsider'),
      nobody: await tokenFor('nobody'),
      expired: await tokenFor('owner', { defect: 'expired' }),
    },
    signingKey: signingKey.privateJwk,
    jwksUrl: `${url}/.well-known/jwks.json`,
  })
  return { url, profile, [Symbol.asyncDispose]: () => stop(0) }
}
