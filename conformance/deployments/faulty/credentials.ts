import type { IncomingMessage } from 'node:http'
import { alsoField, answer, problem, withBody, withFields, without } from '../answer.ts'
import { baseline, challenge } from '../baseline.ts'
import type { Behaviour } from '../behaviour.ts'
import { type Exchange, headerOf } from '../exchange.ts'
import { inArea } from './area.ts'
import { asMember } from './laxity.ts'

const authorization = ({ headers }: IncomingMessage) => headers.authorization ?? ''

/** Takes the token from somewhere else where the right place has none. */
const alsoFrom = (find: (exchange: Exchange) => string | null | undefined): Partial<Behaviour> => ({
  credentials: (request, exchange) =>
    baseline.credentials(request, exchange) || (find(exchange) ?? undefined),
})

/** Lets requests in as the member, without a look at their credentials. */
const lettingIn = (condition: (exchange: Exchange) => boolean): Partial<Behaviour> => ({
  credentials: (request, exchange) => (condition(exchange) ? '' : baseline.credentials(request, exchange)),
  verify: (token, exchange) => (condition(exchange) ? asMember(exchange) : baseline.verify(token, exchange)),
})

const isAnonymous = (exchange: Exchange) => exchange.request.headers.authorization === undefined

const refusing = (change: Behaviour['refuse']): Partial<Behaviour> => ({ refuse: change })

const served = '/organizations/usage.pdf'

/** Serves a spelling of the path that nobody thought to protect. */
const alias = (pattern: RegExp, canonical: string): Partial<Behaviour> => ({
  ...lettingIn(({ path }) => pattern.test(path)),
  route: (path) => baseline.route(path.replace(pattern, canonical)),
})

/** Where credentials are looked for, what is protected, and how a refusal looks. */
export const credentials = inArea('authentication', [
  {
    id: 'credentials-none',
    title: 'answers without credentials',
    level: 'contract',
    behaviour: lettingIn(isAnonymous),
  },
  {
    id: 'credentials-empty',
    title: 'answers an Authorization field without a token',
    level: 'contract',
    behaviour: lettingIn(({ request }) => /^bearer\s*$/i.test(request.headers.authorization ?? '-')),
  },
  {
    id: 'credentials-missing-403',
    title: 'answers missing credentials with 403',
    level: 'contract',
    behaviour: refusing((refusal, exchange) =>
      refusal === 'missing' ? problem(403, 'Forbidden') : baseline.refuse(refusal, exchange),
    ),
  },
  {
    id: 'credentials-missing-404',
    title: 'answers missing credentials with 404',
    level: 'contract',
    behaviour: refusing((refusal, exchange) =>
      refusal === 'missing' ? problem(404, 'Not Found') : baseline.refuse(refusal, exchange),
    ),
  },
  {
    id: 'credentials-missing-login',
    title: 'redirects to a login page where credentials are missing',
    level: 'contract',
    behaviour: refusing((refusal, exchange) =>
      refusal === 'missing' ? answer(302, { Location: '/login' }) : baseline.refuse(refusal, exchange),
    ),
  },
  {
    id: 'credentials-missing-page',
    title: 'answers missing credentials with a login page and 200',
    level: 'contract',
    behaviour: refusing((refusal, exchange) =>
      refusal === 'missing'
        ? answer(200, { 'Content-Type': 'text/html' }, '<!doctype html><title>Log in</title><form></form>')
        : baseline.refuse(refusal, exchange),
    ),
  },
  {
    id: 'credentials-rejected-400',
    title: 'answers a rejected token with 400',
    level: 'contract',
    behaviour: refusing((refusal, exchange) =>
      refusal === 'rejected' ? problem(400, 'Bad Request') : baseline.refuse(refusal, exchange),
    ),
  },
  {
    id: 'credentials-rejected-403',
    title: 'answers a rejected token with 403',
    level: 'contract',
    behaviour: refusing((refusal, exchange) =>
      refusal === 'rejected' ? problem(403, 'Forbidden') : baseline.refuse(refusal, exchange),
    ),
  },
  {
    id: 'challenge-absent',
    title: 'sends 401 without a challenge',
    level: 'http',
    behaviour: refusing(async (...given) => without(await baseline.refuse(...given), 'www-authenticate')),
  },
  {
    id: 'challenge-absent-when-rejected',
    title: 'sends a challenge for missing credentials but none for a rejected token',
    level: 'http',
    behaviour: refusing(async (refusal, exchange) => {
      const refused = await baseline.refuse(refusal, exchange)
      return refusal === 'rejected' ? without(refused, 'www-authenticate') : refused
    }),
  },
  {
    id: 'challenge-basic',
    title: 'challenges for Basic credentials',
    level: 'http',
    behaviour: refusing(async (refusal, exchange) => {
      const refused = await baseline.refuse(refusal, exchange)
      return refused.status === 401
        ? withFields(refused, { 'WWW-Authenticate': 'Basic realm="usage"' })
        : refused
    }),
  },
  {
    id: 'challenge-without-scheme',
    title: 'sends a challenge that names no scheme',
    level: 'http',
    behaviour: refusing(async (refusal, exchange) => {
      const refused = await baseline.refuse(refusal, exchange)
      return refused.status === 401 ? withFields(refused, { 'WWW-Authenticate': 'realm="usage"' }) : refused
    }),
  },
  {
    id: 'challenge-error-unasked',
    title: 'reports an error in the challenge though no token was sent',
    level: 'advice',
    behaviour: refusing(async (refusal, exchange) => {
      const refused = await baseline.refuse(refusal, exchange)
      const fields = { 'WWW-Authenticate': `${challenge}, error="invalid_token"` }
      return refusal === 'missing' ? withFields(refused, fields) : refused
    }),
  },
  {
    id: 'challenge-error-absent',
    title: 'does not say in the challenge that the token is invalid',
    level: 'advice',
    behaviour: refusing(async (refusal, exchange) => {
      const refused = await baseline.refuse(refusal, exchange)
      return refusal === 'rejected' ? withFields(refused, { 'WWW-Authenticate': challenge }) : refused
    }),
  },
  {
    id: 'scheme-lower-case-refused',
    title: 'refuses the scheme "bearer" in lower case',
    level: 'http',
    behaviour: {
      credentials: (request, exchange) =>
        authorization(request).startsWith('bearer ') ? '' : baseline.credentials(request, exchange),
    },
  },
  {
    id: 'scheme-upper-case-refused',
    title: 'refuses the scheme "BEARER" in upper case',
    level: 'http',
    behaviour: {
      credentials: (request, exchange) =>
        authorization(request).startsWith('BEARER ') ? '' : baseline.credentials(request, exchange),
    },
  },
  {
    id: 'scheme-basic-accepted',
    title: 'accepts a token under the scheme Basic',
    level: 'contract',
    behaviour: alsoFrom(({ request }) => /^basic +(\S+)$/i.exec(authorization(request))?.[1]),
  },
  {
    id: 'scheme-token-accepted',
    title: 'accepts a token under the scheme Token',
    level: 'contract',
    behaviour: alsoFrom(({ request }) => /^token +(\S+)$/i.exec(authorization(request))?.[1]),
  },
  {
    id: 'scheme-bare-accepted',
    title: 'accepts a token without a scheme',
    level: 'contract',
    behaviour: alsoFrom(({ request }) => /^(\S+)$/.exec(authorization(request))?.[1]),
  },
  {
    id: 'token-in-query',
    title: 'accepts the token as a query parameter',
    level: 'advice',
    behaviour: alsoFrom(({ query }) => query.get('access_token')),
  },
  {
    id: 'token-in-cookie',
    title: 'accepts the token in a cookie',
    level: 'advice',
    behaviour: alsoFrom(
      (exchange) => /(?:token|jwt|session)=([^;]+)/.exec(headerOf(exchange, 'cookie') ?? '')?.[1],
    ),
  },
  {
    id: 'token-in-other-field',
    title: 'accepts the token in X-Access-Token',
    level: 'advice',
    behaviour: alsoFrom((exchange) => headerOf(exchange, 'x-access-token')),
  },
  {
    id: 'two-credentials',
    title: 'picks the last of two Authorization fields',
    level: 'advice',
    behaviour: {
      credentials: ({ headersDistinct: { authorization = [] } }) =>
        authorization.length === 0
          ? undefined
          : (/^Bearer +(\S+)$/i.exec(authorization.at(-1) as string)?.[1] ?? ''),
    },
  },
  {
    id: 'head-unprotected',
    title: 'answers HEAD without credentials',
    level: 'contract',
    behaviour: lettingIn((exchange) => exchange.method === 'HEAD' && isAnonymous(exchange)),
  },
  {
    id: 'options-unprotected',
    title: 'answers OPTIONS with the report, to anybody',
    level: 'contract',
    behaviour: {
      ...lettingIn(({ method }) => method === 'OPTIONS'),
      intercept: (exchange) => (exchange.method === 'OPTIONS' ? undefined : baseline.intercept(exchange)),
    },
  },
  {
    id: 'conditional-unprotected',
    title: 'answers If-None-Match: * with 304 without credentials',
    level: 'http',
    behaviour: {
      intercept: (exchange) =>
        isAnonymous(exchange) && headerOf(exchange, 'if-none-match') === '*'
          ? answer(304, { ETag: '"current"' })
          : baseline.intercept(exchange),
    },
  },
  {
    id: 'known-tag-unprotected',
    title: 'answers a known entity tag with 304 without credentials',
    level: 'http',
    behaviour: {
      intercept: (exchange) => {
        const tag = headerOf(exchange, 'if-none-match')
        const isKnown = tag !== undefined && exchange.memory.get('tag') === tag
        return isAnonymous(exchange) && isKnown ? answer(304, { ETag: tag }) : baseline.intercept(exchange)
      },
      represent: (full, { memory }) => {
        memory.set('tag', full.fields.find(([name]) => name === 'ETag')?.[1])
        return full
      },
    },
  },
  {
    id: 'range-unprotected',
    title: 'answers a range without credentials',
    level: 'contract',
    behaviour: lettingIn((exchange) => isAnonymous(exchange) && headerOf(exchange, 'range') !== undefined),
  },
  {
    id: 'range-unsatisfiable-unprotected',
    title: 'answers an unsatisfiable range with 416 before it asks for credentials',
    level: 'http',
    behaviour: {
      intercept: (exchange) => {
        const first = Number(/^bytes=(\d+)-/.exec(headerOf(exchange, 'range') ?? '')?.[1] ?? 0)
        const isBeyond = isAnonymous(exchange) && first > 1_000_000
        return isBeyond ? answer(416, { 'Content-Range': 'bytes */26498' }) : baseline.intercept(exchange)
      },
    },
  },
  {
    id: 'alias-trailing-slash',
    title: 'leaves the path with a trailing slash unprotected',
    level: 'contract',
    behaviour: alias(/\/usage\.pdf\/$/, '/usage.pdf'),
  },
  {
    id: 'alias-double-slash',
    title: 'leaves the path with a doubled slash unprotected',
    level: 'contract',
    behaviour: alias(/\/\/+/, '/'),
  },
  {
    id: 'alias-upper-case',
    title: 'leaves usage.PDF unprotected',
    level: 'contract',
    behaviour: alias(/\/(?:usage\.PDF|USAGE\.(?:PDF|pdf)|[Uu]sage\.Pdf|Usage\.pdf)$/, '/usage.pdf'),
  },
  {
    id: 'alias-encoded',
    title: 'leaves %75sage.pdf unprotected',
    level: 'contract',
    behaviour: alias(/\/%75sage\.pdf$/i, '/usage.pdf'),
  },
  {
    id: 'alias-parameter',
    title: 'leaves usage.pdf;x unprotected',
    level: 'contract',
    behaviour: alias(/\/usage\.pdf;.*$/, '/usage.pdf'),
  },
  {
    id: 'alias-suffix',
    title: 'leaves usage.pdf.json unprotected',
    level: 'contract',
    behaviour: alias(/\/usage\.pdf\.\w+$/, '/usage.pdf'),
  },
  {
    id: 'alias-dot-segment',
    title: 'leaves the path with a dot segment unprotected',
    level: 'contract',
    behaviour: alias(/\/\.(?=\/)/, ''),
  },
  {
    id: 'override-url',
    title: 'serves the path in X-Original-URL without credentials',
    level: 'advice',
    behaviour: {
      ...lettingIn((exchange) => headerOf(exchange, 'x-original-url')?.endsWith(served) === true),
      route: (path) => baseline.route(path),
    },
  },
  {
    id: 'override-forwarded-for',
    title: 'trusts whoever claims to come from this machine',
    level: 'advice',
    behaviour: lettingIn((exchange) => headerOf(exchange, 'x-forwarded-for') === '127.0.0.1'),
  },
  {
    id: 'override-user',
    title: 'trusts a user id in a field of its own',
    level: 'advice',
    behaviour: lettingIn((exchange) => headerOf(exchange, 'x-user-id') !== undefined),
  },
  {
    id: 'override-method',
    title: 'skips authentication under X-HTTP-Method-Override',
    level: 'advice',
    behaviour: lettingIn((exchange) => headerOf(exchange, 'x-http-method-override') !== undefined),
  },
  {
    id: 'refusal-with-report',
    title: 'sends the report as the body of its 401',
    level: 'contract',
    behaviour: {
      ...lettingIn(isAnonymous),
      respond: (given, exchange) => {
        const response = baseline.respond(given, exchange)
        if (!isAnonymous(exchange) || given.status !== 200) return response
        return withFields({ ...given, status: 401 }, { 'WWW-Authenticate': challenge })
      },
    },
  },
  {
    id: 'connection-remembered',
    title: 'remembers who was authenticated on a connection',
    level: 'contract',
    behaviour: {
      credentials: (request, { memory }) => {
        const key = `connection ${request.socket.remotePort}`
        const sent = /^Bearer +(\S+)$/i.exec(authorization(request))?.[1]
        if (sent) memory.set(key, sent)
        return sent ?? (memory.get(key) as string | undefined)
      },
    },
  },
  {
    id: 'unprivileged-served',
    title: 'serves tokens without the scope it asks for',
    level: 'contract',
    needs: ['minting'],
    behaviour: {
      authorize: (claims, workspace, exchange) => {
        const refusal = baseline.authorize(claims, workspace, exchange)
        return refusal === 'unprivileged' ? undefined : refusal
      },
    },
  },
  {
    id: 'unprivileged-401',
    title: 'answers a token without the scope it asks for with 401',
    level: 'contract',
    needs: ['minting'],
    behaviour: refusing((refusal, exchange) =>
      baseline.refuse(refusal === 'unprivileged' ? 'rejected' : refusal, exchange),
    ),
  },
  {
    id: 'refusal-public',
    title: 'lets shared caches keep its 401',
    level: 'advice',
    behaviour: refusing(async (refusal, exchange) => {
      const refused = await baseline.refuse(refusal, exchange)
      return withFields(refused, { 'Cache-Control': 'public, max-age=3600' })
    }),
  },
  {
    id: 'refusal-session',
    title: 'opens a session for whoever is refused',
    level: 'advice',
    behaviour: refusing(async (refusal, exchange) =>
      alsoField(await baseline.refuse(refusal, exchange), 'Set-Cookie', 'session=8c1f; Path=/; HttpOnly'),
    ),
  },
  {
    id: 'refusal-empty-type',
    title: 'declares a refusal to be a PDF',
    level: 'advice',
    behaviour: refusing(async (refusal, exchange) =>
      withBody(
        withFields(await baseline.refuse(refusal, exchange), { 'Content-Type': 'application/pdf' }),
        'refused',
      ),
    ),
  },
])
