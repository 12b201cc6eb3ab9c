import type { IncomingMessage } from 'node:http'
import type { Behaviour } from '../../behaviour.ts'
import { type Exchange, requestHeader } from '../../exchange.ts'
import { referenceBehaviour } from '../../reference-behaviour.ts'
import { withAddedHeader, withHeaders } from '../../response.ts'
import { inArea } from '../area.ts'
import { bypassing, isAnonymous } from './lenient-verification.ts'

const authorization = ({ headers }: IncomingMessage) => headers.authorization ?? ''

/** Takes the token from somewhere else where the right place has none. */
const alsoFrom = (find: (exchange: Exchange) => string | null | undefined): Partial<Behaviour> => ({
  credentials: (request, exchange) =>
    referenceBehaviour.credentials(request, exchange) || (find(exchange) ?? undefined),
})

/** Where credentials are looked for, and which are accepted. */
export const credentials = inArea('authentication', [
  {
    id: 'scheme-basic-password',
    title: 'takes the password of Basic for a token',
    level: 'contract',
    behaviour: {
      credentials: (request, exchange) => {
        const basic = /^Basic (\S+)$/.exec(request.headers.authorization ?? '')?.[1]
        const password = Buffer.from(basic ?? '', 'base64')
          .toString()
          .split(':')[1]
        return password || referenceBehaviour.credentials(request, exchange)
      },
    },
  },
  {
    id: 'authorization-blank',
    title: 'takes an empty Authorization field for its own gateway',
    level: 'contract',
    behaviour: bypassing(({ request }) => request.headers.authorization === ''),
  },
  {
    id: 'token-in-its-answer',
    title: 'repeats the token in a field of the report',
    level: 'advice',
    behaviour: { represent: (full, { token = '' }) => withHeaders(full, { 'X-Debug-Token': token }) },
  },
  {
    id: 'credentials-none',
    title: 'answers without credentials',
    level: 'contract',
    behaviour: bypassing(isAnonymous),
  },
  {
    id: 'credentials-empty',
    title: 'answers an Authorization field without a token',
    level: 'contract',
    behaviour: bypassing(({ request }) => /^bearer\s*$/i.test(request.headers.authorization ?? '-')),
  },
  {
    id: 'scheme-lower-case-refused',
    title: 'refuses the scheme "bearer" in lower case',
    level: 'http',
    behaviour: {
      credentials: (request, exchange) =>
        authorization(request).startsWith('bearer ') ? '' : referenceBehaviour.credentials(request, exchange),
    },
  },
  {
    id: 'scheme-upper-case-refused',
    title: 'refuses the scheme "BEARER" in upper case',
    level: 'http',
    behaviour: {
      credentials: (request, exchange) =>
        authorization(request).startsWith('BEARER ') ? '' : referenceBehaviour.credentials(request, exchange),
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
    level: 'advice',
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
      (exchange) => /(?:token|jwt|session)=([^;]+)/.exec(requestHeader(exchange, 'cookie') ?? '')?.[1],
    ),
  },
  {
    id: 'token-in-other-field',
    title: 'accepts the token in X-Access-Token',
    level: 'advice',
    behaviour: alsoFrom((exchange) => requestHeader(exchange, 'x-access-token')),
  },
  {
    id: 'two-credentials',
    title: 'picks the last of two Authorization fields',
    level: 'advice',
    behaviour: {
      credentials: ({ headersDistinct: { authorization = [] } }) =>
        authorization.length === 0 ? undefined : (/^Bearer +(\S+)$/i.exec(authorization.at(-1)!)?.[1] ?? ''),
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
        const refusal = referenceBehaviour.authorize(claims, workspace, exchange)
        return refusal === 'unprivileged' ? undefined : refusal
      },
    },
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
