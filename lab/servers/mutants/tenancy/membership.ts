import type { Behaviour, Refusal } from '../../behaviour.ts'
import { countOf, type Exchange, hasHeader, isHttp10, requestHeader } from '../../exchange.ts'
import { referenceBehaviour } from '../../reference-behaviour.ts'
import { problem, response } from '../../response.ts'
import { inArea } from '../area.ts'
import { authorizeOutsider, withForbidden } from './outsiders.ts'

/** Serves whom it would refuse for this reason where the condition holds. */
const admitsWhere =
  (reason: Refusal) =>
  (condition: (exchange: Exchange) => boolean): Partial<Behaviour> => ({
    authorize: (claims, workspace, exchange) => {
      const refusal = referenceBehaviour.authorize(claims, workspace, exchange)
      return refusal === reason && condition(exchange) ? undefined : refusal
    },
  })

const admitsOutsidersWhere = admitsWhere('forbidden')
const admitsUnprivilegedWhere = admitsWhere('unprivileged')

const accepts = (type: string) => (exchange: Exchange) => requestHeader(exchange, 'accept') === type

/** Callers who are no members and are served, or refused in a wrong way. */
export const membership = inArea('tenancy', [
  {
    id: 'developers-origin',
    title: 'asks for no membership where the page of a developer’s machine asks',
    level: 'contract',
    needs: ['outsider'],
    behaviour: admitsOutsidersWhere(hasHeader('origin', /^http:\/\/localhost/)),
  },
  {
    id: 'outsider-json',
    title: 'asks for no membership where JSON is accepted',
    level: 'contract',
    needs: ['outsider'],
    behaviour: admitsOutsidersWhere(accepts('application/json')),
  },
  {
    id: 'outsider-old-client',
    title: 'asks clients of HTTP/1.0 for no membership',
    level: 'contract',
    needs: ['outsider'],
    behaviour: admitsOutsidersWhere(isHttp10),
  },
  {
    id: 'outsider-claims-role',
    title: 'lets in who claims to be an administrator',
    level: 'contract',
    needs: ['outsider'],
    behaviour: admitsOutsidersWhere((exchange) => requestHeader(exchange, 'x-role') === 'admin'),
  },
  {
    id: 'outsider-served',
    title: 'serves every workspace to everybody with a token',
    level: 'contract',
    needs: ['outsider'],
    behaviour: authorizeOutsider(() => undefined),
  },
  {
    id: 'outsider-401',
    title: 'answers an outsider with 401',
    level: 'contract',
    needs: ['outsider'],
    behaviour: authorizeOutsider(() => 'rejected'),
  },
  {
    id: 'outsider-500',
    title: 'answers an outsider with 500',
    level: 'contract',
    needs: ['outsider'],
    behaviour: withForbidden(() => problem(500, 'Internal Server Error')),
  },
  {
    id: 'outsider-302',
    title: 'redirects an outsider to another page',
    level: 'contract',
    needs: ['outsider'],
    behaviour: withForbidden(() => response(302, { Location: '/workspaces' })),
  },
  {
    id: 'outsider-204',
    title: 'answers an outsider with 204',
    level: 'contract',
    needs: ['outsider'],
    behaviour: withForbidden(() => response(204)),
  },
  {
    id: 'outsider-200-problem',
    title: 'tells an outsider of the refusal under status 200',
    level: 'contract',
    needs: ['outsider'],
    behaviour: withForbidden((refused) => ({ ...refused, status: 200 })),
  },
  {
    id: 'outsider-own-report',
    title: 'serves an outsider the outsider’s own report at the address of another',
    level: 'contract',
    needs: ['outsider'],
    behaviour: {
      find: (id, exchange) => {
        const found = referenceBehaviour.find(id, exchange)
        const mine = Object.values(exchange.seedData).find(({ members }) =>
          members.includes(String(exchange.claims?.sub)),
        )
        return found && !found.members.includes(String(exchange.claims?.sub)) ? mine : found
      },
    },
  },
  {
    id: 'outsider-second-attempt',
    title: 'refuses an outsider once and serves the second attempt',
    level: 'contract',
    needs: ['outsider'],
    behaviour: authorizeOutsider(({ id }, exchange) =>
      countOf(exchange, `refused ${id} ${exchange.claims?.sub}`) === 0 ? 'forbidden' : undefined,
    ),
  },
  {
    id: 'outsider-head',
    title: 'answers HEAD to outsiders as if they were members',
    level: 'contract',
    needs: ['outsider'],
    behaviour: authorizeOutsider((_, { method }) => (method === 'HEAD' ? undefined : 'forbidden')),
  },
  {
    id: 'outsider-range',
    title: 'serves ranges to outsiders',
    level: 'contract',
    needs: ['outsider'],
    behaviour: authorizeOutsider((_, exchange) =>
      requestHeader(exchange, 'range') ? undefined : 'forbidden',
    ),
  },
  {
    id: 'outsider-trailing-slash',
    title: 'serves outsiders at the path with a trailing slash',
    level: 'contract',
    needs: ['outsider'],
    behaviour: {
      ...authorizeOutsider((_, { path }) => (path.endsWith('/') ? undefined : 'forbidden')),
      route: (path) => referenceBehaviour.route(path.replace(/\/$/, '')),
    },
  },
  {
    id: 'refusal-with-pdf',
    title: 'sends 403 with the report as its body',
    level: 'contract',
    needs: ['outsider'],
    behaviour: {
      ...authorizeOutsider(() => undefined),
      respond: (given, exchange) => {
        const isMember = exchange.workspace?.members.includes(String(exchange.claims?.sub)) ?? true
        return referenceBehaviour.respond(isMember ? given : { ...given, status: 403 }, exchange)
      },
    },
  },
  {
    id: 'unprivileged-head',
    title: 'asks for no scope where it is asked for the head only',
    level: 'contract',
    behaviour: admitsUnprivilegedWhere(({ method }) => method === 'HEAD'),
  },
  {
    id: 'unprivileged-range',
    title: 'asks for no scope where it is asked for a part',
    level: 'contract',
    behaviour: admitsUnprivilegedWhere(hasHeader('range', /./)),
  },
])
