import { brotliCompressSync, gzipSync } from 'node:zlib'
import {
  headerOf,
  problem,
  response,
  type ServedResponse,
  withBody,
  withHeaders,
  withoutHeaders,
} from '../answer.ts'
import type { Behaviour } from '../behaviour.ts'
import { notModified } from '../conditional.ts'
import { asksFor, countOf, type Exchange, requestHeader } from '../exchange.ts'
import { referenceBehaviour } from '../reference-behaviour.ts'
import { retotalled } from '../report/content.ts'
import { tables } from '../report/layouts.ts'
import { contentOf, headOf } from '../transmit.ts'
import { inArea } from './area.ts'
import { responding, trusting } from './rewritten-responses.ts'

/** Another answer where the request has such a field. */
const where = (
  condition: (exchange: Exchange) => boolean,
  change: (full: ServedResponse, exchange: Exchange) => ServedResponse,
): Partial<Behaviour> => ({
  select: (full, exchange) =>
    condition(exchange) ? change(full, exchange) : referenceBehaviour.select(full, exchange),
})

/** Changes what ranges and conditions led to. */
const selected = (
  change: (chosen: ServedResponse, full: ServedResponse) => ServedResponse,
): Partial<Behaviour> => ({
  select: (full, exchange) => change(referenceBehaviour.select(full, exchange), full),
})

const sending = (headers: Record<string, string>): Partial<Behaviour> => ({
  represent: (full) => withHeaders(full, headers),
})

const coded = (full: ServedResponse, coding: string, body: Buffer) =>
  withHeaders(withBody(full, body), {
    'Content-Encoding': coding,
    ETag: `"${coding}"`,
    Vary: 'Authorization, Accept-Encoding',
  })

const refusedRange = (full: ServedResponse, length = full.body.length) =>
  problem(416, 'Range Not Satisfiable', { 'Content-Range': `bytes */${length}` })

const shared = { 'Cache-Control': 'public, max-age=600' }

/** Defects in how requests of unusual form are answered. */
export const forms = [
  ...inArea('answers', [
    {
      id: 'empty-workspace-type',
      title: 'declares the report of an empty workspace to be bytes',
      level: 'contract',
      needs: ['emptyWorkspace'],
      behaviour: {
        represent: (full, { workspace }) =>
          workspace?.organizations.length === 0
            ? withHeaders(full, { 'Content-Type': 'application/octet-stream' })
            : full,
      },
    },
    {
      id: 'gzip-type',
      title: 'declares the compressed report to be bytes',
      level: 'contract',
      behaviour: {
        represent: (full, exchange) =>
          asksFor('accept-encoding', /^gzip$/)(exchange)
            ? withHeaders(coded(full, 'gzip', gzipSync(full.body)), {
                'Content-Type': 'application/octet-stream',
              })
            : withHeaders(full, { Vary: 'Authorization, Accept-Encoding' }),
      },
    },
    {
      id: 'origin-null-500',
      title: 'fails where the origin is null',
      level: 'contract',
      behaviour: {
        represent: (full, exchange) =>
          asksFor('origin', /^null$/)(exchange) ? problem(500, 'Internal Server Error') : full,
      },
    },
    {
      id: 'coding-br-500',
      title: 'fails where the client accepts br',
      level: 'contract',
      behaviour: {
        represent: (full, exchange) =>
          asksFor('accept-encoding', /\bbr\b/)(exchange) ? problem(500, 'Internal Server Error') : full,
      },
    },
    {
      id: 'accept-cased-406',
      title: 'knows media types in lower case only',
      level: 'http',
      behaviour: {
        represent: (full, exchange) =>
          asksFor('accept', /^(?!.*(?:application\/(?:pdf|json|\*)|\*\/\*|^text\/[a-z]+$)).+/)(exchange)
            ? problem(406, 'Not Acceptable')
            : full,
      },
    },
    {
      id: 'origin-begins-alike',
      title: 'lets the scripts of origins that begin like a trusted one ask with credentials',
      level: 'advice',
      behaviour: responding((response, exchange) => {
        const origin = requestHeader(exchange, 'origin')
        return origin?.startsWith('http://localhost') ? trusting(response, origin) : response
      }),
    },
    {
      id: 'file-of-undefined',
      title: 'names the file after what it has not',
      level: 'advice',
      behaviour: responding((response) =>
        response.status === 200
          ? withHeaders(response, { 'Content-Disposition': 'attachment; filename="undefined-usage.pdf"' })
          : response,
      ),
    },
    {
      id: 'part-with-a-tag-of-its-own',
      title: 'gives parts another entity tag than the whole',
      level: 'http',
      behaviour: responding((response) =>
        response.status === 206 ? withHeaders(response, { ETag: '"part"' }) : response,
      ),
    },
    {
      id: 'refusal-hidden-from-scripts',
      title: 'lets scripts read the report, but no refusal',
      level: 'advice',
      behaviour: responding((response) =>
        response.status >= 400 ? withoutHeaders(response, 'Access-Control-Allow-Origin') : response,
      ),
    },
    {
      id: 'field-internal-host',
      title: 'names the machine behind it in a field',
      level: 'advice',
      behaviour: sending({ 'X-Backend': 'http://renderer-2.internal:9000' }),
    },
  ]),
  ...inArea('http', [
    {
      id: 'part-untagged',
      title: 'sends parts without the entity tag',
      level: 'http',
      behaviour: selected((chosen) => (chosen.status === 206 ? withoutHeaders(chosen, 'ETag') : chosen)),
    },
    {
      id: 'part-type',
      title: 'declares parts to be bytes',
      level: 'http',
      behaviour: selected((chosen) =>
        chosen.status === 206 ? withHeaders(chosen, { 'Content-Type': 'application/octet-stream' }) : chosen,
      ),
    },
    {
      id: 'range-beyond-length',
      title: 'says another length with 416',
      level: 'http',
      behaviour: selected((chosen, full) =>
        chosen.status === 416 ? refusedRange(full, full.body.length - 1) : chosen,
      ),
    },
    {
      id: 'range-past-end',
      title: 'refuses a range whose last byte is beyond the end',
      level: 'http',
      behaviour: where(asksFor('range', /^bytes=0-9{9,}$/), (full) => refusedRange(full)),
    },
    {
      id: 'range-long-suffix',
      title: 'refuses a request for more last bytes than there are',
      level: 'http',
      behaviour: where(asksFor('range', /^bytes=-9{9,}$/), (full) => refusedRange(full)),
    },
    {
      id: 'range-unit-refused',
      title: 'refuses ranges of a unit that it does not know',
      level: 'http',
      behaviour: where(asksFor('range', /^(?!bytes)/), (full, exchange) =>
        requestHeader(exchange, 'range') ? refusedRange(full) : referenceBehaviour.select(full, exchange),
      ),
    },
    {
      id: 'ranges-boundary',
      title: 'parts several ranges by another boundary than it says',
      level: 'http',
      behaviour: where(asksFor('range', /,/), (full) => ({
        ...withHeaders(full, { 'Content-Type': 'multipart/byteranges; boundary=one' }),
        status: 206,
        body: Buffer.from(`--two\r\nContent-Range: bytes 0-3/${full.body.length}\r\n\r\n%PDF\r\n--two--\r\n`),
      })),
    },
    {
      id: 'condition-before-range',
      title: 'looks at ranges before conditions',
      level: 'http',
      behaviour: where(
        (exchange) => asksFor('range', /^bytes=0-99$/)(exchange) && !requestHeader(exchange, 'if-range'),
        (full) => ({
          ...withHeaders(full, { 'Content-Range': `bytes 0-99/${full.body.length}` }),
          status: 206,
          body: full.body.subarray(0, 100),
        }),
      ),
    },
    {
      id: 'condition-any-412',
      title: 'answers If-None-Match: * with 412',
      level: 'http',
      behaviour: where(asksFor('if-none-match', /^\*$/), () => problem(412, 'Precondition Failed')),
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
      id: 'shared-by-must-revalidate',
      title: 'lets shared caches keep the report by must-revalidate',
      level: 'http',
      behaviour: sending({ 'Cache-Control': 'max-age=600, must-revalidate' }),
    },
    {
      id: 'shared-part',
      title: 'lets shared caches keep parts of the report',
      level: 'http',
      behaviour: selected((chosen) => (chosen.status === 206 ? withHeaders(chosen, shared) : chosen)),
    },
    {
      id: 'shared-head',
      title: 'lets shared caches keep the head of the report',
      level: 'http',
      behaviour: responding((response, { method }) =>
        method === 'HEAD' && response.status === 200 ? withHeaders(response, shared) : response,
      ),
    },
    {
      id: 'shared-by-delivery-network',
      title: 'lets the delivery network keep the report',
      level: 'advice',
      behaviour: sending({ 'CDN-Cache-Control': 'max-age=600' }),
    },
    {
      id: 'coding-br-cut',
      title: 'cuts the report that it compresses with br',
      level: 'http',
      behaviour: {
        represent: (full, exchange) =>
          asksFor('accept-encoding', /\bbr\b/)(exchange)
            ? coded(full, 'br', brotliCompressSync(full.body).subarray(0, -20))
            : withHeaders(full, { Vary: 'Authorization, Accept-Encoding' }),
      },
    },
    {
      id: 'coding-any-unknown',
      title: 'uses a coding of its own where any is accepted',
      level: 'http',
      behaviour: {
        represent: (full, exchange) =>
          asksFor('accept-encoding', /^\*$/)(exchange)
            ? coded(full, 'x-own', Buffer.from(full.body).reverse())
            : withHeaders(full, { Vary: 'Authorization, Accept-Encoding' }),
      },
    },
    {
      id: 'head-bare',
      title: 'names no file where it is asked for the head only',
      level: 'advice',
      behaviour: responding((response, { method }) =>
        method === 'HEAD' ? withoutHeaders(response, 'Content-Disposition', 'ETag') : response,
      ),
    },
    {
      id: 'head-finds-all',
      title: 'finds every workspace where it is asked for the head only',
      level: 'http',
      behaviour: {
        refuse: (refusal, exchange) =>
          refusal === 'unknown' && exchange.method === 'HEAD'
            ? response(200, { 'Content-Type': 'application/pdf' })
            : referenceBehaviour.refuse(refusal, exchange),
      },
    },
    {
      id: 'filename-control',
      title: 'writes a line break into the file name',
      level: 'http',
      behaviour: sending({ 'Content-Disposition': "attachment; filename*=UTF-8''usage%0D%0A.pdf" }),
    },
  ]),
  ...inArea('wire', [
    {
      id: 'refusal-cut-outsider',
      title: 'sends outsiders less than the length it announces',
      level: 'http',
      needs: ['outsider'],
      behaviour: {
        wire: (response, exchange) =>
          response.status === 403
            ? [headOf(response), contentOf(response, exchange).subarray(0, -4)]
            : undefined,
      },
    },
  ]),
  ...inArea('content', [
    {
      id: 'second-report-short',
      title: 'loses an organization from the second report on',
      level: 'contract',
      needs: ['organizations'],
      behaviour: {
        content: (content, exchange) =>
          exchange.workspace === exchange.world.own && countOf(exchange, 'drawn') > 0
            ? retotalled({ ...content, entries: content.entries.slice(1) })
            : content,
      },
    },
    {
      id: 'german-without-limits',
      title: 'shows no limits to those who prefer German',
      level: 'contract',
      needs: ['organizations'],
      behaviour: {
        content: (content, exchange) => ({
          ...content,
          entries: content.entries.map((entry) => ({
            ...entry,
            figures: entry.figures.map((figure) =>
              asksFor('accept-language', /^de/)(exchange) ? { ...figure, limit: null } : figure,
            ),
          })),
        }),
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
    {
      id: 'subtree-shows-direct',
      title: 'shows direct usage in the column of the subtree',
      level: 'contract',
      needs: ['organizations'],
      behaviour: {
        layout: tables,
        content: (content) => ({
          ...content,
          entries: content.entries.map((entry) => ({
            ...entry,
            figures: entry.figures.map((figure) => ({ ...figure, subtree: figure.direct })),
          })),
        }),
      },
    },
  ]),
]
