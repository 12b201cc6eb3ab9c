import { problem, response, withAddedHeader, withBody, withHeaders, withoutHeaders } from '../answer.ts'
import type { Behaviour } from '../behaviour.ts'
import { challenge, referenceBehaviour } from '../reference-behaviour.ts'
import { inArea } from './area.ts'
import { isAnonymous, lettingIn } from './lenient-verification.ts'

const refusing = (change: Behaviour['refuse']): Partial<Behaviour> => ({ refuse: change })

/** How a refusal for want of credentials looks. */
export const refusals = inArea('authentication', [
  {
    id: 'credentials-missing-403',
    title: 'answers missing credentials with 403',
    level: 'contract',
    behaviour: refusing((refusal, exchange) =>
      refusal === 'missing' ? problem(403, 'Forbidden') : referenceBehaviour.refuse(refusal, exchange),
    ),
  },
  {
    id: 'credentials-missing-404',
    title: 'answers missing credentials with 404',
    level: 'contract',
    behaviour: refusing((refusal, exchange) =>
      refusal === 'missing' ? problem(404, 'Not Found') : referenceBehaviour.refuse(refusal, exchange),
    ),
  },
  {
    id: 'credentials-missing-login',
    title: 'redirects to a login page where credentials are missing',
    level: 'contract',
    behaviour: refusing((refusal, exchange) =>
      refusal === 'missing'
        ? response(302, { Location: '/login' })
        : referenceBehaviour.refuse(refusal, exchange),
    ),
  },
  {
    id: 'credentials-missing-page',
    title: 'answers missing credentials with a login page and 200',
    level: 'contract',
    behaviour: refusing((refusal, exchange) =>
      refusal === 'missing'
        ? response(200, { 'Content-Type': 'text/html' }, '<!doctype html><title>Log in</title><form></form>')
        : referenceBehaviour.refuse(refusal, exchange),
    ),
  },
  {
    id: 'credentials-rejected-400',
    title: 'answers a rejected token with 400',
    level: 'contract',
    behaviour: refusing((refusal, exchange) =>
      refusal === 'rejected' ? problem(400, 'Bad Request') : referenceBehaviour.refuse(refusal, exchange),
    ),
  },
  {
    id: 'credentials-rejected-403',
    title: 'answers a rejected token with 403',
    level: 'contract',
    behaviour: refusing((refusal, exchange) =>
      refusal === 'rejected' ? problem(403, 'Forbidden') : referenceBehaviour.refuse(refusal, exchange),
    ),
  },
  {
    id: 'challenge-absent',
    title: 'sends 401 without a challenge',
    level: 'http',
    behaviour: refusing(async (...given) =>
      withoutHeaders(await referenceBehaviour.refuse(...given), 'www-authenticate'),
    ),
  },
  {
    id: 'challenge-absent-when-rejected',
    title: 'sends a challenge for missing credentials but none for a rejected token',
    level: 'http',
    behaviour: refusing(async (refusal, exchange) => {
      const refused = await referenceBehaviour.refuse(refusal, exchange)
      return refusal === 'rejected' ? withoutHeaders(refused, 'www-authenticate') : refused
    }),
  },
  {
    id: 'challenge-basic',
    title: 'challenges for Basic credentials',
    level: 'http',
    behaviour: refusing(async (refusal, exchange) => {
      const refused = await referenceBehaviour.refuse(refusal, exchange)
      return refused.status === 401
        ? withHeaders(refused, { 'WWW-Authenticate': 'Basic realm="usage"' })
        : refused
    }),
  },
  {
    id: 'challenge-without-scheme',
    title: 'sends a challenge that names no scheme',
    level: 'http',
    behaviour: refusing(async (refusal, exchange) => {
      const refused = await referenceBehaviour.refuse(refusal, exchange)
      return refused.status === 401 ? withHeaders(refused, { 'WWW-Authenticate': 'realm="usage"' }) : refused
    }),
  },
  {
    id: 'challenge-error-unasked',
    title: 'reports an error in the challenge though no token was sent',
    level: 'advice',
    behaviour: refusing(async (refusal, exchange) => {
      const refused = await referenceBehaviour.refuse(refusal, exchange)
      const headers = { 'WWW-Authenticate': `${challenge}, error="invalid_token"` }
      return refusal === 'missing' ? withHeaders(refused, headers) : refused
    }),
  },
  {
    id: 'challenge-error-absent',
    title: 'does not say in the challenge that the token is invalid',
    level: 'advice',
    behaviour: refusing(async (refusal, exchange) => {
      const refused = await referenceBehaviour.refuse(refusal, exchange)
      return refusal === 'rejected' ? withHeaders(refused, { 'WWW-Authenticate': challenge }) : refused
    }),
  },
  {
    id: 'refusal-with-report',
    title: 'sends the report as the body of its 401',
    level: 'contract',
    behaviour: {
      ...lettingIn(isAnonymous),
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
    behaviour: refusing((refusal, exchange) =>
      referenceBehaviour.refuse(refusal === 'unprivileged' ? 'rejected' : refusal, exchange),
    ),
  },
  {
    id: 'refusal-public',
    title: 'lets shared caches keep its 401',
    level: 'advice',
    behaviour: refusing(async (refusal, exchange) => {
      const refused = await referenceBehaviour.refuse(refusal, exchange)
      return withHeaders(refused, { 'Cache-Control': 'public, max-age=3600' })
    }),
  },
  {
    id: 'refusal-session',
    title: 'opens a session for whoever is refused',
    level: 'advice',
    behaviour: refusing(async (refusal, exchange) =>
      withAddedHeader(
        await referenceBehaviour.refuse(refusal, exchange),
        'Set-Cookie',
        'session=8c1f; Path=/; HttpOnly',
      ),
    ),
  },
  {
    id: 'refusal-empty-type',
    title: 'declares a refusal to be a PDF',
    level: 'advice',
    behaviour: refusing(async (refusal, exchange) =>
      withBody(
        withHeaders(await referenceBehaviour.refuse(refusal, exchange), {
          'Content-Type': 'application/pdf',
        }),
        'refused',
      ),
    ),
  },
])
