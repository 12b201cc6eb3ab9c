import { withReport, withReportHeaders, withSelectionWhere } from '../../behaviours.ts'
import { notModified, partial, select } from '../../conditional.ts'
import { countOf, hasHeader, requestHeader } from '../../exchange.ts'
import { referenceBehaviour } from '../../reference-behaviour.ts'
import { withCreationTime } from '../../report/revision.ts'
import { headerOf, problem, withHeaders, withoutHeaders } from '../../response.ts'
import { inArea } from '../area.ts'

/** Entity tags, Last-Modified, and the conditions that name them (RFC 9110 §13). */
export const conditionalRequests = inArea('http', [
  {
    id: 'not-modified-length-zero',
    title: 'sends Content-Length: 0 with 304',
    level: 'http',
    behaviour: {
      select: (full, exchange) => {
        const unchanged = notModified(full, exchange)
        if (unchanged) return withHeaders(unchanged, { 'Content-Length': '0' })
        return partial(full, exchange) ?? full
      },
    },
  },
  {
    id: 'none-match-list-unread',
    title: 'compares the whole If-None-Match with the entity tag',
    level: 'http',
    behaviour: withSelectionWhere(hasHeader('if-none-match', /,/), (full) => full),
  },
  {
    id: 'none-match-compared-strongly',
    title: 'takes the weak form of its entity tag for another one',
    level: 'http',
    behaviour: withSelectionWhere(hasHeader('if-none-match', /^W\//), (full) => full),
  },
  {
    id: 'tag-unquoted',
    title: 'sends an entity tag without quotes',
    level: 'http',
    behaviour: withReportHeaders({ ETag: '8f14e45fceea167a' }),
  },
  {
    id: 'tag-constant',
    title: 'keeps a strong entity tag while the bytes change',
    level: 'http',
    behaviour: {
      file: (pdf, exchange) => withCreationTime(pdf, countOf(exchange, 'stamp')),
      represent: (full) => withHeaders(full, { ETag: '"usage"' }),
    },
  },
  {
    id: 'tag-shared',
    title: 'gives the reports of all workspaces one strong entity tag',
    level: 'advice',
    needs: ['emptyWorkspace'],
    behaviour: withReportHeaders({ ETag: '"v1"' }),
  },
  {
    id: 'modified-malformed',
    title: 'sends Last-Modified as a number',
    level: 'http',
    behaviour: withReportHeaders({ 'Last-Modified': '1774915200' }),
  },
  {
    id: 'modified-in-future',
    title: 'says that the report was modified tomorrow',
    level: 'http',
    behaviour: withReport((full) =>
      withHeaders(full, { 'Last-Modified': new Date(Date.now() + 86_400_000).toUTCString() }),
    ),
  },
  {
    id: 'condition-always-met',
    title: 'answers every If-None-Match with 304',
    level: 'http',
    behaviour: {
      select: (full, exchange) =>
        requestHeader(exchange, 'if-none-match')
          ? { ...withoutHeaders(full, 'content-type'), status: 304, body: Buffer.alloc(0) }
          : select(full, exchange),
    },
  },
  {
    id: 'condition-unasked',
    title: 'answers the second unconditional request with 304',
    level: 'http',
    behaviour: {
      select: (full, exchange) =>
        countOf(exchange, 'asked') === 1
          ? { ...full, status: 304, body: Buffer.alloc(0) }
          : select(full, exchange),
    },
  },
  {
    id: 'condition-412',
    title: 'answers a matching If-None-Match with 412',
    level: 'http',
    behaviour: {
      select: (full, exchange) =>
        notModified(full, exchange) ? problem(412, 'Precondition Failed') : select(full, exchange),
    },
  },
  {
    id: 'condition-without-tag',
    title: 'leaves the entity tag out of 304',
    level: 'http',
    behaviour: {
      select: (full, exchange) => {
        const selected = select(full, exchange)
        return selected.status === 304 ? withoutHeaders(selected, 'etag') : selected
      },
    },
  },
  {
    id: 'condition-malformed-500',
    title: 'fails on a date in If-Modified-Since that it cannot read',
    level: 'http',
    behaviour: withReport((full, exchange) =>
      Number.isNaN(Date.parse(requestHeader(exchange, 'if-modified-since') ?? '0'))
        ? problem(500, 'Internal Server Error')
        : full,
    ),
  },
  {
    id: 'condition-malformed-304',
    title: 'answers 304 to a date in If-Modified-Since that it cannot read',
    level: 'http',
    behaviour: {
      select: (full, exchange) =>
        Number.isNaN(Date.parse(requestHeader(exchange, 'if-modified-since') ?? '0'))
          ? { ...withoutHeaders(full, 'content-type'), status: 304, body: Buffer.alloc(0) }
          : select(full, exchange),
    },
  },
  {
    id: 'condition-any-412',
    title: 'answers If-None-Match: * with 412',
    level: 'http',
    behaviour: withSelectionWhere(hasHeader('if-none-match', /^\*$/), () =>
      problem(412, 'Precondition Failed'),
    ),
  },
  {
    id: 'condition-date-first',
    title: 'looks at the date where a tag is given too',
    level: 'http',
    behaviour: {
      represent: (full) => withHeaders(full, { 'Last-Modified': 'Tue, 31 Mar 2026 00:00:00 GMT' }),
      select: (full, exchange) => {
        const since = Date.parse(requestHeader(exchange, 'if-modified-since') ?? '')
        const isKnown = since >= Date.parse(headerOf(full, 'Last-Modified') ?? '')
        return isKnown
          ? { ...full, status: 304, body: Buffer.alloc(0) }
          : referenceBehaviour.select(full, exchange)
      },
    },
  },
  {
    id: 'not-modified-other-tag',
    title: 'names another entity tag with 304',
    level: 'http',
    behaviour: {
      select: (full, exchange) => {
        const unchanged = notModified(full, exchange)
        return unchanged
          ? withHeaders(unchanged, { ETag: '"other"' })
          : referenceBehaviour.select(full, exchange)
      },
    },
  },
  {
    id: 'match-any-412',
    title: 'answers every If-Match with 412',
    level: 'http',
    behaviour: withSelectionWhere(hasHeader('if-match', /./), () => problem(412, 'Precondition Failed')),
  },
  {
    id: 'match-list-412',
    title: 'compares the whole If-Match with the entity tag',
    level: 'http',
    behaviour: {
      select: (full, exchange) =>
        ['*', headerOf(full, 'etag'), undefined].includes(requestHeader(exchange, 'if-match'))
          ? select(full, exchange)
          : problem(412, 'Precondition Failed'),
    },
  },
  {
    id: 'unmodified-since-412',
    title: 'answers every If-Unmodified-Since with 412',
    level: 'http',
    behaviour: {
      ...withReportHeaders({ 'Last-Modified': 'Tue, 31 Mar 2026 00:00:00 GMT' }),
      ...withSelectionWhere(hasHeader('if-unmodified-since', /./), () => problem(412, 'Precondition Failed')),
    },
  },
  {
    id: 'modified-since-whenever',
    title: 'answers every date in If-Modified-Since with 304',
    level: 'http',
    behaviour: {
      ...withReportHeaders({ 'Last-Modified': 'Tue, 31 Mar 2026 00:00:00 GMT' }),
      select: (full, exchange) =>
        hasHeader('if-modified-since', /GMT$/)(exchange) && !hasHeader('if-none-match', /./)(exchange)
          ? { ...full, status: 304, body: Buffer.alloc(0) }
          : select(full, exchange),
    },
  },
  {
    id: 'tag-of-node',
    title: 'gives the same bytes another entity tag on each of two nodes',
    level: 'advice',
    behaviour: withReport((full, exchange) =>
      withHeaders(full, { ETag: `"${countOf(exchange, 'reports') % 2}-${full.body.length}"` }),
    ),
  },
])
