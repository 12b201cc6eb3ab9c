import {
  withEveryResponse,
  withRefusal,
  withReport,
  withReportHeaders,
  withSelection,
} from '../../behaviours.ts'
import { hasHeader } from '../../exchange.ts'
import { withHeaders, withoutHeaders } from '../../response.ts'
import { inArea } from '../area.ts'

const publicCaching = { 'Cache-Control': 'public, max-age=600' }

const isGerman = hasHeader('accept-language', /^de/)

/** Freshness and storing (RFC 9111). */
export const caching = inArea('http', [
  {
    id: 'refusal-public-outsider',
    title: 'lets shared caches keep the refusal of an outsider',
    level: 'advice',
    needs: ['outsider'],
    behaviour: withRefusal('forbidden', (refused) =>
      withHeaders(refused, { 'Cache-Control': 'public, max-age=3600' }),
    ),
  },
  {
    id: 'refusal-public-unprivileged',
    title: 'lets shared caches keep the refusal of a member who may not export',
    level: 'advice',
    behaviour: withRefusal('unprivileged', (refused) =>
      withHeaders(refused, { 'Cache-Control': 'public, max-age=600' }),
    ),
  },
  {
    id: 'varies-by-language-unsaid',
    title: 'titles the report in the language of the client, and says nothing of that',
    level: 'advice',
    behaviour: {
      content: (content, exchange) =>
        isGerman(exchange) ? { ...content, title: 'Aufstellung der Nutzung' } : content,
    },
  },
  {
    id: 'age-negative',
    title: 'says that its answer will be made in five seconds',
    level: 'http',
    behaviour: withReportHeaders({ Age: '-5' }),
  },
  {
    id: 'cache-public',
    title: 'lets shared caches keep the report',
    level: 'advice',
    behaviour: withReportHeaders({ 'Cache-Control': 'public, max-age=3600' }),
  },
  {
    id: 'cache-shared-age',
    title: 'gives shared caches a lifetime of their own',
    level: 'advice',
    behaviour: withReportHeaders({ 'Cache-Control': 'max-age=0, s-maxage=600' }),
  },
  {
    id: 'cache-unsaid',
    title: 'says nothing about caching',
    level: 'advice',
    behaviour: withReport((full) => withoutHeaders(full, 'cache-control')),
  },
  {
    id: 'shared-by-must-revalidate',
    title: 'lets shared caches keep the report by must-revalidate',
    level: 'http',
    behaviour: withReportHeaders({ 'Cache-Control': 'max-age=600, must-revalidate' }),
  },
  {
    id: 'shared-part',
    title: 'lets shared caches keep parts of the report',
    level: 'http',
    behaviour: withSelection((chosen) =>
      chosen.status === 206 ? withHeaders(chosen, publicCaching) : chosen,
    ),
  },
  {
    id: 'shared-head',
    title: 'lets shared caches keep the head of the report',
    level: 'http',
    behaviour: withEveryResponse((response, { method }) =>
      method === 'HEAD' && response.status === 200 ? withHeaders(response, publicCaching) : response,
    ),
  },
  {
    id: 'shared-by-delivery-network',
    title: 'lets the delivery network keep the report',
    level: 'advice',
    behaviour: withReportHeaders({ 'CDN-Cache-Control': 'max-age=600' }),
  },
  {
    id: 'shared-when-empty',
    title: 'lets shared caches keep the report of an empty workspace',
    level: 'http',
    needs: ['emptyWorkspace'],
    behaviour: withReport((full, { workspace }) =>
      workspace?.organizations.length === 0 ? withHeaders(full, publicCaching) : full,
    ),
  },
])
