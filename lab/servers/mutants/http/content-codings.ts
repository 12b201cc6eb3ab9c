import { createHash } from 'node:crypto'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { withReport, withReportHeaders } from '../../behaviours.ts'
import { type Exchange, hasHeader, requestHeader } from '../../exchange.ts'
import {
  headerOf,
  type ServedResponse,
  withBody,
  withCoding,
  withHeaders,
  withoutHeaders,
} from '../../response.ts'
import { inArea } from '../area.ts'

const gzipped = (full: ServedResponse) =>
  withHeaders(withBody(full, gzipSync(full.body)), { 'Content-Encoding': 'gzip', ETag: '"zipped"' })

const acceptsGzip = (exchange: Exchange) => /gzip/.test(requestHeader(exchange, 'accept-encoding') ?? '')

const digestOf = (body: Buffer) => createHash('sha256').update(body).digest('base64')

/** Content-Encoding and its negotiation (RFC 9110 §8.4, §12.5.3). */
export const contentCodings = inArea('http', [
  {
    id: 'coding-refused-used',
    title: 'reads gzip;q=0 as an offer of gzip',
    level: 'http',
    behaviour: {
      represent: (full, exchange) =>
        hasHeader('accept-encoding', /gzip;q=0/)(exchange)
          ? withHeaders(withoutHeaders(withBody(full, gzipSync(full.body)), 'etag'), {
              'Content-Encoding': 'gzip',
              Vary: 'Authorization, Accept-Encoding',
            })
          : withHeaders(full, { Vary: 'Authorization, Accept-Encoding' }),
    },
  },
  {
    id: 'coding-unasked',
    title: 'compresses for clients that asked for identity',
    level: 'http',
    behaviour: withReport(gzipped),
  },
  {
    id: 'coding-lies',
    title: 'declares gzip and sends plain bytes',
    level: 'http',
    behaviour: withReportHeaders({ 'Content-Encoding': 'gzip' }),
  },
  {
    id: 'coding-when-asked-lies',
    title: 'declares gzip and sends plain bytes where gzip is offered',
    level: 'http',
    behaviour: withReport((full, exchange) =>
      acceptsGzip(exchange)
        ? withHeaders(full, { 'Content-Encoding': 'gzip', Vary: 'Accept-Encoding' })
        : full,
    ),
  },
  {
    id: 'coding-twice',
    title: 'compresses twice and says so once',
    level: 'http',
    behaviour: withReport((full, exchange) => {
      const once = gzipped(full)
      return acceptsGzip(exchange)
        ? withHeaders(withBody(once, gzipSync(once.body)), { Vary: 'Accept-Encoding' })
        : withHeaders(full, { Vary: 'Accept-Encoding' })
    }),
  },
  {
    id: 'coding-hidden',
    title: 'compresses and does not say so',
    level: 'contract',
    behaviour: withReport((full) => withBody(full, gzipSync(full.body))),
  },
  {
    id: 'coding-other',
    title: 'answers an offer of gzip with br',
    level: 'http',
    behaviour: withReport((full, exchange) =>
      acceptsGzip(exchange) ? withHeaders(full, { 'Content-Encoding': 'br', Vary: 'Accept-Encoding' }) : full,
    ),
  },
  {
    id: 'coding-same-tag',
    title: 'gives compressed and plain bytes one strong entity tag',
    level: 'http',
    behaviour: withReport((full, exchange) =>
      acceptsGzip(exchange)
        ? withHeaders(gzipped(full), { ETag: headerOf(full, 'etag') ?? '', Vary: 'Accept-Encoding' })
        : withHeaders(full, { Vary: 'Accept-Encoding' }),
    ),
  },
  {
    id: 'coding-vary',
    title: 'compresses on offer without Vary',
    level: 'advice',
    behaviour: withReport((full, exchange) => (acceptsGzip(exchange) ? gzipped(full) : full)),
  },
  {
    id: 'coding-br-cut',
    title: 'cuts the report that it compresses with br',
    level: 'http',
    behaviour: {
      represent: (full, exchange) =>
        hasHeader('accept-encoding', /\bbr\b/)(exchange)
          ? withCoding(full, 'br', brotliCompressSync(full.body).subarray(0, -20))
          : withHeaders(full, { Vary: 'Authorization, Accept-Encoding' }),
    },
  },
  {
    id: 'coding-any-unknown',
    title: 'uses a coding of its own where any is accepted',
    level: 'http',
    behaviour: {
      represent: (full, exchange) =>
        hasHeader('accept-encoding', /^\*$/)(exchange)
          ? withCoding(full, 'x-own', Buffer.from(full.body).reverse())
          : withHeaders(full, { Vary: 'Authorization, Accept-Encoding' }),
    },
  },
  {
    id: 'coding-br-without-vary',
    title: 'compresses with br where it is offered, and says nothing of it in Vary',
    level: 'advice',
    behaviour: withReport((full, exchange) =>
      /\bbr\b/.test(requestHeader(exchange, 'accept-encoding') ?? '')
        ? withHeaders(withCoding(full, 'br', brotliCompressSync(full.body)), { Vary: 'Authorization' })
        : full,
    ),
  },
  {
    id: 'digest-before-compression',
    title: 'names the digest of what it compresses afterwards',
    level: 'http',
    behaviour: withReport((full, exchange) => {
      const stated = withHeaders(full, { 'Repr-Digest': `sha-256=:${digestOf(full.body)}:` })
      return acceptsGzip(exchange) ? withCoding(stated, 'gzip', gzipSync(full.body)) : stated
    }),
  },
  {
    id: 'digest-of-the-whole',
    title: 'sends parts with the digest of the whole content',
    level: 'http',
    behaviour: withReport((full) =>
      withHeaders(full, { 'Content-Digest': `sha-256=:${digestOf(full.body)}:` }),
    ),
  },
])
