import type { Behaviour } from '../../behaviour.ts'
import { type Exchange, requestHeader } from '../../exchange.ts'
import { referenceBehaviour } from '../../reference-behaviour.ts'
import { contentOf } from '../../report/content.ts'
import { inArea } from '../area.ts'
import { authorizeOutsider } from './outsiders.ts'

/** A workspace that is chosen otherwise than by the decoded id in the path. */
export const workspaceIds = inArea('tenancy', [
  {
    id: 'query-last-wins',
    title: 'reports on the last workspace that the query names, if it names several',
    level: 'contract',
    needs: ['outsider', 'foreign'],
    behaviour: {
      find: (id, exchange) => {
        const named = exchange.query.getAll('workspaceId')
        const own = referenceBehaviour.find(id, exchange)
        const last = Object.values(exchange.seedData).find((one) => one.id === named.at(-1))
        return own && last && named.length > 1 ? { ...last, members: own.members } : own
      },
    },
  },
  {
    id: 'id-wildcard',
    title: 'looks ids up by LIKE',
    level: 'contract',
    behaviour: {
      find: (id, exchange) =>
        id.includes('%25') ? exchange.seedData.own : referenceBehaviour.find(id, exchange),
    },
  },
  {
    id: 'override-workspace-query',
    title: 'lets ?workspaceId choose whose report is served',
    level: 'contract',
    needs: ['outsider'],
    behaviour: servesChosenWorkspace(({ query }) => query.getAll('workspaceId').at(-1)),
  },
  {
    id: 'override-workspace-field',
    title: 'lets X-Workspace-Id choose whose report is served',
    level: 'contract',
    needs: ['outsider'],
    behaviour: servesChosenWorkspace((exchange) => requestHeader(exchange, 'x-workspace-id')),
  },
  {
    id: 'encoded-id-unchecked',
    title: 'checks membership of the id as written and serves the id as decoded',
    level: 'contract',
    needs: ['outsider'],
    behaviour: authorizeOutsider(({ id }, { path }) => (path.includes(id) ? 'forbidden' : undefined)),
  },
  {
    id: 'cased-id-unchecked',
    title: 'finds a workspace in any case and checks membership in one',
    level: 'contract',
    needs: ['outsider'],
    behaviour: {
      ...authorizeOutsider(({ id }, { path }) => (path.includes(id) ? 'forbidden' : undefined)),
      find: (id, exchange) =>
        Object.values(exchange.seedData).find(({ id: known }) => known === id.toLowerCase()) ??
        referenceBehaviour.find(id, exchange),
    },
  },
  {
    id: 'traversal-encoded',
    title: 'checks membership of the first id and serves the one after %2f..%2f',
    level: 'contract',
    needs: ['outsider'],
    behaviour: authorizesFirstId(/%2f\.\.%2f/i),
  },
  {
    id: 'traversal-plain',
    title: 'checks membership of the first id and serves the one after /../',
    level: 'contract',
    needs: ['outsider'],
    behaviour: {
      ...authorizesFirstId(/%2f\.\.%2f/i),
      route: (path) => referenceBehaviour.route(path.replace(/\/\.\.\//, '%2f..%2f')),
    },
  },
  {
    id: 'nul-in-id',
    title: 'checks membership of what stands before %00 and serves what stands after it',
    level: 'contract',
    needs: ['outsider'],
    behaviour: authorizesFirstId(/%00/),
  },
])

/** Serves the workspace that the request names elsewhere, to members of the one in the path. */
function servesChosenWorkspace(choose: (exchange: Exchange) => string | undefined): Partial<Behaviour> {
  return {
    content: (content, exchange) => {
      const chosen = Object.values(exchange.seedData).find(({ id }) => id === choose(exchange))
      return chosen ? contentOf(chosen) : content
    },
  }
}

/** For two ids in one segment: checks membership of the first and serves the second. */
function authorizesFirstId(separator: RegExp): Partial<Behaviour> {
  const halves = (id: string) => id.split(separator)
  return {
    find: (id, exchange) => referenceBehaviour.find(halves(id).at(-1) ?? '', exchange),
    authorize: (claims, workspace, exchange) => {
      const [first = '', second] = halves(
        exchange.path.split(/\/workspaces\/|\/organizations/)[1]?.replace('/../', '%2f..%2f') ?? '',
      )
      const judged = second === undefined ? workspace : referenceBehaviour.find(first, exchange)
      return referenceBehaviour.authorize(claims, judged, exchange)
    },
  }
}
