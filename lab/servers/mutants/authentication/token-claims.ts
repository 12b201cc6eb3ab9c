import type { JWTPayload } from 'jose'
import type { Behaviour } from '../../behaviour.ts'
import { Crash } from '../../crash.ts'
import type { Exchange } from '../../exchange.ts'
import { inArea } from '../area.ts'
import { asMember } from './lenient-verification.ts'

/** Replaces claims before they are validated. */
const withClaims = (claims: (claims: JWTPayload, exchange: Exchange) => JWTPayload): Partial<Behaviour> => ({
  verify: async (token, exchange) => {
    const decoded = await exchange.authority.verify(token)
    return { ...decoded, claims: { ...decoded.claims, ...claims(decoded.claims, exchange) } }
  },
})

/** Claims of a token that are not checked, or not as they must be. */
export const tokenClaims = inArea('authentication', [
  {
    id: 'audience-begins-alike',
    title: 'accepts audiences that begin as its own does',
    level: 'contract',
    needs: ['minting'],
    behaviour: withClaims(({ aud }, { authority }) =>
      String(aud).startsWith(authority.audience) ? { aud: authority.audience } : {},
    ),
  },
  {
    id: 'audience-listed',
    title: 'accepts any list of audiences',
    level: 'contract',
    needs: ['minting'],
    behaviour: withClaims(({ aud }, { authority }) =>
      Array.isArray(aud) ? { aud: authority.audience } : {},
    ),
  },
  {
    id: 'issuer-begins-alike',
    title: 'accepts issuers that begin as its own does',
    level: 'contract',
    needs: ['minting'],
    behaviour: withClaims(({ iss = '' }, { authority }) =>
      iss.startsWith(authority.issuer) ? { iss: authority.issuer } : {},
    ),
  },
  {
    id: 'audience-absent',
    title: 'accepts tokens without an audience',
    level: 'advice',
    needs: ['minting'],
    behaviour: withClaims(({ aud }, { authority }) => (aud === undefined ? { aud: authority.audience } : {})),
  },
  {
    id: 'expiry-text',
    title: 'takes an expiry that is no number for none',
    level: 'contract',
    needs: ['minting'],
    behaviour: withClaims(({ exp }) => (typeof exp === 'string' ? { exp: 9_999_999_999 } : {})),
  },
  {
    id: 'subject-number-500',
    title: 'fails on a subject that is no text',
    level: 'contract',
    needs: ['minting'],
    behaviour: withClaims(({ sub }) => {
      if (sub !== undefined && typeof sub !== 'string') throw new Crash('the subject was not expected')
      return {}
    }),
  },
  {
    id: 'token-without-subject',
    title: 'takes a token that names nobody for one of its own services',
    level: 'advice',
    needs: ['minting'],
    behaviour: {
      verify: async (token, exchange) => {
        const decoded = await exchange.authority.verify(token)
        return decoded.claims.sub ? decoded : asMember(exchange)
      },
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
    id: 'token-not-yet-valid-leeway',
    title: 'takes tokens a quarter of an hour before they are valid',
    level: 'contract',
    needs: ['minting'],
    behaviour: withClaims(({ nbf }) => ({ nbf: Number(nbf) - 900 })),
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
    id: 'audience-part',
    title: 'accepts audiences that are a part of its own',
    level: 'contract',
    needs: ['minting'],
    behaviour: withClaims(({ aud }, { authority }) =>
      typeof aud === 'string' && authority.audience.includes(aud) ? { aud: authority.audience } : {},
    ),
  },
  {
    id: 'issuer-pattern',
    title: 'compares the issuer with a regular expression whose dots match anything',
    level: 'contract',
    needs: ['minting'],
    behaviour: withClaims(({ iss = '' }, { authority }) =>
      new RegExp(`^${authority.issuer}$`).test(iss) ? { iss: authority.issuer } : {},
    ),
  },
  {
    id: 'expiry-zero',
    title: 'takes an expiry of 0 for none',
    level: 'advice',
    needs: ['minting'],
    behaviour: withClaims(({ exp }) => (exp === 0 ? { exp: 9_999_999_999 } : {})),
  },
  {
    id: 'expiry-null',
    title: 'takes an expiry of null for none',
    level: 'advice',
    needs: ['minting'],
    behaviour: withClaims(({ exp }) => ((exp as unknown) === null ? { exp: 9_999_999_999 } : {})),
  },
  {
    id: 'audience-list-refused',
    title: 'refuses tokens for several audiences, its own among them',
    level: 'advice',
    needs: ['minting'],
    behaviour: withClaims(({ aud }) => (Array.isArray(aud) ? { aud: '' } : {})),
  },
  {
    id: 'claim-unknown-refused',
    title: 'refuses tokens with a claim that it does not know',
    level: 'http',
    needs: ['minting'],
    behaviour: withClaims((claims) =>
      Object.keys(claims).every((name) => /^(?:iss|sub|aud|exp|nbf|iat|jti|scope|azp)$/.test(name))
        ? {}
        : { exp: 0 },
    ),
  },
])
