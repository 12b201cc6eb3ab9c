import { answer, withBody, withFields } from '../answer.ts'
import { baseline } from '../baseline.ts'
import { notModified, partial } from '../conditional.ts'
import type { Exchange } from '../exchange.ts'
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
          const refused = await baseline.refuse(refusal, exchange)
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
            ? answer(404, { 'Content-Type': 'text/html' }, `<!doctype html><p>${encodeURI(exchange.path)}`)
            : baseline.refuse(refusal, exchange),
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
          if (unchanged) return withFields(unchanged, { 'Content-Length': String(full.body.length) })
          return partial(full, exchange) ?? full
        },
      },
    },
    {
      id: 'age-zero',
      title: 'says that its answer was made just now',
      behaviour: { represent: (full) => withFields(full, { Age: '0' }) },
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
        world: (world) => ({
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
  ]),
]
