import type { Behaviour } from '../../behaviour.ts'
import { withEveryRefusal, withEveryResponse, withRefusal } from '../../behaviours.ts'
import { Crash } from '../../crash.ts'
import type { Exchange } from '../../exchange.ts'
import { referenceBehaviour } from '../../reference-behaviour.ts'
import { problem, response, type ServedResponse, withBody, withoutHeaders } from '../../response.ts'
import { inArea } from '../area.ts'

const insteadOfUnknown = (respond: (exchange: Exchange) => ServedResponse) =>
  withRefusal('unknown', (_, exchange) => respond(exchange))

const crashesOnId = (condition: (id: string) => boolean): Partial<Behaviour> => ({
  find: (id, exchange) => {
    if (condition(id)) throw new Crash('the id was not expected')
    return referenceBehaviour.find(id, exchange)
  },
})

const idOf = ({ path }: Exchange) => /^\/workspaces\/(.*)\/organizations/.exec(path)?.[1] ?? ''

/** Wrong responses to unknown workspaces, malformed ids and outsiders. */
export const errors = inArea('answers', [
  {
    id: 'unknown-200',
    title: 'reports on workspaces that do not exist',
    level: 'contract',
    behaviour: {
      find: (id, exchange) =>
        referenceBehaviour.find(id, exchange) ?? {
          ...exchange.seedData.empty,
          members: [String(exchange.claims?.sub)],
        },
    },
  },
  {
    id: 'unknown-204',
    title: 'answers unknown workspaces with 204',
    level: 'contract',
    behaviour: insteadOfUnknown(() => response(204)),
  },
  {
    id: 'unknown-500',
    title: 'answers unknown workspaces with 500',
    level: 'contract',
    behaviour: insteadOfUnknown(() => problem(500, 'Internal Server Error')),
  },
  {
    id: 'unknown-401',
    title: 'answers unknown workspaces with 401',
    level: 'contract',
    behaviour: insteadOfUnknown(
      (exchange) => referenceBehaviour.refuse('rejected', exchange) as ServedResponse,
    ),
  },
  {
    id: 'unknown-400',
    title: 'answers unknown workspaces with 400',
    level: 'contract',
    behaviour: insteadOfUnknown(() => problem(400, 'Bad Request')),
  },
  {
    id: 'unknown-416',
    title: 'answers unknown workspaces with 416',
    level: 'contract',
    behaviour: insteadOfUnknown(() => problem(416, 'Range Not Satisfiable')),
  },
  {
    id: 'unknown-304',
    title: 'answers unknown workspaces with 304',
    level: 'contract',
    behaviour: insteadOfUnknown(() => response(304)),
  },
  {
    id: 'unknown-200-problem',
    title: 'tells of an unknown workspace under status 200',
    level: 'contract',
    behaviour: insteadOfUnknown(() => ({ ...problem(404, 'Not Found'), status: 200 })),
  },
  {
    id: 'unknown-redirected',
    title: 'redirects from unknown workspaces to the start page',
    level: 'contract',
    behaviour: insteadOfUnknown(() => response(302, { Location: '/' })),
  },
  {
    id: 'malformed-id-500',
    title: 'fails on ids with a quote',
    level: 'contract',
    behaviour: crashesOnId((id) => /'|%27|"|%22/.test(id)),
  },
  {
    id: 'undecodable-id-500',
    title: 'fails on ids with bytes beyond ASCII',
    level: 'contract',
    behaviour: crashesOnId((id) => /%[89a-f][0-9a-f]/i.test(id)),
  },
  {
    id: 'nul-id-500',
    title: 'fails on ids with a NUL',
    level: 'contract',
    behaviour: crashesOnId((id) => id.includes('%00')),
  },
  {
    id: 'long-id-500',
    title: 'fails on ids of more than 255 characters',
    level: 'contract',
    behaviour: crashesOnId((id) => id.length > 255),
  },
  {
    id: 'malformed-id-422',
    title: 'answers malformed ids with 422',
    level: 'contract',
    behaviour: insteadOfUnknown((exchange) =>
      /^ws_\w+$/.test(idOf(exchange)) ? problem(404, 'Not Found') : problem(422, 'Unprocessable Content'),
    ),
  },
  {
    id: 'malformed-id-200',
    title: 'reports on a workspace whose id is followed by something else',
    level: 'contract',
    behaviour: {
      find: (id, exchange) => referenceBehaviour.find(id.replace(/(?:%2e|%20|[^\w%]).*$/i, ''), exchange),
    },
  },
  {
    id: 'id-percent-crash',
    title: 'fails on an id whose percent-encoding cannot be undone',
    level: 'contract',
    behaviour: {
      find: (id, exchange) => {
        if (/%(?![\da-f]{2})|%ff/i.test(id)) throw new Crash('the id was not expected')
        return referenceBehaviour.find(id, exchange)
      },
    },
  },
  {
    id: 'problem-status-quoted-outsider',
    title: 'writes the status of a problem in quotes where it refuses outsiders',
    level: 'http',
    needs: ['outsider'],
    behaviour: withRefusal('forbidden', (refused) =>
      withBody(refused, '{"type":"about:blankPage","status":"403"}'),
    ),
  },
  {
    id: 'refusal-page-typed-json',
    title: 'declares its page for unknown workspaces to be JSON',
    level: 'http',
    behaviour: withRefusal('unknown', () =>
      response(404, { 'Content-Type': 'application/json' }, '<!doctype html><title>Not found</title>'),
    ),
  },
  {
    id: 'refusal-page-typed-pdf',
    title: 'declares its page for outsiders to be a PDF',
    level: 'http',
    needs: ['outsider'],
    behaviour: withRefusal('forbidden', () =>
      response(403, { 'Content-Type': 'application/pdf' }, '<!doctype html><title>Forbidden</title>'),
    ),
  },
  {
    id: 'malformed-id-page-typed-json',
    title: 'declares its page for ids that are too long to be JSON',
    level: 'http',
    behaviour: insteadOfUnknown((exchange) =>
      idOf(exchange).length > 100
        ? response(404, { 'Content-Type': 'application/json' }, '<!doctype html><title>Not found</title>')
        : problem(404, 'Not Found'),
    ),
  },
  {
    id: 'debug-page-for-odd-paths',
    title: 'shows a page with all its routes where a path ends with a slash',
    level: 'advice',
    behaviour: {
      intercept: (exchange) =>
        exchange.path.endsWith('/')
          ? response(404, { 'Content-Type': 'text/html' }, pageOfDjango)
          : referenceBehaviour.intercept(exchange),
    },
  },
  {
    id: 'debug-trace-for-query',
    title: 'shows a stack trace to the member where the query is long',
    level: 'advice',
    behaviour: {
      represent: (full, { query }) =>
        [...query.values()].some((value) => value.length > 1000)
          ? response(414, { 'Content-Type': 'text/plain' }, traceOfPython)
          : full,
    },
  },
  {
    id: 'refusal-markup',
    title: 'repeats the address in a page without escaping it',
    level: 'advice',
    behaviour: withRefusal('unknown', (_, { path }) =>
      response(404, { 'Content-Type': 'text/html' }, `<!doctype html><p>Nothing at ${unescaped(path)}`),
    ),
  },
  {
    id: 'refusal-internals-outsider',
    title: 'tells outsiders the address of its database',
    level: 'advice',
    needs: ['outsider'],
    behaviour: withRefusal('forbidden', (refused) =>
      withBody(refused, '{"status":403,"detail":"denied by rule 7 on db-3.internal:5432"}'),
    ),
  },
  {
    id: 'refusal-hidden-from-scripts',
    title: 'lets scripts read the report, but no refusal',
    level: 'advice',
    behaviour: withEveryResponse((response) =>
      response.status >= 400 ? withoutHeaders(response, 'Access-Control-Allow-Origin') : response,
    ),
  },
  {
    id: 'id-inherited-500',
    title: 'takes what every object has for a workspace, and fails on it',
    level: 'contract',
    behaviour: {
      find: (id, exchange) => {
        if (id in {}) throw new Crash('the workspace has no members')
        return referenceBehaviour.find(id, exchange)
      },
    },
  },
  {
    id: 'refusals-200',
    title: 'answers 200 wherever the application refuses, and 401 where its gateway does',
    level: 'contract',
    behaviour: withEveryRefusal((refused) =>
      refused.status === 401 ? refused : withoutHeaders({ ...refused, status: 200 }, 'WWW-Authenticate'),
    ),
  },
  {
    id: 'refusals-200-page',
    title: 'refuses everybody with a page and 200',
    level: 'contract',
    behaviour: withEveryRefusal(() =>
      response(200, { 'Content-Type': 'text/html', 'Cache-Control': 'no-store' }, '<p>Access denied</p>'),
    ),
  },
  {
    id: 'unknown-redirected-own',
    title: 'redirects from unknown workspaces to that of the caller',
    level: 'contract',
    behaviour: insteadOfUnknown(({ seedData }) =>
      response(307, { Location: `/workspaces/${seedData.own.id}/organizations/usage.pdf` }),
    ),
  },
])

const pageOfDjango = `<!doctype html><title>Page not found</title><p>Using the URLconf defined in
<code>usage.urls</code>, Django tried these URL patterns, in this order:<ol><li>admin/<li>internal/export/</ol>`

const traceOfPython = `Traceback (most recent call last):
  File "query.py", line 12, in parse
ValueError: too long`

function unescaped(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}
