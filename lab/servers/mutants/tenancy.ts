import { problem, response, type ServedResponse, withAddedHeader, withBody, withHeaders } from '../answer.ts'
import type { Behaviour, Refusal } from '../behaviour.ts'
import { countOf, type Exchange, requestHeader } from '../exchange.ts'
import { referenceBehaviour } from '../reference-behaviour.ts'
import { contentOf } from '../report/content.ts'
import type { Workspace } from '../seed-data.ts'
import { inArea } from './area.ts'

/** Decides anew about callers who are no members. */
const outsiders = (
  decide: (workspace: Workspace, exchange: Exchange) => Refusal | undefined,
): Partial<Behaviour> => ({
  authorize: (claims, workspace, exchange) => {
    const refusal = referenceBehaviour.authorize(claims, workspace, exchange)
    return refusal === 'forbidden' && workspace ? decide(workspace, exchange) : refusal
  },
})

/** Answers callers who are no members in another way than with the baseline's 403. */
const forbidding = (
  change: (refused: ServedResponse, workspace: Workspace, exchange: Exchange) => ServedResponse,
): Partial<Behaviour> => ({
  refuse: async (refusal, exchange) => {
    const refused = await referenceBehaviour.refuse(refusal, exchange)
    const workspace = workspaceIn(exchange)
    return refusal === 'forbidden' && workspace ? change(refused, workspace, exchange) : refused
  },
})

const workspaceIn = (exchange: Exchange): Workspace | undefined =>
  Object.values(exchange.world).find(({ id }) => exchange.path.includes(id))

const namesOf = ({ organizations }: Workspace) => organizations.map(({ name }) => name)

/** ISO 8859-1 has all of these names' letters, field values have no others. */
const foreignNames = ({ world, workspace }: Exchange) =>
  namesOf(workspace === world.foreign ? world.own : world.foreign).filter((name) =>
    /^[\x20-\x7e]+$/.test(name),
  )

const hiding: Behaviour['refuse'] = (refusal, exchange) =>
  referenceBehaviour.refuse(refusal === 'forbidden' ? 'unknown' : refusal, exchange)

/** Who may see whose report. */
export const tenancy = inArea('tenancy', [
  {
    id: 'outsider-served',
    title: 'serves every workspace to everybody with a token',
    level: 'contract',
    needs: ['outsider'],
    behaviour: outsiders(() => undefined),
  },
  {
    id: 'outsider-401',
    title: 'answers an outsider with 401',
    level: 'contract',
    needs: ['outsider'],
    behaviour: outsiders(() => 'rejected'),
  },
  {
    id: 'outsider-500',
    title: 'answers an outsider with 500',
    level: 'contract',
    needs: ['outsider'],
    behaviour: forbidding(() => problem(500, 'Internal Server Error')),
  },
  {
    id: 'outsider-302',
    title: 'redirects an outsider to another page',
    level: 'contract',
    needs: ['outsider'],
    behaviour: forbidding(() => response(302, { Location: '/workspaces' })),
  },
  {
    id: 'outsider-204',
    title: 'answers an outsider with 204',
    level: 'contract',
    needs: ['outsider'],
    behaviour: forbidding(() => response(204)),
  },
  {
    id: 'outsider-200-problem',
    title: 'tells an outsider of the refusal under status 200',
    level: 'contract',
    needs: ['outsider'],
    behaviour: forbidding((refused) => ({ ...refused, status: 200 })),
  },
  {
    id: 'outsider-own-report',
    title: 'serves an outsider the outsider’s own report at the address of another',
    level: 'contract',
    needs: ['outsider'],
    behaviour: {
      find: (id, exchange) => {
        const found = referenceBehaviour.find(id, exchange)
        const mine = Object.values(exchange.world).find(({ members }) =>
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
    behaviour: outsiders(({ id }, exchange) =>
      countOf(exchange, `refused ${id} ${exchange.claims?.sub}`) === 0 ? 'forbidden' : undefined,
    ),
  },
  {
    id: 'outsider-head',
    title: 'answers HEAD to outsiders as if they were members',
    level: 'contract',
    needs: ['outsider'],
    behaviour: outsiders((_, { method }) => (method === 'HEAD' ? undefined : 'forbidden')),
  },
  {
    id: 'outsider-range',
    title: 'serves ranges to outsiders',
    level: 'contract',
    needs: ['outsider'],
    behaviour: outsiders((_, exchange) => (requestHeader(exchange, 'range') ? undefined : 'forbidden')),
  },
  {
    id: 'outsider-trailing-slash',
    title: 'serves outsiders at the path with a trailing slash',
    level: 'contract',
    needs: ['outsider'],
    behaviour: {
      ...outsiders((_, { path }) => (path.endsWith('/') ? undefined : 'forbidden')),
      route: (path) => referenceBehaviour.route(path.replace(/\/$/, '')),
    },
  },
  {
    id: 'refusal-names-organizations',
    title: 'lists in a refusal what the caller may not see',
    level: 'contract',
    needs: ['outsider', 'organizations'],
    behaviour: forbidding((refused, workspace) =>
      withBody(
        refused,
        JSON.stringify({ title: 'Forbidden', status: 403, organizations: namesOf(workspace) }),
      ),
    ),
  },
  {
    id: 'refusal-with-pdf',
    title: 'sends 403 with the report as its body',
    level: 'contract',
    needs: ['outsider'],
    behaviour: {
      ...outsiders(() => undefined),
      respond: (given, exchange) => {
        const isMember = exchange.workspace?.members.includes(String(exchange.claims?.sub)) ?? true
        return referenceBehaviour.respond(isMember ? given : { ...given, status: 403 }, exchange)
      },
    },
  },
  {
    id: 'refusal-field-names-organizations',
    title: 'names in a header field of a refusal what the caller may not see',
    level: 'contract',
    needs: ['outsider', 'organizations'],
    behaviour: forbidding((refused, workspace) =>
      withHeaders(refused, { 'X-Denied-For': namesOf(workspace).slice(0, 1).join() }),
    ),
  },
  {
    id: 'refusal-file-name',
    title: 'names in the file name of a refusal what the caller may not see',
    level: 'contract',
    needs: ['outsider', 'organizations'],
    behaviour: forbidding((refused, workspace) =>
      withHeaders(refused, { 'Content-Disposition': `attachment; filename="${namesOf(workspace)[0]}.pdf"` }),
    ),
  },
  {
    id: 'answer-field-names-foreign',
    title: 'names organizations of others in a header field',
    level: 'contract',
    needs: ['foreign'],
    behaviour: {
      represent: (full, exchange) =>
        withAddedHeader(full, 'X-Shard-Tenants', foreignNames(exchange).join(', ')),
    },
  },
  {
    id: 'answer-file-name-foreign',
    title: 'names an organization of others in the file name',
    level: 'contract',
    needs: ['foreign'],
    behaviour: {
      represent: (full, exchange) =>
        withHeaders(full, {
          'Content-Disposition': `attachment; filename="${foreignNames(exchange)[0]}.pdf"`,
        }),
    },
  },
  {
    id: 'cache-ignores-caller',
    title: 'replays a report to whoever asks next, with any valid token',
    level: 'contract',
    needs: ['outsider'],
    behaviour: {
      ...outsiders(({ id }, { memory }) => (memory.has(`cached ${id}`) ? undefined : 'forbidden')),
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
      intercept: (exchange) => {
        const cached = exchange.memory.get(exchange.path) as ServedResponse | undefined
        exchange.memory.delete(exchange.path)
        return cached ?? referenceBehaviour.intercept(exchange)
      },
      refuse: async (refusal, exchange) => {
        const refused = await referenceBehaviour.refuse(refusal, exchange)
        exchange.memory.set(exchange.path, refused)
        return refused
      },
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
      ...outsiders((_, exchange) =>
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
    id: 'override-workspace-query',
    title: 'lets ?workspaceId choose whose report is served',
    level: 'contract',
    needs: ['outsider'],
    behaviour: switching(({ query }) => query.getAll('workspaceId').at(-1)),
  },
  {
    id: 'override-workspace-field',
    title: 'lets X-Workspace-Id choose whose report is served',
    level: 'contract',
    needs: ['outsider'],
    behaviour: switching((exchange) => requestHeader(exchange, 'x-workspace-id')),
  },
  {
    id: 'encoded-id-unchecked',
    title: 'checks membership of the id as written and serves the id as decoded',
    level: 'contract',
    needs: ['outsider'],
    behaviour: outsiders(({ id }, { path }) => (path.includes(id) ? 'forbidden' : undefined)),
  },
  {
    id: 'cased-id-unchecked',
    title: 'finds a workspace in any case and checks membership in one',
    level: 'contract',
    needs: ['outsider'],
    behaviour: {
      ...outsiders(({ id }, { path }) => (path.includes(id) ? 'forbidden' : undefined)),
      find: (id, exchange) =>
        Object.values(exchange.world).find(({ id: known }) => known === id.toLowerCase()) ??
        referenceBehaviour.find(id, exchange),
    },
  },
  {
    id: 'traversal-encoded',
    title: 'checks membership of the first id and serves the one after %2f..%2f',
    level: 'contract',
    needs: ['outsider'],
    behaviour: checkingFirst(/%2f\.\.%2f/i),
  },
  {
    id: 'traversal-plain',
    title: 'checks membership of the first id and serves the one after /../',
    level: 'contract',
    needs: ['outsider'],
    behaviour: {
      ...checkingFirst(/%2f\.\.%2f/i),
      route: (path) => referenceBehaviour.route(path.replace(/\/\.\.\//, '%2f..%2f')),
    },
  },
  {
    id: 'nul-in-id',
    title: 'checks membership of what stands before %00 and serves what stands after it',
    level: 'contract',
    needs: ['outsider'],
    behaviour: checkingFirst(/%00/),
  },
  {
    id: 'existence-by-status',
    title: 'hides workspaces, but with another status than unknown ones',
    level: 'contract',
    needs: ['outsider', 'hiding'],
    outsider: 404,
    behaviour: {},
  },
  {
    id: 'existence-by-body',
    title: 'hides workspaces, but says so in the body',
    level: 'contract',
    needs: ['outsider', 'hiding'],
    outsider: 404,
    behaviour: {
      refuse: async (refusal, exchange) => {
        const refused = await hiding(refusal, exchange)
        const body = JSON.stringify({
          type: 'about:blank',
          title: 'Not Found',
          status: 404,
          detail: 'no access',
        })
        return refusal === 'forbidden' ? withBody(refused, body) : refused
      },
    },
  },
  {
    id: 'existence-by-field',
    title: 'hides workspaces, but sends a header field that unknown ones lack',
    level: 'contract',
    needs: ['outsider', 'hiding'],
    outsider: 404,
    behaviour: {
      refuse: async (refusal, exchange) => {
        const refused = await hiding(refusal, exchange)
        return refusal === 'forbidden' ? withAddedHeader(refused, 'X-Policy', 'membership') : refused
      },
    },
  },
  {
    id: 'existence-without-token',
    title: 'answers 404 for unknown workspaces before it asks for credentials',
    level: 'advice',
    behaviour: {
      refuse: (refusal, exchange) => {
        const isKnown = workspaceIn(exchange) !== undefined
        return referenceBehaviour.refuse(refusal === 'missing' && !isKnown ? 'unknown' : refusal, exchange)
      },
    },
  },
])

/** Serves the workspace that something beside the path names, to members of the one in the path. */
function switching(choose: (exchange: Exchange) => string | undefined): Partial<Behaviour> {
  return {
    content: (content, exchange) => {
      const chosen = Object.values(exchange.world).find(({ id }) => id === choose(exchange))
      return chosen ? contentOf(chosen) : content
    },
  }
}

/** Two ids in one: membership counts for the first, the second is served. */
function checkingFirst(separator: RegExp): Partial<Behaviour> {
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
