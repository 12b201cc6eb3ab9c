import { gzipSync } from 'node:zlib'
import { withSelection, withSelectionWhere } from '../../behaviours.ts'
import { notModified, partial, select } from '../../conditional.ts'
import { type Exchange, hasHeader, requestHeader } from '../../exchange.ts'
import { referenceBehaviour } from '../../reference-behaviour.ts'
import {
  headerOf,
  problem,
  type ServedResponse,
  withBody,
  withHeaders,
  withoutHeaders,
} from '../../response.ts'
import { inArea } from '../area.ts'

/** Changes responses to ranges: 206 and 416. */
const withRangeResponse = (change: (part: ServedResponse, full: ServedResponse) => ServedResponse) =>
  withSelection((selected, full) =>
    selected.status === 206 || selected.status === 416 ? change(selected, full) : selected,
  )

const unsatisfiableRange = (full: ServedResponse, length = full.body.length) =>
  problem(416, 'Range Not Satisfiable', { 'Content-Range': `bytes */${length}` })

/** Ranges and partial responses (RFC 9110 §14). */
export const ranges = inArea('http', [
  {
    id: 'range-suffix-start',
    title: 'answers a request for the last bytes with the first',
    level: 'http',
    behaviour: {
      select: (full, exchange) => {
        const part = referenceBehaviour.select(full, exchange)
        const isSuffix = part.status === 206 && hasHeader('range', /=-/)(exchange)
        return isSuffix ? withBody(part, full.body.subarray(0, part.body.length)) : part
      },
    },
  },
  {
    id: 'range-unasked',
    title: 'answers 206 without being asked for a range',
    level: 'contract',
    behaviour: {
      select: (full, exchange) => {
        const selected = select(full, exchange)
        return selected === full
          ? withHeaders(
              { ...full, status: 206 },
              { 'Content-Range': `bytes 0-${full.body.length - 1}/${full.body.length}` },
            )
          : selected
      },
    },
  },
  {
    id: 'range-shifted',
    title: 'sends a slice that begins one byte late',
    level: 'http',
    behaviour: withRangeResponse((part, full) => {
      const [, first = '0', last = '0'] = /(\d+)-(\d+)/.exec(headerOf(part, 'content-range') ?? '') ?? []
      return part.status === 206
        ? withBody(part, full.body.subarray(Number(first) + 1, Number(last) + 2))
        : part
    }),
  },
  {
    id: 'range-whole',
    title: 'answers a range with 206 and the whole body',
    level: 'http',
    behaviour: withRangeResponse((part, full) => (part.status === 206 ? withBody(part, full.body) : part)),
  },
  {
    id: 'range-unnamed',
    title: 'sends 206 without Content-Range',
    level: 'http',
    behaviour: withRangeResponse((part) =>
      part.status === 206 ? withoutHeaders(part, 'content-range') : part,
    ),
  },
  {
    id: 'range-total-wrong',
    title: 'names a wrong total in Content-Range',
    level: 'http',
    behaviour: withRangeResponse((part) => {
      const range = headerOf(part, 'content-range') ?? ''
      return part.status === 206
        ? withHeaders(part, { 'Content-Range': range.replace(/\d+$/, '1000') })
        : part
    }),
  },
  {
    id: 'range-416-unnamed',
    title: 'sends 416 without the length',
    level: 'advice',
    behaviour: withRangeResponse((part) =>
      part.status === 416 ? withoutHeaders(part, 'content-range') : part,
    ),
  },
  {
    id: 'range-unsatisfiable-206',
    title: 'answers a range beyond the end with an empty 206',
    level: 'http',
    behaviour: withRangeResponse((part, full) =>
      part.status === 416
        ? {
            ...withHeaders(full, { 'Content-Range': `bytes 99999999-99999999/${full.body.length}` }),
            status: 206,
            body: Buffer.alloc(0),
          }
        : part,
    ),
  },
  {
    id: 'range-unsatisfiable-500',
    title: 'fails on a range beyond the end',
    level: 'http',
    behaviour: withRangeResponse((part) =>
      part.status === 416 ? problem(500, 'Internal Server Error') : part,
    ),
  },
  {
    id: 'range-malformed-500',
    title: 'fails on a range that it cannot read',
    level: 'http',
    behaviour: {
      select: (full, exchange) => {
        const range = requestHeader(exchange, 'range')
        return range && !/^bytes=(\d+-\d*|-\d+)$/.test(range)
          ? problem(500, 'Internal Server Error')
          : select(full, exchange)
      },
    },
  },
  {
    id: 'range-condition-ignored',
    title: 'sends a slice though If-Range names another representation',
    level: 'http',
    behaviour: {
      select: (full, exchange) =>
        notModified(full, exchange) ??
        partial(full, { ...exchange, request: withoutIfRange(exchange) }) ??
        full,
    },
  },
  {
    id: 'range-announced-only',
    title: 'announces ranges and has none',
    level: 'advice',
    behaviour: { select: (full, exchange) => notModified(full, exchange) ?? full },
  },
  {
    id: 'part-untagged',
    title: 'sends parts without the entity tag',
    level: 'http',
    behaviour: withSelection((chosen) => (chosen.status === 206 ? withoutHeaders(chosen, 'ETag') : chosen)),
  },
  {
    id: 'part-type',
    title: 'declares parts to be bytes',
    level: 'http',
    behaviour: withSelection((chosen) =>
      chosen.status === 206 ? withHeaders(chosen, { 'Content-Type': 'application/octet-stream' }) : chosen,
    ),
  },
  {
    id: 'range-beyond-length',
    title: 'says another length with 416',
    level: 'http',
    behaviour: withSelection((chosen, full) =>
      chosen.status === 416 ? unsatisfiableRange(full, full.body.length - 1) : chosen,
    ),
  },
  {
    id: 'range-past-end',
    title: 'refuses a range whose last byte is beyond the end',
    level: 'http',
    behaviour: withSelectionWhere(hasHeader('range', /^bytes=0-9{9,}$/), (full) => unsatisfiableRange(full)),
  },
  {
    id: 'range-long-suffix',
    title: 'refuses a request for more last bytes than there are',
    level: 'http',
    behaviour: withSelectionWhere(hasHeader('range', /^bytes=-9{9,}$/), (full) => unsatisfiableRange(full)),
  },
  {
    id: 'range-unit-refused',
    title: 'refuses ranges of a unit that it does not know',
    level: 'http',
    behaviour: withSelectionWhere(hasHeader('range', /^(?!bytes)/), (full, exchange) =>
      requestHeader(exchange, 'range') ? unsatisfiableRange(full) : referenceBehaviour.select(full, exchange),
    ),
  },
  {
    id: 'ranges-boundary',
    title: 'parts several ranges by another boundary than it says',
    level: 'http',
    behaviour: withSelectionWhere(hasHeader('range', /,/), (full) => ({
      ...withHeaders(full, { 'Content-Type': 'multipart/byteranges; boundary=one' }),
      status: 206,
      body: Buffer.from(`--two\r\nContent-Range: bytes 0-3/${full.body.length}\r\n\r\n%PDF\r\n--two--\r\n`),
    })),
  },
  {
    id: 'condition-before-range',
    title: 'looks at ranges before conditions',
    level: 'http',
    behaviour: withSelectionWhere(
      (exchange) => hasHeader('range', /^bytes=0-99$/)(exchange) && !requestHeader(exchange, 'if-range'),
      (full) => ({
        ...withHeaders(full, { 'Content-Range': `bytes 0-99/${full.body.length}` }),
        status: 206,
        body: full.body.subarray(0, 100),
      }),
    ),
  },
  {
    id: 'range-open-end',
    title: 'says of a range without an end that it ends behind the last byte',
    level: 'http',
    behaviour: withSelection((selected, full, exchange) =>
      selected.status === 206 && hasHeader('range', /^bytes=\d+-$/)(exchange)
        ? withHeaders(selected, {
            'Content-Range': `bytes ${full.body.length - selected.body.length}-${full.body.length}/${full.body.length}`,
          })
        : selected,
    ),
  },
  {
    id: 'range-at-the-end-empty',
    title: 'answers a range that begins right behind the last byte with an empty 206',
    level: 'http',
    behaviour: withSelection((selected, full, exchange) =>
      selected.status === 416 && requestHeader(exchange, 'range') === `bytes=${full.body.length}-`
        ? withHeaders(withBody({ ...full, status: 206 }, ''), {
            'Content-Range': `bytes ${full.body.length}-${full.body.length}/${full.body.length}`,
          })
        : selected,
    ),
  },
  {
    id: 'range-condition-date-ignored',
    title: 'sends a slice though If-Range has another date than the report',
    level: 'http',
    behaviour: {
      represent: (full) => withHeaders(full, { 'Last-Modified': 'Tue, 31 Mar 2026 00:00:00 GMT' }),
      select: (full, exchange) => {
        const condition = requestHeader(exchange, 'if-range') ?? ''
        if (!condition.endsWith('GMT')) return select(full, exchange)
        const part = partial(withHeaders(full, { ETag: condition }), exchange) ?? full
        return withHeaders(part, { ETag: headerOf(full, 'etag') ?? '' })
      },
    },
  },
  {
    id: 'range-compressed-alone',
    title: 'compresses parts by themselves',
    level: 'http',
    behaviour: withSelection((selected, _, exchange) =>
      selected.status === 206 && hasHeader('accept-encoding', /gzip/)(exchange)
        ? withHeaders(withBody(selected, gzipSync(selected.body)), { 'Content-Encoding': 'gzip' })
        : selected,
    ),
  },
])

function withoutIfRange({ request }: Exchange): Exchange['request'] {
  const { 'if-range': _, ...headers } = request.headers
  return Object.assign(Object.create(request) as Exchange['request'], { headers })
}
