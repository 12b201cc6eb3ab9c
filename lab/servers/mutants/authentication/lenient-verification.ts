import { createHmac } from 'node:crypto'
import { type Decoded, decode } from '../../authority.ts'
import type { Behaviour } from '../../behaviour.ts'
import type { Exchange } from '../../exchange.ts'
import { referenceBehaviour } from '../../reference-behaviour.ts'
import { claimsOf, subjects } from '../../seed-data.ts'

type Verify = Behaviour['verify']

/** Accepts what the baseline accepts, and JWTs for which the condition holds as well. */
export function acceptingJwt(
  condition: (jwt: Decoded & { signature: string | undefined; token: string }, exchange: Exchange) => unknown,
): Verify {
  return async (token, exchange) => {
    const good = await exchange.authority.verify(token).catch(() => undefined)
    const jwt = decode(token)
    if (good || !jwt) return good
    return (await condition({ ...jwt, token, signature: token.split('.')[2] }, exchange)) ? jwt : undefined
  }
}

/** Accepts what the baseline accepts, and takes strings for which the condition holds for the member. */
export function acceptingString(condition: (token: string) => boolean): Verify {
  return async (token, exchange) => {
    const good = await exchange.authority.verify(token).catch(() => undefined)
    return good ?? (condition(token) ? asMember(exchange) : undefined)
  }
}

/** What a right token of the member says. */
export function asMember({ authority }: Exchange): Decoded {
  return { header: {}, claims: claimsOf(subjects.member, authority.issuer, authority.audience, Date.now()) }
}

/** The HS256 signature that a token has under a key. */
export function hmacOf(token: string, key: string): string {
  const signed = token.split('.').slice(0, 2).join('.')
  return createHmac('sha256', key).update(signed).digest('base64url')
}

/** Lets requests in as the member, without a look at their credentials. */
export const bypassing = (condition: (exchange: Exchange) => boolean): Partial<Behaviour> => ({
  credentials: (request, exchange) =>
    condition(exchange) ? '' : referenceBehaviour.credentials(request, exchange),
  verify: (token, exchange) =>
    condition(exchange) ? asMember(exchange) : referenceBehaviour.verify(token, exchange),
})

export const isAnonymous = (exchange: Exchange) => exchange.request.headers.authorization === undefined
