import type { Behaviour } from '../../behaviour.ts'
import { countOf, type Exchange, hasHeader, isHttp10, requestHeader } from '../../exchange.ts'
import { blocks } from '../../report/blocks.ts'
import { changeEntry, changeFigure, retotalled } from '../../report/content.ts'
import { inArea } from '../area.ts'
import { withContent } from './changed-content.ts'

/** Leaves out the first organization where the condition holds; totals agree. */
const losesFirstOrganizationWhere = (condition: (exchange: Exchange) => boolean): Partial<Behaviour> => ({
  content: (content, exchange) =>
    condition(exchange) ? retotalled({ ...content, entries: content.entries.slice(1) }) : content,
})

/** Reports that differ from request to request, or from the list. */
export const changingReports = inArea('content', [
  {
    id: 'other-report-under-query',
    title: 'loses an organization where the address has a query',
    level: 'contract',
    behaviour: losesFirstOrganizationWhere(({ query }) => query.size > 0),
  },
  {
    id: 'other-report-under-gzip',
    title: 'loses an organization where the client accepts gzip',
    level: 'contract',
    behaviour: losesFirstOrganizationWhere(hasHeader('accept-encoding', /\bgzip\b/)),
  },
  {
    id: 'other-report-for-any-type',
    title: 'loses an organization where the client accepts every type',
    level: 'contract',
    behaviour: losesFirstOrganizationWhere(hasHeader('accept', /^\*\/\*$/)),
  },
  {
    id: 'other-report-for-old-clients',
    title: 'loses an organization where the client speaks HTTP/1.0',
    level: 'contract',
    behaviour: losesFirstOrganizationWhere(isHttp10),
  },
  {
    id: 'stale-from-second',
    title: 'reports on fewer organizations from the second report on, while the list stays',
    level: 'contract',
    needs: ['organizations'],
    oracle: 'api',
    behaviour: losesFirstOrganizationWhere(
      (exchange) => exchange.workspace === exchange.seedData.own && countOf(exchange, 'reports') > 0,
    ),
  },
  {
    id: 'stale-report',
    title: 'reports on figures that the list has left behind',
    level: 'contract',
    needs: ['organizations'],
    oracle: 'api',
    behaviour: {
      organizations: (organizations) =>
        organizations.map((one) =>
          one.name === 'Night Crew'
            ? { ...one, usage: { usage: { users: 61 }, subtree_usage: { users: 61 } } }
            : one,
        ),
    },
  },
  {
    id: 'stale-names',
    title: 'calls an organization by its former name',
    level: 'contract',
    needs: ['organizations'],
    oracle: 'api',
    behaviour: {
      organizations: (organizations) =>
        organizations.map((one) => (one.name === 'Night Crew' ? { ...one, name: 'Midnight Team' } : one)),
    },
  },
  {
    id: 'calls-differ',
    title: 'shows another figure on each call',
    level: 'contract',
    behaviour: withContent((content, exchange) =>
      changeFigure(content, 'Night Crew', 'users', {
        limit: 45 + (countOf(exchange, `calls ${exchange.path}`) % 2),
      }),
    ),
  },
  {
    id: 'calls-count',
    title: 'counts the calls in the title',
    level: 'contract',
    behaviour: withContent((content, exchange) => ({
      ...content,
      title: `Statement of use no. ${1 + countOf(exchange, `calls ${exchange.path}`)}`,
    })),
  },
  {
    id: 'calls-lose-row',
    title: 'leaves out an organization on every other call',
    level: 'contract',
    behaviour: {
      layout: blocks,
      content: (content, exchange) =>
        countOf(exchange, `calls ${exchange.path}`) % 2 === 1
          ? changeEntry(content, 'Apprentices', () => [])
          : content,
    },
  },
  {
    id: 'second-report-short',
    title: 'loses an organization from the second report on',
    level: 'contract',
    needs: ['organizations'],
    behaviour: {
      content: (content, exchange) =>
        exchange.workspace === exchange.seedData.own && countOf(exchange, 'drawn') > 0
          ? retotalled({ ...content, entries: content.entries.slice(1) })
          : content,
    },
  },
  {
    id: 'conditional-report-short',
    title: 'loses an organization where it is asked for what changed since',
    level: 'contract',
    behaviour: {
      content: (content, exchange) =>
        requestHeader(exchange, 'if-modified-since')
          ? retotalled({ ...content, entries: content.entries.slice(1) })
          : content,
    },
  },
])
