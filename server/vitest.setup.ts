import type { JWK } from 'jose'
import type { TestProject } from 'vitest/node'
import { type PersonaName, personaNames } from '../fixtures/personas.ts'
import { generateSigningKey } from './authentication/signing-key.ts'
import { type TokenDefect, tokenDefects } from './authentication/tokens.ts'
import { createLog } from './log.ts'
import { startServer } from './main.ts'

declare module 'vitest' {
  /** A running reference server, for tests that know deployments only from outside. */
  export interface ProvidedContext {
    baseUrl: string
    jwksUrl: string
    /** Signs the server's tokens (ES256, private JWK): for tests that mint wrong ones of their own. */
    signingKey: JWK
    /** A token of each persona, and the owner's with each defect. Valid for an hour. */
    tokens: Record<PersonaName | TokenDefect, string>
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const signingKey = await generateSigningKey()
  const { url, tokenFor, stop } = await startServer({ signingKey, log: createLog('error') })
  const issued = await Promise.all([
    ...personaNames.map(async (name) => [name, await tokenFor(name)]),
    ...tokenDefects.map(async (defect) => [defect, await tokenFor('owner', { defect })]),
  ])
  project.provide('baseUrl', url)
  project.provide('jwksUrl', `${url}/.well-known/jwks.json`)
  project.provide('signingKey', signingKey.privateJwk)
  project.provide('tokens', Object.fromEntries(issued))
  return () => stop(0)
}
