import { type Exchange, requestHeader } from '../../exchange.ts'
import { referenceBehaviour } from '../../reference-behaviour.ts'
import { type ServedResponse, withHeaders } from '../../response.ts'
import { inArea } from '../area.ts'
import { authorizeOutsider } from './outsiders.ts'

/** Which workspace was last read over each connection. */
const connectionsIn = ({ memory }: Exchange): WeakMap<object, string> => {
  const known = (memory.get('connections') as WeakMap<object, string> | undefined) ?? new WeakMap()
  memory.set('connections', known)
  return known
}

function store(response: ServedResponse, { memory, path }: Exchange): ServedResponse {
  memory.set(`stored ${path}`, response)
  return response
}

function takeStored({ memory, path }: Exchange): ServedResponse | undefined {
  const stored = memory.get(`stored ${path}`) as ServedResponse | undefined
  memory.delete(`stored ${path}`)
  return stored
}

/** State that requests of different callers share: caches, connections, entity tags. */
export const sharedState = inArea('tenancy', [
  {
    id: 'outsider-kept-connection',
    title: 'lets anybody read over a connection that a member read over',
    level: 'contract',
    needs: ['outsider'],
    behaviour: {
      authorize: (claims, workspace, exchange) => {
        const { socket } = exchange.request
        const connections = connectionsIn(exchange)
        const refusal = referenceBehaviour.authorize(claims, workspace, exchange)
        if (!refusal && workspace) connections.set(socket, workspace.id)
        return refusal === 'forbidden' && connections.get(socket) === workspace?.id ? undefined : refusal
      },
    },
  },
  {
    id: 'tag-of-any-workspace',
    title: 'answers 304 to the entity tag of any workspace',
    level: 'http',
    needs: ['outsider'],
    behaviour: {
      select: (full, exchange) => {
        const tags = (exchange.memory.get('tags') as Set<string> | undefined) ?? new Set<string>()
        exchange.memory.set('tags', tags.add(full.headers.find(([name]) => name === 'ETag')?.[1] ?? ''))
        const isKnown = tags.has(requestHeader(exchange, 'if-none-match') ?? '-')
        return isKnown
          ? { ...full, status: 304, body: Buffer.alloc(0) }
          : referenceBehaviour.select(full, exchange)
      },
    },
  },
  {
    id: 'cache-ignores-caller',
    title: 'replays a report to whoever asks next, with any valid token',
    level: 'contract',
    needs: ['outsider'],
    behaviour: {
      ...authorizeOutsider(({ id }, { memory }) => (memory.has(`cached ${id}`) ? undefined : 'forbidden')),
      represent: (full, { memory, workspace }) => {
        memory.set(`cached ${workspace?.id}`, true)
        return full
      },
    },
  },
  {
    id: 'cache-before-authentication',
    title: 'replays a report to whoever asks next, with or without a token',
    level: 'contract',
    behaviour: {
      intercept: (exchange) =>
        (exchange.memory.get(`cached ${exchange.path}`) as ServedResponse | undefined) ??
        referenceBehaviour.intercept(exchange),
      represent: (full, { memory, path }) => {
        memory.set(`cached ${path}`, full)
        return full
      },
    },
  },
  {
    id: 'cache-of-refusals',
    title: 'replays a refusal to the member who asks next',
    level: 'contract',
    behaviour: {
      intercept: (exchange) => takeStored(exchange) ?? referenceBehaviour.intercept(exchange),
      refuse: async (refusal, exchange) =>
        store(await referenceBehaviour.refuse(refusal, exchange), exchange),
    },
  },
  {
    id: 'proxy-cache',
    title: 'stands behind a cache that gives the next caller what it stored, and says its age',
    level: 'contract',
    behaviour: {
      intercept: (exchange) => {
        const stored = takeStored(exchange)
        return stored ? withHeaders(stored, { Age: '1' }) : referenceBehaviour.intercept(exchange)
      },
      represent: (full, exchange) => store(full, exchange),
      refuse: async (refusal, exchange) =>
        store(await referenceBehaviour.refuse(refusal, exchange), exchange),
    },
  },
  {
    id: 'crosstalk',
    title: 'mixes up reports that are drawn at the same time',
    level: 'contract',
    needs: ['outsider', 'foreign'],
    behaviour: {
      file: async (pdf, { memory }) => {
        memory.set('last', pdf)
        await new Promise((resolve) => setTimeout(resolve, 25))
        return memory.get('last') as Buffer
      },
    },
  },
  {
    id: 'tag-of-another',
    title: 'answers a known entity tag with 304 before it looks whose it is',
    level: 'http',
    needs: ['outsider'],
    behaviour: {
      ...authorizeOutsider((_, exchange) =>
        exchange.memory.get('tag') === (requestHeader(exchange, 'if-none-match') ?? '')
          ? undefined
          : 'forbidden',
      ),
      represent: (full, { memory }) => {
        memory.set('tag', full.headers.find(([name]) => name === 'ETag')?.[1])
        return full
      },
    },
  },
  {
    id: 'membership-remembered',
    title: 'lets whoever may export one workspace export any from then on',
    level: 'contract',
    needs: ['outsider'],
    behaviour: {
      authorize: (claims, workspace, exchange) => {
        const known = `member ${claims.sub}`
        const refusal = referenceBehaviour.authorize(claims, workspace, exchange)
        if (!refusal) exchange.memory.set(known, true)
        return workspace && exchange.memory.has(known) ? undefined : refusal
      },
    },
  },
])
