import { createHmac, X509Certificate } from 'node:crypto'
import { compactVerify, importJWK, type JWK } from 'jose'
import { type Decoded, decode } from '../../authority.ts'
import { Crash } from '../../crash.ts'
import type { Exchange } from '../../exchange.ts'
import { inArea } from '../area.ts'
import { acceptingJwt, acceptingString, hmacOf } from './lenient-verification.ts'

/** Signatures that were right once, whatever they are attached to now. */
const seenSignatures = ({ memory }: Exchange): Set<string> => {
  const seen = (memory.get('signatures') as Set<string> | undefined) ?? new Set()
  memory.set('signatures', seen)
  return seen
}

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

const crashesOn = (condition: (token: string) => boolean) => ({
  verify: (token: string, exchange: Exchange) => {
    if (condition(token)) throw new Crash('the token was not expected')
    return exchange.authority.verify(token)
  },
})

/** Signatures, algorithms, keys and forms of a token that are wrongly accepted or crash the deployment. */
export const tokenVerification = inArea('authentication', [
  {
    id: 'head-unverified',
    title: 'looks at no signature where it is asked for the head only',
    level: 'contract',
    behaviour: {
      verify: (token, exchange) =>
        exchange.method === 'HEAD' ? decode(token) : exchange.authority.verify(token),
    },
  },
  {
    id: 'token-certificate',
    title: 'trusts the certificate that a token brings along',
    level: 'contract',
    algorithm: 'ES256',
    behaviour: { verify: acceptingJwt(isCertified) },
  },
  {
    id: 'token-alg-unknown',
    title: 'lets tokens through whose algorithm it does not know',
    level: 'contract',
    behaviour: { verify: acceptingJwt(({ header }) => !/^(?:none|[HREP]S\d+)$/i.test(String(header.alg))) },
  },
  {
    id: 'token-alg-none-bare',
    title: 'accepts alg "none" where the header has nothing else',
    level: 'contract',
    behaviour: {
      verify: acceptingJwt(({ header }) => header.alg === 'none' && Object.keys(header).length === 1),
    },
  },
  {
    id: 'token-alg-confusion-hs512',
    title: 'takes the published key for a shared secret, under HS512',
    level: 'contract',
    algorithm: 'RS256',
    needs: ['jwks'],
    behaviour: {
      verify: acceptingJwt(({ token, header, signature }, { authority }) => {
        const signed = token.split('.').slice(0, 2).join('.')
        const mac = createHmac('sha512', authority.publicPem ?? '').update(signed)
        return header.alg === 'HS512' && mac.digest('base64url') === signature
      }),
    },
  },
  {
    id: 'token-four-parts',
    title: 'reads the first three parts of a token and no more',
    level: 'contract',
    behaviour: {
      verify: (token, { authority }) => authority.verify(token.split('.').slice(0, 3).join('.')),
    },
  },
  {
    id: 'token-claims-null-500',
    title: 'fails on claims that are null',
    level: 'contract',
    behaviour: {
      verify: (token, { authority }) => {
        const [, claims = ''] = token.split('.')
        if (Buffer.from(claims, 'base64url').toString() === 'null') throw new Crash('no claims')
        return authority.verify(token)
      },
    },
  },
  {
    id: 'token-garbage',
    title: 'takes any string for a token',
    level: 'contract',
    behaviour: { verify: acceptingString(() => true) },
  },
  {
    id: 'token-garbage-not-jwt',
    title: 'takes strings that are no JWT for tokens of another kind',
    level: 'contract',
    behaviour: { verify: acceptingString((token) => !token.includes('.')) },
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
    behaviour: { verify: acceptingJwt(() => true) },
  },
  {
    id: 'token-two-parts',
    title: 'accepts a token whose signature part is cut off with its dot',
    level: 'contract',
    behaviour: { verify: acceptingJwt(({ signature }) => signature === undefined) },
  },
  {
    id: 'token-empty-signature',
    title: 'accepts a token whose signature is empty',
    level: 'contract',
    behaviour: {
      verify: acceptingJwt(({ signature, header }) => signature === '' && header.alg === 'HS256'),
    },
  },
  {
    id: 'token-cut-signature',
    title: 'compares only as much of the signature as was sent',
    level: 'contract',
    behaviour: {
      verify: acceptingJwt(
        ({ header, token, signature = '' }, { authority }) =>
          !header.crit && signature.length > 3 && hmacOf(token, authority.signingKey).startsWith(signature),
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
    behaviour: { verify: acceptingJwt(({ header, signature }) => header.alg === 'none' && !signature) },
  },
  {
    id: 'token-alg-none-cased',
    title: 'refuses alg "none" in lower case only',
    level: 'contract',
    behaviour: {
      verify: acceptingJwt(({ header }) => header.alg !== 'none' && /^none$/i.test(String(header.alg))),
    },
  },
  {
    id: 'token-alg-none-signed',
    title: 'skips verification under alg "none" though a signature is there',
    level: 'contract',
    behaviour: {
      verify: acceptingJwt(({ header, signature }) => header.alg === 'none' && Boolean(signature)),
    },
  },
  {
    id: 'token-alg-confusion-es256',
    title: 'verifies HS256 tokens with the published EC key as the secret',
    level: 'contract',
    algorithm: 'ES256',
    needs: ['jwks'],
    behaviour: {
      verify: acceptingJwt(({ header, token, signature }, { authority: { publicPem = '' } }) => {
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
      verify: acceptingJwt(({ header, token, signature }, { authority: { publicPem = '' } }) => {
        const secrets = [publicPem, publicPem.trim(), `${publicPem.trim()}\n`]
        return header.alg === 'HS256' && secrets.some((secret) => hmacOf(token, secret) === signature)
      }),
    },
  },
  {
    id: 'token-embedded-jwk',
    title: 'trusts the key that the token brings in its header',
    level: 'contract',
    behaviour: {
      verify: acceptingJwt(({ header, token }) => header.jwk && isSignedBy(token, header.jwk as JWK)),
    },
  },
  {
    id: 'token-foreign-jku',
    title: 'trusts the keys at the address that the token names',
    level: 'contract',
    behaviour: { verify: acceptingJwt(({ header, token }) => isSignedByKeysAt(token, header.jku)) },
  },
  {
    id: 'token-calls-jku',
    title: 'calls the address in jku before it refuses the token',
    level: 'advice',
    behaviour: { verify: acceptingJwt(({ header }) => download(header.jku).then(() => false)) },
  },
  {
    id: 'token-calls-x5u',
    title: 'calls the address in x5u before it refuses the token',
    level: 'advice',
    behaviour: { verify: acceptingJwt(({ header }) => download(header.x5u).then(() => false)) },
  },
  {
    id: 'token-crit-ignored',
    title: 'ignores critical header parameters that it does not know',
    level: 'http',
    needs: ['minting'],
    behaviour: {
      verify: acceptingJwt(
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
      verify: acceptingJwt(
        ({ header, token, signature }) =>
          /(^|\/)dev\/null$/.test(String(header.kid)) && hmacOf(token, '') === signature,
      ),
    },
  },
  {
    id: 'token-kid-unknown',
    title: 'skips verification where no key has the kid',
    level: 'contract',
    behaviour: { verify: acceptingJwt(({ header }) => !String(header.kid).startsWith('key-')) },
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
    id: 'token-signature-cased',
    title: 'compares signatures without regard to case',
    level: 'contract',
    behaviour: {
      verify: acceptingJwt(
        ({ header, signature = '', token }, { authority }) =>
          !header.crit && signature.toLowerCase() === hmacOf(token, authority.signingKey).toLowerCase(),
      ),
    },
  },
  {
    id: 'token-secret-of-a-template',
    title: 'still accepts tokens under the secret that came with its template',
    level: 'contract',
    behaviour: {
      verify: acceptingJwt(({ signature, token }) => signature === hmacOf(token, 'changeme')),
    },
  },
  {
    id: 'token-known-by-its-beginning',
    title: 'knows the tokens that it has verified by their first characters',
    level: 'contract',
    behaviour: {
      verify: async (token, { authority, memory }) => {
        const key = `known ${token.slice(0, 60)}`
        const verified = memory.get(key) ?? (await authority.verify(token))
        if (verified) memory.set(key, verified)
        return verified as Decoded | undefined
      },
    },
  },
])

async function isCertified({ header, token }: Decoded & { token: string }): Promise<boolean> {
  const [certificate] = (header.x5c as string[] | undefined) ?? []
  if (!certificate) return false
  const { publicKey } = new X509Certificate(Buffer.from(certificate, 'base64'))
  return compactVerify(token, publicKey).then(Boolean, () => false)
}
