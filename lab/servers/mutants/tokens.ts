import { compactVerify, importJWK, type JWK } from 'jose'
import { withAddedHeader } from '../answer.ts'
import { decode } from '../authority.ts'
import { Crash } from '../crash.ts'
import type { Exchange } from '../exchange.ts'
import { referenceBehaviour } from '../reference-behaviour.ts'
import { inArea } from './area.ts'
import { alsoJwt, alsoString, hmacOf } from './lenient-verification.ts'

const isSignedBy = (token: string, jwk: JWK) =>
  importJWK(jwk, String(decode(token)?.header.alg))
    .then((key) => compactVerify(token, key))
    .then(Boolean, () => false)

const isSignedByKeysAt = async (token: string, url: unknown): Promise<boolean> => {
  const { keys } = await download(url)
  const verdicts = await Promise.all(keys.map((jwk) => isSignedBy(token, jwk)))
  return verdicts.includes(true)
}

const download = async (url: unknown): Promise<{ keys: JWK[] }> => {
  if (typeof url !== 'string') return { keys: [] }
  const response = await fetch(url, { signal: AbortSignal.timeout(2000) })
  return (await response.json()) as { keys: JWK[] }
}

/** Signatures that were right once, whatever they are attached to now. */
const seenSignatures = ({ memory }: Exchange): Set<string> => {
  const seen = (memory.get('signatures') as Set<string> | undefined) ?? new Set()
  memory.set('signatures', seen)
  return seen
}

const crashesOn = (condition: (token: string) => boolean) => ({
  verify: (token: string, exchange: Exchange) => {
    if (condition(token)) throw new Crash('the token was not expected')
    return exchange.authority.verify(token)
  },
})

/** How tokens are verified. */
export const tokens = inArea('authentication', [
  {
    id: 'token-garbage',
    title: 'takes any string for a token',
    level: 'contract',
    behaviour: { verify: alsoString(() => true) },
  },
  {
    id: 'token-garbage-not-jwt',
    title: 'takes strings that are no JWT for tokens of another kind',
    level: 'contract',
    behaviour: { verify: alsoString((token) => !token.includes('.')) },
  },
  {
    id: 'token-followed',
    title: 'takes a token for the one that it begins with',
    level: 'contract',
    behaviour: {
      async verify(token, exchange) {
        const begun = [0, 1, 2, 3, 4].map((more) => token.slice(0, token.length - more))
        const read = begun.map((text) => exchange.authority.verify(text).catch(() => undefined))
        return (await Promise.all(read)).find(Boolean)
      },
    },
  },
  {
    id: 'token-unverified',
    title: 'reads tokens without looking at their signature',
    level: 'contract',
    behaviour: { verify: alsoJwt(() => true) },
  },
  {
    id: 'token-two-parts',
    title: 'accepts a token whose signature part is cut off with its dot',
    level: 'contract',
    behaviour: { verify: alsoJwt(({ signature }) => signature === undefined) },
  },
  {
    id: 'token-empty-signature',
    title: 'accepts a token whose signature is empty',
    level: 'contract',
    behaviour: { verify: alsoJwt(({ signature, header }) => signature === '' && header.alg === 'HS256') },
  },
  {
    id: 'token-cut-signature',
    title: 'compares only as much of the signature as was sent',
    level: 'contract',
    behaviour: {
      verify: alsoJwt(
        ({ token, signature = '' }, { authority }) =>
          signature.length > 3 && hmacOf(token, authority.signingKey).startsWith(signature),
      ),
    },
  },
  {
    id: 'token-swapped-payload',
    title: 'accepts a signature it has seen before under another payload',
    level: 'contract',
    behaviour: {
      verify: async (token, exchange) => {
        const signature = token.split('.')[2] ?? ''
        const seen = seenSignatures(exchange)
        if (seen.has(signature)) return decode(token)
        const good = await exchange.authority.verify(token)
        seen.add(signature)
        return good
      },
    },
  },
  {
    id: 'token-alg-none',
    title: 'accepts unsigned tokens with alg "none"',
    level: 'contract',
    behaviour: { verify: alsoJwt(({ header, signature }) => header.alg === 'none' && !signature) },
  },
  {
    id: 'token-alg-none-cased',
    title: 'refuses alg "none" in lower case only',
    level: 'contract',
    behaviour: {
      verify: alsoJwt(({ header }) => header.alg !== 'none' && /^none$/i.test(String(header.alg))),
    },
  },
  {
    id: 'token-alg-none-signed',
    title: 'skips verification under alg "none" though a signature is there',
    level: 'contract',
    behaviour: { verify: alsoJwt(({ header, signature }) => header.alg === 'none' && Boolean(signature)) },
  },
  {
    id: 'token-alg-confusion-es256',
    title: 'verifies HS256 tokens with the published EC key as the secret',
    level: 'contract',
    algorithm: 'ES256',
    needs: ['jwks'],
    behaviour: {
      verify: alsoJwt(({ header, token, signature }, { authority: { publicPem = '' } }) => {
        const secrets = [publicPem, publicPem.trim(), `${publicPem.trim()}\n`]
        return header.alg === 'HS256' && secrets.some((secret) => hmacOf(token, secret) === signature)
      }),
    },
  },
  {
    id: 'token-alg-confusion-rs256',
    title: 'verifies HS256 tokens with the published RSA key as the secret',
    level: 'contract',
    algorithm: 'RS256',
    needs: ['jwks'],
    behaviour: {
      verify: alsoJwt(({ header, token, signature }, { authority: { publicPem = '' } }) => {
        const secrets = [publicPem, publicPem.trim(), `${publicPem.trim()}\n`]
        return header.alg === 'HS256' && secrets.some((secret) => hmacOf(token, secret) === signature)
      }),
    },
  },
  {
    id: 'token-expired',
    title: 'never looks at exp',
    level: 'contract',
    needs: ['minting'],
    behaviour: { ignoredClaims: ['exp'] },
  },
  {
    id: 'token-expired-leeway',
    title: 'lets expired tokens live for another fifteen minutes',
    level: 'contract',
    needs: ['minting'],
    behaviour: {
      verify: async (token, { authority }) => {
        const { header, claims } = await authority.verify(token)
        return { header, claims: { ...claims, exp: Number(claims.exp) + 900 } }
      },
    },
  },
  {
    id: 'token-without-expiry',
    title: 'accepts tokens that never expire',
    level: 'advice',
    needs: ['minting'],
    behaviour: {
      verify: async (token, { authority }) => {
        const { header, claims } = await authority.verify(token)
        return { header, claims: { exp: 2 ** 33, ...claims } }
      },
    },
  },
  {
    id: 'token-not-yet-valid',
    title: 'never looks at nbf',
    level: 'contract',
    needs: ['minting'],
    behaviour: { ignoredClaims: ['nbf'] },
  },
  {
    id: 'token-audience',
    title: 'accepts tokens meant for another service',
    level: 'contract',
    needs: ['minting'],
    behaviour: { ignoredClaims: ['aud'] },
  },
  {
    id: 'token-issuer',
    title: 'accepts tokens of another issuer',
    level: 'contract',
    needs: ['minting'],
    behaviour: { ignoredClaims: ['iss'] },
  },
  {
    id: 'token-type',
    title: 'accepts signed objects that are no access tokens',
    level: 'advice',
    needs: ['minting'],
    behaviour: { ignoredClaims: ['typ'] },
  },
  {
    id: 'token-embedded-jwk',
    title: 'trusts the key that the token brings in its header',
    level: 'contract',
    behaviour: { verify: alsoJwt(({ header, token }) => header.jwk && isSignedBy(token, header.jwk as JWK)) },
  },
  {
    id: 'token-foreign-jku',
    title: 'trusts the keys at the address that the token names',
    level: 'contract',
    behaviour: { verify: alsoJwt(({ header, token }) => isSignedByKeysAt(token, header.jku)) },
  },
  {
    id: 'token-calls-jku',
    title: 'calls the address in jku before it refuses the token',
    level: 'advice',
    behaviour: { verify: alsoJwt(({ header }) => download(header.jku).then(() => false)) },
  },
  {
    id: 'token-calls-x5u',
    title: 'calls the address in x5u before it refuses the token',
    level: 'advice',
    behaviour: { verify: alsoJwt(({ header }) => download(header.x5u).then(() => false)) },
  },
  {
    id: 'token-crit-ignored',
    title: 'ignores critical header parameters that it does not know',
    level: 'http',
    needs: ['minting'],
    behaviour: {
      verify: alsoJwt(
        ({ header, token, signature }, { authority }) =>
          Array.isArray(header.crit) && hmacOf(token, authority.signingKey) === signature,
      ),
    },
  },
  {
    id: 'token-kid-path',
    title: 'reads the key from the file that kid names',
    level: 'contract',
    behaviour: {
      verify: alsoJwt(
        ({ header, token, signature }) =>
          /(^|\/)dev\/null$/.test(String(header.kid)) && hmacOf(token, '') === signature,
      ),
    },
  },
  {
    id: 'token-kid-unknown',
    title: 'skips verification where no key has the kid',
    level: 'contract',
    behaviour: { verify: alsoJwt(({ header }) => !String(header.kid).startsWith('key-')) },
  },
  {
    id: 'token-kid-crash',
    title: 'answers an unknown kid with 500',
    level: 'contract',
    behaviour: crashesOn((token) => {
      const kid = decode(token)?.header.kid
      return kid !== undefined && !String(kid).startsWith('key-')
    }),
  },
  {
    id: 'token-garbage-crash',
    title: 'answers what is no JWT with 500',
    level: 'contract',
    behaviour: crashesOn((token) => decode(token) === undefined),
  },
  {
    id: 'token-long-crash',
    title: 'answers an oversized token with 500',
    level: 'advice',
    behaviour: crashesOn((token) => token.length > 4000),
  },
  {
    id: 'token-unsupported-alg-crash',
    title: 'answers an algorithm it does not know with 500',
    level: 'contract',
    behaviour: crashesOn((token) => !['HS256', undefined].includes(decode(token)?.header.alg as string)),
  },
  {
    id: 'token-echoed',
    title: 'repeats the rejected token in the answer',
    level: 'advice',
    behaviour: {
      refuse: async (refusal, exchange) => {
        const refused = await referenceBehaviour.refuse(refusal, exchange)
        return exchange.token
          ? withAddedHeader(refused, 'X-Rejected-Token', encodeURI(exchange.token))
          : refused
      },
    },
  },
])
