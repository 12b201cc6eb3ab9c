import { decode } from '../../authority.ts'
import type { Behaviour } from '../../behaviour.ts'
import { withEveryRefusal, withEveryResponse, withRefusal } from '../../behaviours.ts'
import { type Exchange, requestHeader } from '../../exchange.ts'
import { challenge, referenceBehaviour } from '../../reference-behaviour.ts'
import { problem, response, withAddedHeader, withBody, withHeaders, withoutHeaders } from '../../response.ts'
import { inArea } from '../area.ts'
import { bypassing, isAnonymous } from './lenient-verification.ts'

const isExpired = ({ token }: Exchange) => Number(decode(token ?? '')?.claims.exp) < Date.now() / 1000

/** Leaves the challenge out of 401 where the condition holds. */
const withoutChallengeWhere = (when: (exchange: Exchange) => boolean): Partial<Behaviour> => ({
  refuse: async (refusal, exchange) => {
    const refused = await referenceBehaviour.refuse(refusal, exchange)
    return refused.status === 401 && when(exchange) ? withoutHeaders(refused, 'WWW-Authenticate') : refused
  },
})

/** Wrong refusals of missing and rejected credentials. */
export const refusals = inArea('authentication', [
  {
    id: 'login-page-for-browsers',
    title: 'sends browsers without credentials to a page to log in',
    level: 'contract',
    behaviour: withEveryResponse((response, exchange) =>
      response.status === 401 && requestHeader(exchange, 'accept')?.includes('text/html')
        ? withHeaders(problem(302, 'Found'), { Location: '/login' })
        : response,
    ),
  },
  {
    id: 'expired-not-modified',
    title: 'answers conditions before it looks whether the token has expired',
    level: 'http',
    behaviour: {
      refuse: (refusal, exchange) =>
        refusal === 'rejected' && requestHeader(exchange, 'if-none-match') && isExpired(exchange)
          ? response(304)
          : referenceBehaviour.refuse(refusal, exchange),
    },
  },
  {
    id: 'challenge-absent-head',
    title: 'challenges nobody who asks for the head only',
    level: 'http',
    behaviour: withoutChallengeWhere(({ method }) => method === 'HEAD'),
  },
  {
    id: 'challenge-absent-expired',
    title: 'challenges nobody whose token has expired',
    level: 'http',
    behaviour: withoutChallengeWhere(isExpired),
  },
  {
    id: 'challenge-unquoted',
    title: 'describes the error in words without quotes',
    level: 'http',
    behaviour: {
      refuse: async (refusal, exchange) => {
        const refused = await referenceBehaviour.refuse(refusal, exchange)
        const challenge = 'Bearer error=invalid_token, error_description=The token expired'
        return refusal === 'rejected' ? withHeaders(refused, { 'WWW-Authenticate': challenge }) : refused
      },
    },
  },
  {
    id: 'refusal-typed-pdf-outsider',
    title: 'declares the refusal of an outsider to be a PDF',
    level: 'advice',
    needs: ['outsider'],
    behaviour: withRefusal('forbidden', (refused) =>
      withHeaders(refused, { 'Content-Type': 'application/pdf' }),
    ),
  },
  {
    id: 'credentials-missing-403',
    title: 'answers missing credentials with 403',
    level: 'contract',
    behaviour: withRefusal('missing', () => problem(403, 'Forbidden')),
  },
  {
    id: 'credentials-missing-404',
    title: 'answers missing credentials with 404',
    level: 'contract',
    behaviour: withRefusal('missing', () => problem(404, 'Not Found')),
  },
  {
    id: 'credentials-missing-login',
    title: 'redirects to a login page where credentials are missing',
    level: 'contract',
    behaviour: withRefusal('missing', () => response(302, { Location: '/login' })),
  },
  {
    id: 'credentials-missing-page',
    title: 'answers missing credentials with a login page and 200',
    level: 'contract',
    behaviour: withRefusal('missing', () =>
      response(200, { 'Content-Type': 'text/html' }, '<!doctype html><title>Log in</title><form></form>'),
    ),
  },
  {
    id: 'credentials-rejected-400',
    title: 'answers a rejected token with 400',
    level: 'contract',
    behaviour: withRefusal('rejected', () => problem(400, 'Bad Request')),
  },
  {
    id: 'credentials-rejected-403',
    title: 'answers a rejected token with 403',
    level: 'contract',
    behaviour: withRefusal('rejected', () => problem(403, 'Forbidden')),
  },
  {
    id: 'challenge-absent',
    title: 'sends 401 without a challenge',
    level: 'http',
    behaviour: withEveryRefusal((refused) => withoutHeaders(refused, 'www-authenticate')),
  },
  {
    id: 'challenge-absent-when-rejected',
    title: 'sends a challenge for missing credentials but none for a rejected token',
    level: 'http',
    behaviour: withRefusal('rejected', (refused) => withoutHeaders(refused, 'www-authenticate')),
  },
  {
    id: 'challenge-basic',
    title: 'challenges for Basic credentials',
    level: 'http',
    behaviour: withEveryRefusal((refused) =>
      refused.status === 401 ? withHeaders(refused, { 'WWW-Authenticate': 'Basic realm="usage"' }) : refused,
    ),
  },
  {
    id: 'challenge-without-scheme',
    title: 'sends a challenge that names no scheme',
    level: 'http',
    behaviour: withEveryRefusal((refused) =>
      refused.status === 401 ? withHeaders(refused, { 'WWW-Authenticate': 'realm="usage"' }) : refused,
    ),
  },
  {
    id: 'challenge-error-unasked',
    title: 'reports an error in the challenge though no token was sent',
    level: 'advice',
    behaviour: withRefusal('missing', (refused) =>
      withHeaders(refused, { 'WWW-Authenticate': `${challenge}, error="invalid_token"` }),
    ),
  },
  {
    id: 'challenge-error-absent',
    title: 'does not say in the challenge that the token is invalid',
    level: 'advice',
    behaviour: withRefusal('rejected', (refused) => withHeaders(refused, { 'WWW-Authenticate': challenge })),
  },
  {
    id: 'refusal-with-report',
    title: 'sends the report as the body of its 401',
    level: 'contract',
    behaviour: {
      ...bypassing(isAnonymous),
      respond: (given, exchange) => {
        const response = referenceBehaviour.respond(given, exchange)
        if (!isAnonymous(exchange) || given.status !== 200) return response
        return withHeaders({ ...given, status: 401 }, { 'WWW-Authenticate': challenge })
      },
    },
  },
  {
    id: 'unprivileged-401',
    title: 'answers a token without the scope it asks for with 401',
    level: 'contract',
    needs: ['minting'],
    behaviour: {
      refuse: (refusal, exchange) =>
        referenceBehaviour.refuse(refusal === 'unprivileged' ? 'rejected' : refusal, exchange),
    },
  },
  {
    id: 'refusal-public',
    title: 'lets shared caches keep its 401',
    level: 'advice',
    behaviour: withEveryRefusal((refused) =>
      withHeaders(refused, { 'Cache-Control': 'public, max-age=3600' }),
    ),
  },
  {
    id: 'refusal-session',
    title: 'opens a session for whoever is refused',
    level: 'advice',
    behaviour: withEveryRefusal((refused) =>
      withAddedHeader(refused, 'Set-Cookie', 'session=8c1f; Path=/; HttpOnly'),
    ),
  },
  {
    id: 'refusal-empty-type',
    title: 'declares a refusal to be a PDF',
    level: 'advice',
    behaviour: withEveryRefusal((refused) =>
      withBody(withHeaders(refused, { 'Content-Type': 'application/pdf' }), 'refused'),
    ),
  },
  {
    id: 'challenge-basic-when-rejected',
    title: 'challenges for Basic credentials where it rejects a token',
    level: 'http',
    behaviour: withRefusal('rejected', (refused) =>
      withHeaders(refused, { 'WWW-Authenticate': 'Basic realm="usage"' }),
    ),
  },
  {
    id: 'expired-to-login',
    title: 'redirects to a page to log in where a token has expired',
    level: 'contract',
    behaviour: withRefusal('rejected', (refused, exchange) =>
      isExpired(exchange) ? response(302, { Location: '/login' }) : refused,
    ),
  },
])
