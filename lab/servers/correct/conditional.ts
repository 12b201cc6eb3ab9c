import type { Organization } from '../../../fixtures/organization.ts'
import { response, withBody, withHeaders, withoutHeaders } from '../answer.ts'
import { notModified, partial } from '../conditional.ts'
import { countOf, type Exchange } from '../exchange.ts'
import { referenceBehaviour } from '../reference-behaviour.ts'
import { contentOf } from '../report/content.ts'
import { headOf } from '../transmit.ts'
import { inArea } from './area.ts'

const isOld = ({ request }: Exchange) => request.httpVersion === '1.0'

/** What is right although it differs from caller to caller. */
export const circumstances = [
  ...inArea('answers', [
    {
      id: 'refusal-names-its-address',
      title: 'names its own host and what was asked for in each refusal',
      behaviour: {
        refuse: async (refusal, exchange) => {
          const refused = await referenceBehaviour.refuse(refusal, exchange)
          const instance = `http://${exchange.request.headers.host}/app${encodeURI(exchange.path)}`
          return withBody(refused, JSON.stringify({ status: refused.status, instance }))
        },
      },
    },
    {
      id: 'refusal-escaped',
      title: 'repeats the address in a page, escaped',
      behaviour: {
        refuse: (refusal, exchange) =>
          refusal === 'unknown'
            ? response(404, { 'Content-Type': 'text/html' }, `<!doctype html><p>${encodeURI(exchange.path)}`)
            : referenceBehaviour.refuse(refusal, exchange),
      },
    },
  ]),
  ...inArea('http', [
    {
      id: 'not-modified-length',
      title: 'sends the length of the document with 304',
      behaviour: {
        select: (full, exchange) => {
          const unchanged = notModified(full, exchange)
          if (unchanged) return withHeaders(unchanged, { 'Content-Length': String(full.body.length) })
          return partial(full, exchange) ?? full
        },
      },
    },
    {
      id: 'origin-unknown-403',
      title: 'refuses whatever pages of an origin that it does not know ask for',
      behaviour: {
        intercept: (exchange) =>
          exchange.request.headers.origin === undefined
            ? referenceBehaviour.intercept(exchange)
            : response(403, { 'Content-Type': 'text/plain' }, 'Invalid CORS request'),
        respond: (given) => withHeaders(given, { 'X-Content-Type-Options': 'nosniff' }),
      },
    },
    {
      id: 'age-zero',
      title: 'says that its answer was made just now',
      behaviour: { represent: (full) => withHeaders(full, { Age: '0' }) },
    },
  ]),
  ...inArea('wire', [
    {
      id: 'old-client-upgrade',
      title: 'tells clients of HTTP/1.0 to upgrade',
      behaviour: {
        wire: (_, exchange) =>
          isOld(exchange)
            ? [
                'HTTP/1.1 426 Upgrade Required\r\nUpgrade: HTTP/1.1\r\nConnection: close, upgrade\r\nContent-Length: 0\r\n\r\n',
              ]
            : undefined,
      },
    },
    {
      id: 'old-client-close',
      title: 'ends the report for clients of HTTP/1.0 by closing the connection',
      behaviour: {
        wire: (response, exchange) =>
          isOld(exchange)
            ? [headOf(response).replace(/^Content-Length:.*\r\n/m, ''), response.body]
            : undefined,
      },
    },
  ]),
  ...inArea('content', [
    {
      id: 'name-shared',
      title: 'has an organization of the same name in two workspaces',
      oracle: 'api' as const,
      behaviour: {
        seedData: (world) => ({
          ...world,
          foreign: {
            ...world.foreign,
            organizations: world.foreign.organizations.map((one) =>
              one.name === 'Hobby Custodians' ? { ...one, name: 'Field Service' } : one,
            ),
          },
        }),
      },
    },
    {
      id: 'list-paged',
      title: 'lists organizations five at a time',
      oracle: 'api' as const,
      behaviour: {
        respond: async (given, exchange) => {
          const response = await referenceBehaviour.respond(given, exchange)
          if (!exchange.path.endsWith('/organizations') || response.status !== 200) return response
          const { data } = JSON.parse(response.body.toString()) as { data: unknown[] }
          const start = Number(exchange.query.get('after') ?? 0)
          const end = start + 5
          const more = end < data.length
          const page = { data: data.slice(start, end), has_more: more, next_cursor: more ? `${end}` : null }
          return withBody(response, JSON.stringify(page))
        },
      },
    },
    {
      id: 'usage-grows',
      title: 'is used more and more while it is asked, which list and report show',
      oracle: 'api' as const,
      behaviour: {
        organizations: grown,
        content: (_, exchange) =>
          contentOf({ ...exchange.workspace!, organizations: grown(exchange.workspace!.organizations) }),
      },
    },
    {
      id: 'order-differs',
      title: 'reports in another order each time, and names no version of the report',
      behaviour: {
        content: (content, exchange) => {
          const turns = countOf(exchange, 'reports') % Math.max(content.entries.length, 1)
          const flat = content.entries.map((entry) => ({ ...entry, depth: 0 }))
          return { ...content, entries: [...flat.slice(turns), ...flat.slice(0, turns)] }
        },
        represent: (full) => withoutHeaders(full, 'ETag'),
      },
    },
    {
      id: 'watermark',
      title: 'prints a word in large grey letters across the rows',
      behaviour: {
        layout: (sheet, content) => {
          referenceBehaviour.layout(sheet, content)
          const { document } = sheet
          const { start, count } = document.bufferedPageRange()
          for (let at = start; at < start + count; at++) {
            document.switchToPage(at)
            sheet.artifact(() =>
              document.fontSize(80).fillColor('#eeeeee').text('DRAFT', 80, 397, { lineBreak: false }),
            )
          }
        },
      },
    },
  ]),
]

/** A few users more each second. */
function grown(organizations: Organization[]): Organization[] {
  const more = Math.floor(Date.now() / 1000) % 100_000
  return organizations.map((one) => {
    if (one.name !== 'Night Crew') return one
    const users = { users: 52 + more }
    return { ...one, usage: { usage: users, subtree_usage: users } }
  })
}
