import { assertRefused } from '../assertions.ts'
import type { Check } from '../check.ts'
import { signedByStranger, unsigned, withBrokenSignature, withSwappedPayload } from '../forgeries.ts'
import { documented } from '../operation.ts'
import type { WrongToken } from '../profile.ts'
import { bearer, type Credentials } from '../question.ts'
import type { Source } from '../sources.ts'
import { credentialsIgnored, withStatus } from '../spoils.ts'
import type { TokenParts } from '../tokens.ts'

/** A statement on tokens forged from the member's own. */
function forged(
  id: Check['id'],
  title: string,
  source: Source,
  forge: (jwt: TokenParts) => Credentials[],
): Check {
  return {
    id,
    title,
    level: 'contract',
    source,
    covers: [documented(401)],
    needs: ['jwt'],
    async run(target, { keyring }) {
      for (const as of forge(keyring.jwt()))
        assertRefused(await target.ask({ as }), [401], `a request with a ${as.label}`)
    },
    counterexamples: [credentialsIgnored, withStatus(500), withStatus(403)],
  }
}

/** A statement on tokens that are rightly signed, but for what the name says. */
function wrong(id: Check['id'], title: string, source: Source, kind: WrongToken): Check {
  return {
    id,
    title,
    level: 'contract',
    source,
    covers: [documented(401)],
    needs: [kind],
    async run(target, { keyring }) {
      const as = await keyring.wrong(kind)
      assertRefused(await target.ask({ as }), [401], `a request with the ${as.label}`)
    },
    counterexamples: [credentialsIgnored, withStatus(500), withStatus(403)],
  }
}

/** Which tokens are believed. */
export const tokens: Check[] = [
  forged('TOKEN-001', 'A token with a broken signature is answered 401', 'rfc7515#5.2', withBrokenSignature),
  forged(
    'TOKEN-002',
    'A token whose claims were changed under its signature is answered 401',
    'rfc8725#3.3',
    withSwappedPayload,
  ),
  forged(
    'TOKEN-003',
    'A token without signature is answered 401, however its algorithm spells none',
    'rfc8725#3.2',
    unsigned,
  ),
  forged('TOKEN-004', 'A token signed by a stranger is answered 401', 'rfc8725#3.10', signedByStranger),
  wrong('TOKEN-005', 'A token that has expired is answered 401', 'rfc7519#4.1.4', 'expired'),
  wrong('TOKEN-006', 'A token that is not valid yet is answered 401', 'rfc7519#4.1.5', 'notYetValid'),
  wrong('TOKEN-007', 'A token meant for another audience is answered 401', 'rfc7519#4.1.3', 'wrongAudience'),
  wrong('TOKEN-008', 'A token of another issuer is answered 401', 'rfc8725#3.8', 'wrongIssuer'),
  {
    id: 'TOKEN-009',
    title: 'A token with a critical extension that nobody knows is answered 401',
    level: 'http',
    source: 'rfc7515#4.1.11',
    covers: [documented(401)],
    needs: ['jwt', 'minting'],
    async run(target, { keyring }) {
      const extension = 'https://example.com/unknown-extension'
      const token = await keyring.mint.sign({}, { crit: [extension], [extension]: true })
      assertRefused(
        await target.ask({ as: bearer(token, 'token with crit') }),
        [401],
        'a request with an unknown critical extension',
      )
    },
    counterexamples: [credentialsIgnored, withStatus(500)],
  },
]
