import { createHash } from 'node:crypto'
import { withoutReportHeaders, withReportHeaders, withSelection } from '../../behaviours.ts'
import { notModified, partial, select } from '../../conditional.ts'
import { countOf, type Exchange, requestHeader } from '../../exchange.ts'
import { referenceBehaviour } from '../../reference-behaviour.ts'
import { withCreationTime } from '../../report/revision.ts'
import {
  headerOf,
  problem,
  type ServedResponse,
  withBody,
  withHeaders,
  withoutHeaders,
} from '../../response.ts'
import { inArea } from '../area.ts'

/** Several slices in one answer (RFC 9110 §14.6). */
const multipartSelection = (full: ServedResponse, exchange: Exchange): ServedResponse | undefined => {
  const ranges = (requestHeader(exchange, 'range') ?? '').match(/\d+-\d+/g) ?? []
  if (ranges.length < 2 || exchange.method !== 'GET') return undefined
  const parts = ranges.map((range) => {
    const [first = 0, last = 0] = range.split('-').map(Number)
    const head = `\r\n--slices\r\nContent-Type: application/pdf\r\nContent-Range: bytes ${range}/${full.body.length}\r\n\r\n`
    return Buffer.concat([Buffer.from(head), full.body.subarray(first, last + 1)])
  })
  const body = Buffer.concat([...parts, Buffer.from('\r\n--slices--\r\n')])
  return {
    ...withHeaders(full, { 'Content-Type': 'multipart/byteranges; boundary=slices' }),
    status: 206,
    body,
  }
}

const digestOf = (body: Buffer, hash = 'sha256') => createHash(hash).update(body).digest('base64')

const modified = 'Tue, 31 Mar 2026 00:00:00 GMT'

/** Entity tags, conditions, ranges and caching. */
export const conditionalRequests = inArea('http', [
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
    id: 'age-zero',
    title: 'says that its answer was made just now',
    behaviour: { represent: (full) => withHeaders(full, { Age: '0' }) },
  },
  {
    id: 'tag-weak',
    title: 'sends a weak entity tag',
    behaviour: withReportHeaders({ ETag: 'W/"2026-03-31"' }),
  },
  {
    id: 'tag-odd',
    title: 'sends an entity tag of odd characters',
    behaviour: withReportHeaders({ ETag: '"a,b/c=!#{}\'"' }),
  },
  {
    id: 'tag-absent',
    title: 'sends no entity tag',
    behaviour: {
      ...withoutReportHeaders('etag'),
      select: (full, exchange) => partial(full, exchange) ?? full,
    },
  },
  {
    id: 'conditions-ignored',
    title: 'sends an entity tag and always answers in full',
    behaviour: {
      ...withoutReportHeaders('accept-ranges'),
      select: (full) => full,
    },
  },
  {
    id: 'ranges-unsupported',
    title: 'supports no ranges and says so',
    behaviour: {
      ...withReportHeaders({ 'Accept-Ranges': 'none' }),
      select: (full, exchange) => notModified(full, exchange) ?? full,
    },
  },
  {
    id: 'ranges-unmentioned',
    title: 'supports no ranges and does not mention them',
    behaviour: {
      ...withoutReportHeaders('accept-ranges'),
      select: (full, exchange) => notModified(full, exchange) ?? full,
    },
  },
  {
    id: 'ranges-multipart',
    title: 'answers several ranges with multipart/byteranges',
    behaviour: { select: (full, exchange) => multipartSelection(full, exchange) ?? select(full, exchange) },
  },
  {
    id: 'range-part-of-part',
    title: 'sends no more than 1,000 bytes of what is asked for, and says which',
    behaviour: withSelection((selected) => {
      const [, first, total] =
        /^bytes (\d+)-\d+\/(\d+)$/.exec(headerOf(selected, 'content-range') ?? '') ?? []
      const body = selected.body.subarray(0, 1000)
      return selected.status === 206
        ? withHeaders(withBody(selected, body), {
            'Content-Range': `bytes ${first}-${Number(first) + body.length - 1}/${total}`,
          })
        : selected
    }),
  },
  {
    id: 'tag-weak-over-data',
    title: 'stamps each document, with a weak entity tag over what it says',
    behaviour: {
      file: (pdf, exchange) => withCreationTime(pdf, countOf(exchange, 'stamps')),
      represent: (full, { workspace }) =>
        withHeaders(withoutHeaders(full, 'accept-ranges'), { ETag: `W/"${workspace?.asOf}"` }),
      select: (full, exchange) => notModified(full, exchange) ?? full,
    },
  },
  {
    id: 'modified-since',
    title: 'sends Last-Modified and honours If-Modified-Since',
    behaviour: {
      ...withReportHeaders({ 'Last-Modified': modified }),
      select: (full, exchange) => {
        const since = Date.parse(requestHeader(exchange, 'if-modified-since') ?? '')
        const isUnmodified =
          requestHeader(exchange, 'if-none-match') === undefined && since >= Date.parse(modified)
        return isUnmodified
          ? { ...withoutHeaders(full, 'content-type'), status: 304, body: Buffer.alloc(0) }
          : select(full, exchange)
      },
    },
  },
  {
    id: 'cache-no-store',
    title: 'forbids all storing',
    behaviour: withReportHeaders({ 'Cache-Control': 'no-store' }),
  },
  {
    id: 'cache-verbose',
    title: 'forbids storing in five ways',
    behaviour: withReportHeaders({
      'Cache-Control': 'no-cache, no-store, must-revalidate, private, max-age=0',
      Pragma: 'no-cache',
      Expires: '0',
    }),
  },
  { id: 'vary-everything', title: 'varies by everything', behaviour: withReportHeaders({ Vary: '*' }) },
  {
    id: 'stamped',
    title: 'stamps each document with the time and sends no entity tag',
    behaviour: {
      file: (pdf, exchange) => withCreationTime(pdf, countOf(exchange, 'stamps')),
      ...withoutReportHeaders('etag', 'accept-ranges'),
      select: (full) => full,
    },
  },
  {
    id: 'two-forms',
    title:
      'writes one of two forms of the document, as libraries do that list fonts in the order of a hash table',
    behaviour: {
      file: (pdf, exchange) => withCreationTime(pdf, Number(countOf(exchange, 'forms') % 9 === 8)),
    },
  },
  {
    id: 'preconditions',
    title: 'knows every precondition, and dates in If-Range',
    behaviour: {
      represent: (full) => withHeaders(full, { 'Last-Modified': modified }),
      select: (full, exchange) => {
        const tag = headerOf(full, 'etag') ?? ''
        const match = requestHeader(exchange, 'if-match')
        const since = Date.parse(requestHeader(exchange, 'if-unmodified-since') ?? '')
        const isMet =
          match === undefined
            ? !(since < Date.parse(modified))
            : match
                .split(',')
                .map((one) => one.trim())
                .some((one) => one === '*' || one === tag)
        if (!isMet) return problem(412, 'Precondition Failed')
        if (requestHeader(exchange, 'if-range') !== modified) return select(full, exchange)
        const part = partial(withHeaders(full, { ETag: modified }), exchange) ?? full
        return withHeaders(part, { ETag: tag })
      },
    },
  },
  {
    id: 'digests',
    title: 'names digests of what it sends, in the new fields and the old ones',
    behaviour: {
      represent: (full) => withHeaders(full, { 'Repr-Digest': `sha-256=:${digestOf(full.body)}:` }),
      respond: async (given, exchange) => {
        const response = await referenceBehaviour.respond(given, exchange)
        const isPart = given.status === 206
        return given.status === 200 || isPart
          ? withHeaders(response, {
              'Content-Digest': `sha-512=:${digestOf(given.body, 'sha512')}:, sha-256=:${digestOf(given.body)}:`,
              'Content-MD5': digestOf(given.body, 'md5'),
              ...(!isPart && { Digest: `SHA-256=${digestOf(given.body)},UNIXsum=30637` }),
            })
          : response
      },
    },
  },
])
