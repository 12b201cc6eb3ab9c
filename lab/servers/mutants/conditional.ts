import { gzipSync } from 'node:zlib'
import { problem, response, type ServedResponse, withBody, withHeaders, withoutHeaders } from '../answer.ts'
import type { Behaviour, Refusal } from '../behaviour.ts'
import { notModified, partial } from '../conditional.ts'
import { Crash } from '../crash.ts'
import { asksFor, countOf, type Exchange } from '../exchange.ts'
import { referenceBehaviour } from '../reference-behaviour.ts'
import { retotalled } from '../report/content.ts'
import { contentOf, headOf } from '../transmit.ts'
import { inArea } from './area.ts'
import { asMember, isAnonymous, lettingIn } from './lenient-verification.ts'
import { responding, trusting } from './rewritten-responses.ts'

/** The report lacks its first organization where the condition holds; the totals agree. */
const lackingWhere = (condition: (exchange: Exchange) => boolean): Partial<Behaviour> => ({
  content: (content, exchange) =>
    condition(exchange) ? retotalled({ ...content, entries: content.entries.slice(1) }) : content,
})

/** Answers one kind of refusal in another way than the baseline. */
const refusing = (
  which: Refusal,
  change: (refused: ServedResponse, exchange: Exchange) => ServedResponse,
): Partial<Behaviour> => ({
  refuse: async (refusal, exchange) => {
    const refused = await referenceBehaviour.refuse(refusal, exchange)
    return refusal === which ? change(refused, exchange) : refused
  },
})

const sending = (headers: Record<string, string>): Partial<Behaviour> => ({
  represent: (full) => withHeaders(full, headers),
})

const isOld = ({ request }: Exchange) => request.httpVersion === '1.0'

const crashed = problem(500, 'Internal Server Error')

/** Defects that show only to some callers, in some languages, codings, versions or kinds of refusal. */
export const circumstances = [
  ...inArea('authentication', [
    {
      id: 'query-lets-in',
      title: 'takes every request with a query for one with a signed address',
      level: 'contract',
      behaviour: lettingIn((exchange) => isAnonymous(exchange) && exchange.query.size > 0),
    },
    {
      id: 'token-without-subject',
      title: 'takes a token that names nobody for one of its own services',
      level: 'advice',
      needs: ['minting'],
      behaviour: {
        verify: async (token, exchange) => {
          const decoded = await exchange.authority.verify(token)
          return decoded.claims.sub ? decoded : asMember(exchange)
        },
      },
    },
    {
      id: 'refusal-typed-pdf-outsider',
      title: 'declares the refusal of an outsider to be a PDF',
      level: 'advice',
      needs: ['outsider'],
      behaviour: refusing('forbidden', (refused) =>
        withHeaders(refused, { 'Content-Type': 'application/pdf' }),
      ),
    },
  ]),
  ...inArea('answers', [
    {
      id: 'browser-language-500',
      title: 'fails for browsers that prefer a language other than English',
      level: 'contract',
      behaviour: {
        represent: (full, exchange) => (asksFor('accept-language', /^(?!en)\w/)(exchange) ? crashed : full),
      },
    },
    {
      id: 'browser-page',
      title: 'shows browsers a page instead of the report',
      level: 'contract',
      behaviour: {
        represent: (full, exchange) =>
          asksFor('accept', /html.*,\*\/\*/)(exchange)
            ? response(200, { 'Content-Type': 'text/html' }, '<!doctype html><title>Usage</title>')
            : full,
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
      behaviour: refusing('forbidden', (refused) =>
        withBody(refused, '{"type":"about:blank","status":"403"}'),
      ),
    },
    {
      id: 'refusal-page-typed-json',
      title: 'declares its page for unknown workspaces to be JSON',
      level: 'http',
      behaviour: refusing('unknown', () =>
        response(404, { 'Content-Type': 'application/json' }, '<!doctype html><title>Not found</title>'),
      ),
    },
    {
      id: 'refusal-markup',
      title: 'repeats the address in a page without escaping it',
      level: 'advice',
      behaviour: refusing('unknown', (_, { path }) =>
        response(404, { 'Content-Type': 'text/html' }, `<!doctype html><p>Nothing at ${unescaped(path)}`),
      ),
    },
    {
      id: 'refusal-internals-outsider',
      title: 'tells outsiders the address of its database',
      level: 'advice',
      needs: ['outsider'],
      behaviour: refusing('forbidden', (refused) =>
        withBody(refused, '{"status":403,"detail":"denied by rule 7 on db-3.internal:5432"}'),
      ),
    },
  ]),
  ...inArea('http', [
    {
      id: 'refusal-public-outsider',
      title: 'lets shared caches keep the refusal of an outsider',
      level: 'advice',
      needs: ['outsider'],
      behaviour: refusing('forbidden', (refused) =>
        withHeaders(refused, { 'Cache-Control': 'public, max-age=3600' }),
      ),
    },
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
      id: 'age-negative',
      title: 'says that its answer will be made in five seconds',
      level: 'http',
      behaviour: sending({ Age: '-5' }),
    },
    {
      id: 'field-beyond-ascii',
      title: 'writes the file name with an umlaut into filename itself',
      level: 'advice',
      behaviour: sending({ 'Content-Disposition': 'attachment; filename="Zürich.pdf"' }),
    },
    {
      id: 'range-suffix-start',
      title: 'answers a request for the last bytes with the first',
      level: 'http',
      behaviour: {
        select: (full, exchange) => {
          const part = referenceBehaviour.select(full, exchange)
          const isSuffix = part.status === 206 && asksFor('range', /=-/)(exchange)
          return isSuffix ? withBody(part, full.body.subarray(0, part.body.length)) : part
        },
      },
    },
    {
      id: 'coding-refused-used',
      title: 'reads gzip;q=0 as an offer of gzip',
      level: 'http',
      behaviour: {
        represent: (full, exchange) =>
          asksFor('accept-encoding', /gzip;q=0/)(exchange)
            ? withHeaders(withoutHeaders(withBody(full, gzipSync(full.body)), 'etag'), {
                'Content-Encoding': 'gzip',
                Vary: 'Authorization, Accept-Encoding',
              })
            : withHeaders(full, { Vary: 'Authorization, Accept-Encoding' }),
      },
    },
    {
      id: 'origin-null-trusted',
      title: 'lets the scripts of sandboxed frames ask with credentials',
      level: 'advice',
      behaviour: responding((response, exchange) =>
        asksFor('origin', /^null$/)(exchange) ? trusting(response, 'null') : response,
      ),
    },
  ]),
  ...inArea('wire', [
    {
      id: 'old-client-chunks',
      title: 'sends chunks to clients of HTTP/1.0',
      level: 'advice',
      behaviour: {
        wire: (response, exchange) =>
          isOld(exchange) && response.status === 200
            ? [
                headOf(response).replace(/^Content-Length:.*$/m, 'Transfer-Encoding: chunked'),
                `${response.body.length.toString(16)}\r\n`,
                contentOf(response, exchange),
                '\r\n0\r\n\r\n',
              ]
            : undefined,
      },
    },
    {
      id: 'no-content-length',
      title: 'sends Content-Length with 204',
      level: 'http',
      behaviour: {
        wire: (response) =>
          response.status === 204
            ? [headOf(response).replace('\r\n\r\n', '\r\nContent-Length: 0\r\n\r\n')]
            : undefined,
      },
    },
  ]),
  ...inArea('pdf', [
    {
      id: 'empty-workspace-blank',
      title: 'answers for a workspace without organizations with an empty page',
      level: 'advice',
      needs: ['emptyWorkspace'],
      behaviour: {
        file: (pdf, { workspace }) => (workspace?.organizations.length === 0 ? blank : pdf),
      },
    },
  ]),
  ...inArea('content', [
    {
      id: 'other-report-under-query',
      title: 'loses an organization where the address has a query',
      level: 'contract',
      behaviour: lackingWhere(({ query }) => query.size > 0),
    },
    {
      id: 'other-report-under-gzip',
      title: 'loses an organization where the client accepts gzip',
      level: 'contract',
      behaviour: lackingWhere(asksFor('accept-encoding', /\bgzip\b/)),
    },
    {
      id: 'other-report-for-any-type',
      title: 'loses an organization where the client accepts every type',
      level: 'contract',
      behaviour: lackingWhere(asksFor('accept', /^\*\/\*$/)),
    },
    {
      id: 'other-report-for-old-clients',
      title: 'loses an organization where the client speaks HTTP/1.0',
      level: 'contract',
      behaviour: lackingWhere(isOld),
    },
    {
      id: 'stale-from-second',
      title: 'reports on fewer organizations from the second report on, while the list stays',
      level: 'contract',
      needs: ['organizations'],
      oracle: 'api',
      behaviour: lackingWhere(
        (exchange) => exchange.workspace === exchange.world.own && countOf(exchange, 'reports') > 0,
      ),
    },
  ]),
]

function unescaped(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}

/** A page with nothing on it. */
const blank = bare([
  '<< /Type /Catalog /Pages 2 0 R >>',
  '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
  '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << >> >>',
])

function bare(objects: string[]): Buffer {
  const offsets: number[] = []
  let file = '%PDF-1.7\n'
  for (const [index, object] of objects.entries()) {
    offsets.push(file.length)
    file += `${index + 1} 0 obj\n${object}\nendobj\n`
  }
  const entries = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('')
  const size = objects.length + 1
  return Buffer.from(
    `${file}xref\n0 ${size}\n0000000000 65535 f \n${entries}trailer\n<< /Size ${size} /Root 1 0 R >>\nstartxref\n${file.length}\n%%EOF\n`,
  )
}
