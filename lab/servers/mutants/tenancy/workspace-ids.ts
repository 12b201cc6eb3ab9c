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
    id: 'override-workspace-cookie',
    title: 'lets the cookie workspace choose whose report is served',
    level: 'contract',
    needs: ['outsider', 'foreign'],
    behaviour: servesChosenWorkspace(
      (exchange) => /\bworkspace=(\w+)/.exec(requestHeader(exchange, 'cookie') ?? '')?.[1],
    ),
  },
  {
    id: 'id-last-of-list',
    title: 'checks membership of the first of several ids and serves the last',
    level: 'contract',
    needs: ['outsider'],
    behaviour: {
      find: (id, exchange) => referenceBehaviour.find(id.split(/,|%2c/i).at(-1) ?? id, exchange),
      authorize: (claims, workspace, exchange) => {
        const [first] = exchange.path.split('/')[2]?.split(/,|%2c/i) ?? []
        return referenceBehaviour.authorize(
          claims,
          workspace && referenceBehaviour.find(first ?? '', exchange),
          exchange,
        )
      },
    },
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
  {
    id: 'id-normalized-unchecked',
    title: 'checks membership of the id as written and serves the id that Unicode normalization makes of it',
    level: 'contract',
    needs: ['outsider'],
    behaviour: {
      ...authorizeOutsider(({ id }, { path }) => (path.includes(id) ? 'forbidden' : undefined)),
      find: (id, exchange) => findAs(id, exchange, (written) => written.normalize('NFKC')),
    },
  },
  {
    id: 'id-upper-case-unchecked',
    title: 'checks membership of the id as written and finds workspaces by ids in upper case',
    level: 'contract',
    needs: ['outsider'],
    behaviour: {
      ...authorizeOutsider(({ id }, { path }) =>
        decodeURIComponent(path).toLowerCase().includes(id) ? 'forbidden' : undefined,
      ),
      find: (id, exchange) => findAs(id, exchange, (written) => written.toUpperCase().toLowerCase()),
    },
  },
  {
    id: 'id-decoded-twice-unchecked',
    title: 'checks membership of the id decoded once and serves the id decoded twice',
    level: 'contract',
    needs: ['outsider'],
    behaviour: {
      ...authorizeOutsider(({ id }, { path }) =>
        decodeURIComponent(path).includes(id) ? 'forbidden' : undefined,
      ),
      find: (id, exchange) => findAs(id, exchange, decodeURIComponent),
    },
  },
  {
    id: 'id-prefix',
    title: 'finds a workspace by the beginning of its id',
    level: 'contract',
    behaviour: {
      find: (id, exchange) =>
        referenceBehaviour.find(id, exchange) ??
        Object.values(exchange.seedData).find(({ id: known }) => id.length > 8 && known.startsWith(id)),
    },
  },
  {
    id: 'id-like',
    title: 'looks ids up by LIKE, where an underscore stands for any character',
    level: 'contract',
    behaviour: {
      find: (id, exchange) =>
        referenceBehaviour.find(id, exchange) ??
        Object.values(exchange.seedData).find(
          ({ id: known }) =>
            id.endsWith('_') && known.length === id.length && known.startsWith(id.slice(0, -1)),
        ),
    },
  },
])

/** The workspace whose id is the decoded one after this change; undefined where that fails. */
function findAs(id: string, { seedData }: Exchange, change: (id: string) => string) {
  try {
    const changed = change(decodeURIComponent(id))
    return Object.values(seedData).find(({ id: known }) => known === changed)
  } catch {
    return undefined
  }
}

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
