import assert from 'node:assert/strict'
import { parse as parseDisposition } from 'content-disposition'
import type { RunContext } from '../../engine/context.ts'
import type { Target } from '../../engine/target.ts'
import { readJsonBody } from '../../http/json-body.ts'
import { pathOfNothing, type RequestSpec } from '../../http/request.ts'
import { headerValue, headerValues, mediaTypeOf, type ReceivedResponse } from '../../http/response.ts'
import { NoResponseError } from '../../http/transport.ts'
import type { DownloadOperation } from '../../operations/download-operation.ts'
import { assertEqual, assertMatches, assertStatus, isPdf } from '../assertions/assertions.ts'
import { codingsOf, decodeContent } from '../assertions/codings.ts'
import { readHttpDate } from '../assertions/dates.ts'
import { debugFieldIn, debugPageIn } from '../assertions/debug-page.ts'
import { findWrongDigest } from '../assertions/digests.ts'
import { fragmentsOfCode, internals, privateAddress } from '../assertions/internals.ts'
import { whyMisnamed } from '../assertions/media-type-claims.ts'
import { findZeroDate } from '../assertions/zero-dates.ts'
import type { Check } from '../check.ts'
import {
  withBody,
  withHeader,
  withHeaderTwice,
  withoutHeader,
  withResponse,
  withStatus,
} from '../mutations/mutations.ts'
import { isHeadServed } from '../probes/head.ts'
import { refusalsOf } from '../probes/refusals.ts'
import { acceptedCodings, foreignOrigin } from '../probes/request-variants.ts'

const singletons = [
  'content-type',
  'content-length',
  'etag',
  'date',
  'last-modified',
  'content-disposition',
  'location',
]

/** The usual responses of a deployment, by the sender of the request. */
async function usualResponses(target: Target): Promise<[string, ReceivedResponse][]> {
  return [
    ['the export', await target.request()],
    ['the refusal without credentials', await target.request({ as: 'nobody' })],
  ]
}

/** Asserts that no answer of the run has the fault, those to the usual requests among them. */
async function assertNoAnswer(
  target: Target,
  context: RunContext,
  findFault: (response: ReceivedResponse) => string | undefined,
): Promise<void> {
  await usualResponses(target)
  await refusalsOf(target, context)
  const found = target.findInRun(({ method, path, response }) => {
    const fault = findFault(response)
    return fault && `${method} ${path} is answered ${response.status} ${fault}`
  })
  assert.ok(found === undefined, found)
}

/** The response to HEAD. It fails where GET gets a response in time and HEAD does not. */
async function requestHead(target: Target): Promise<ReceivedResponse> {
  try {
    return await target.request({ method: 'HEAD' })
  } catch (error) {
    if (!(error instanceof NoResponseError) || error.code !== 'ETIMEDOUT') throw error
    await target.request({ fresh: true })
    assert.fail(`HEAD is not answered (${error.message}), while GET is`)
  }
}

const isUnsupported = ({ status }: ReceivedResponse) => status === 405 || status === 501

/** What HTTP requires or recommends of every operation. */
export const http = (operation: DownloadOperation): Check[] => [
  {
    id: 'HTTP-001',
    title: 'Every answer carries the time at which it was made',
    level: 'http',
    source: 'rfc9110#6.6.1',
    covers: operation.documented(200, 401),
    needs: [],
    async run(target) {
      for (const [what, response] of await usualResponses(target)) {
        const date = headerValue(response, 'date')
        assert.ok(date !== undefined, `${what} has no Date header`)
        assert.ok(!Number.isNaN(readHttpDate(date)), `Date of ${what} is no IMF-fixdate: ${date}`)
      }
    },
    mutations: [
      withoutHeader('Date'),
      withHeader('Date', '2026-01-01T00:00:00Z'),
      withHeader('Date', 'Thu, 01 Jan 2026 00:00:00 UTC'),
    ],
  },
  {
    id: 'HTTP-002',
    title: 'The clock behind Date is right within an hour',
    level: 'advice',
    source: 'rfc9110#6.6.1',
    covers: operation.documented(200),
    needs: [],
    async run(target) {
      const date = readHttpDate(headerValue(await target.request(), 'date') ?? '')
      if (Number.isNaN(date)) return
      const minutes = Math.round((Date.now() - date) / 60_000)
      assert.ok(
        Math.abs(minutes) <= 60,
        `Date is ${Math.abs(minutes)} minutes ${minutes > 0 ? 'behind' : 'ahead'}`,
      )
    },
    mutations: [
      withHeader('Date', 'Thu, 01 Jan 2015 00:00:00 GMT'),
      withHeader('Date', 'Thu, 01 Jan 2099 00:00:00 GMT'),
    ],
  },
  {
    id: 'HTTP-003',
    title: 'Fields of a single value are sent once',
    level: 'http',
    source: 'rfc9110#5.3',
    covers: operation.documented(200, 401),
    needs: [],
    async run(target) {
      for (const [what, response] of await usualResponses(target))
        for (const name of singletons) {
          const values = headerValues(response, name)
          assert.ok(values.length <= 1, `${what} has ${name} ${values.length} times: ${values.join(' | ')}`)
        }
    },
    mutations: [
      withHeaderTwice('Content-Type', 'text/html'),
      withHeaderTwice('Content-Length', '5'),
      withHeaderTwice('ETag', '"x"'),
    ],
  },
  {
    id: 'HTTP-004',
    title: 'HEAD is answered as GET is, without content, or not supported',
    level: 'http',
    source: 'rfc9110#9.3.2',
    covers: operation.documented(200),
    needs: [],
    async run(target) {
      const head = await requestHead(target)
      if (isUnsupported(head)) return
      assertStatus(head, [200], 'HEAD by a member')
      const type = headerValue(head, 'content-type')
      assert.ok(
        type === undefined || mediaTypeOf(head) === operation.mediaType,
        `the media type of HEAD is ${type}`,
      )
    },
    mutations: [
      withStatus(404),
      withStatus(500),
      withHeader('Content-Type', 'text/html'),
      {
        title: 'HEAD is never answered',
        response: (response, { method }) => {
          if (method === 'HEAD') throw new NoResponseError('ETIMEDOUT', 'no answer within 30000 ms')
          return response
        },
      },
    ],
  },
  {
    id: 'HTTP-005',
    title: 'The length that HEAD names is the one that GET has',
    level: 'http',
    source: 'rfc9110#8.6',
    covers: operation.documented(200),
    needs: [],
    comparesDocuments: true,
    async run(target) {
      const head = await target.request({ method: 'HEAD' })
      const length = headerValue(head, 'content-length')
      if (head.status !== 200 || length === undefined) return
      const [one, two] = [await target.request(), await target.request({ fresh: true })]
      // A report that stamps the time may change its length with any request, if not with every one.
      if (!one.body.equals(two.body)) return
      assertEqual(Number(length), one.body.length, 'the Content-Length of HEAD')
    },
    mutations: [withHeader('Content-Length', '0'), withHeader('Content-Length', '123456789')],
  },
  {
    id: 'HTTP-006',
    title: 'A method that is not allowed is answered with the ones that are',
    level: 'http',
    source: 'rfc9110#15.5.6',
    covers: operation.documented(200),
    needs: [],
    async run(target) {
      for (const method of ['HEAD', 'OPTIONS'] as const) {
        const response = await target.request({ method })
        if (response.status !== 405) continue
        const allow = headerValue(response, 'allow')
        assert.ok(allow !== undefined, `the 405 for ${method} has no Allow header`)
        assert.ok(
          /(^|,)\s*GET\s*(,|$)/.test(allow),
          `Allow of the 405 for ${method} does not name GET: ${allow}`,
        )
      }
    },
    mutations: [
      withResponse('a 405 without Allow', 405, {}),
      withResponse('a 405 that allows POST only', 405, { Allow: 'POST' }),
    ],
  },
  {
    id: 'HTTP-007',
    title: 'OPTIONS breaks nothing and names no method that is not documented',
    level: 'advice',
    source: 'rfc9110#9.3.7',
    covers: operation.documented(200),
    needs: [],
    async run(target) {
      const response = await target.request({ method: 'OPTIONS' })
      assert.ok(response.status < 500 || response.status === 501, `OPTIONS is answered ${response.status}`)
      const allow = headerValue(response, 'allow')
      if (allow === undefined || response.status >= 300) return
      const methods = allow.split(',').map((method) => method.trim())
      assert.ok(methods.includes('GET'), `Allow does not name GET: ${allow}`)
      const strays = methods.filter((method) => !['GET', 'HEAD', 'OPTIONS', ''].includes(method))
      assert.ok(strays.length === 0, `Allow names methods that the contract does not have: ${allow}`)
    },
    mutations: [
      withStatus(500),
      withResponse('all methods allowed', 204, { Allow: 'GET, POST, PUT, DELETE' }),
      withResponse('GET not allowed', 204, { Allow: 'OPTIONS' }),
    ],
  },
  {
    id: 'HTTP-008',
    title: 'A content coding that the client rules out is not used',
    level: 'http',
    source: 'rfc9110#12.5.3',
    covers: operation.documented(200),
    needs: [],
    async run(target) {
      for (const accepted of ['identity', 'gzip;q=0, identity']) {
        const response = await target.request({ headers: { 'Accept-Encoding': accepted } })
        const codings = codingsOf(response)
        assert.ok(
          codings.length === 0,
          `Content-Encoding is ${codings.join(', ')}, although Accept-Encoding is ${accepted}`,
        )
      }
    },
    mutations: [
      withHeader('Content-Encoding', 'gzip'),
      withHeader('Content-Encoding', 'br'),
      withHeader('Content-Encoding', 'gzip', ({ headers }) =>
        String(headers?.['Accept-Encoding']).includes('q=0'),
      ),
    ],
  },
  {
    id: 'HTTP-009',
    title: 'A content coding is one that the client offered, and gives the document when undone',
    level: 'http',
    source: 'rfc9110#8.4',
    covers: operation.documented(200),
    needs: [],
    async run(target) {
      for (const accepted of acceptedCodings) {
        const response = await target.request({ headers: { 'Accept-Encoding': accepted } })
        assertStatus(response, [200], `a request with Accept-Encoding: ${accepted}`)
        assert.ok(
          isPdf({ body: decodeContent(response, accepted) }),
          `with ${codingsOf(response).join(', ') || 'no coding'}, the content is no PDF`,
        )
      }
    },
    mutations: [
      withHeader('Content-Encoding', 'br'),
      withHeader('Content-Encoding', 'gzip'),
      withHeader('Content-Encoding', 'x-unknown', ({ headers }) => headers?.['Accept-Encoding'] === '*'),
      withBody('gzip without saying so', () => Buffer.from('1f8b0800', 'hex')),
    ],
  },
  {
    id: 'HTTP-010',
    title: 'A client that accepts JSON only receives the document or a 406',
    level: 'advice',
    source: 'rfc9110#12.5.1',
    covers: operation.documented(200),
    needs: [],
    async run(target) {
      const response = await target.request({ headers: { Accept: 'application/json' } })
      assertStatus(response, [200, 406], 'a request with Accept: application/json')
      if (response.status === 200)
        assertEqual(mediaTypeOf(response), operation.mediaType, 'the media type of the 200')
    },
    mutations: [withStatus(500), withResponse('JSON', 200, { 'Content-Type': 'application/json' }, '{}')],
  },
  {
    id: 'HTTP-011',
    title: 'Content-Disposition can be read, and names a PDF without a folder',
    level: 'http',
    source: 'rfc6266#4.1',
    covers: operation.documented(200),
    needs: [],
    async run(target) {
      const value = headerValue(await target.request(), 'content-disposition')
      if (value === undefined) return
      const { filename } = readDisposition(value)
      if (filename === undefined) return
      assert.ok(!/[/\\]/.test(filename), `the file name holds a folder: ${filename}`)
      assert.ok(
        !/\p{Cc}/u.test(filename),
        `the file name holds control characters: ${JSON.stringify(filename)}`,
      )
      assert.ok(/\.pdf$/i.test(filename), `the file name does not end in .pdf: ${filename}`)
    },
    mutations: [
      withHeader('Content-Disposition', 'attachment; filename=usage report.pdf'),
      withHeader('Content-Disposition', `attachment; filename="../${operation.fileName}"`),
      withHeader('Content-Disposition', 'attachment; filename="usage.html"'),
      withHeader('Content-Disposition', 'attachment; filename="a.pdf"; filename="b.pdf"'),
      withHeader('Content-Disposition', "attachment; filename*=UTF-8''%zz.pdf"),
      withHeader('Content-Disposition', "attachment; filename*=UTF-8''%E9t%E9.pdf"),
      withHeader('Content-Disposition', "attachment; filename*=UTF-8''usage%0D%0A.pdf"),
    ],
  },
  {
    id: 'HTTP-012',
    title: 'The answer names the file to save it as',
    level: 'advice',
    source: 'rfc6266#4.3',
    covers: operation.documented(200),
    needs: [],
    async run(target) {
      const value = headerValue(await target.request(), 'content-disposition')
      assert.ok(value !== undefined, 'there is no Content-Disposition header')
      const { filename } = readDisposition(value)
      assert.ok(filename, `Content-Disposition names no file: ${value}`)
      const left = findLeftover(filename)
      assert.ok(!left, `the name of the file, ${filename}, has ${left} in place of something`)
      assert.ok(!/^\./.test(filename), `the name of the file has nothing before its ending: ${filename}`)
      const escaped = /%[\da-f]{2}|&(?:#\d+|\w+);|^=\?[\w-]+\?[bq]\?/i.exec(filename)?.[0]
      assert.ok(
        !escaped,
        `the name of the file is shown with its escapes (${escaped}): ${filename}; what is beyond ASCII belongs into filename* (RFC 8187)`,
      )
    },
    mutations: [
      withoutHeader('Content-Disposition'),
      withHeader('Content-Disposition', 'inline'),
      withHeader('Content-Disposition', `attachment; filename="undefined-${operation.fileName}"`),
      withHeader('Content-Disposition', 'attachment; filename="usage_None.pdf"'),
      withHeader('Content-Disposition', 'attachment; filename="usage-1970-01-01.pdf"'),
      withHeader('Content-Disposition', 'attachment; filename=".pdf"'),
      withHeader('Content-Disposition', 'attachment; filename="M%C3%BCller.pdf"'),
      withHeader('Content-Disposition', 'attachment; filename="=?UTF-8?B?TcO8bGxlcg==?=.pdf"'),
    ],
  },
  {
    id: 'HTTP-013',
    title: 'The document is not sniffed for another type',
    level: 'advice',
    source: 'fetch#x-content-type-options-header',
    covers: operation.documented(200),
    needs: [],
    async run(target) {
      // Of several values, as an application and its proxy both send it, the first counts.
      const value = headerValue(await target.request(), 'x-content-type-options')?.split(',')[0]
      assertEqual(value?.trim().toLowerCase(), 'nosniff', 'X-Content-Type-Options')
    },
    mutations: [withoutHeader('X-Content-Type-Options'), withHeader('X-Content-Type-Options', 'sniff')],
  },
  {
    id: 'HTTP-014',
    title: 'A problem document names the status it came with',
    level: 'http',
    source: 'rfc9457#3.1.2',
    covers: operation.documented(401, 403, 404),
    needs: [],
    async run(target, context) {
      for (const [what, response] of await refusalsOf(target, context)) {
        if (mediaTypeOf(response) !== 'application/problem+json') continue
        const { status } = readObject(response)
        assert.ok(
          status === undefined || status === response.status,
          `${what} is answered ${response.status}, but its problem document says ${JSON.stringify(status)}`,
        )
      }
    },
    mutations: [
      withResponse('another status', 401, { 'Content-Type': 'application/problem+json' }, '{"status": 403}'),
      withResponse('no JSON', 401, { 'Content-Type': 'application/problem+json' }, '<html>'),
      withResponse('no object', 404, { 'Content-Type': 'application/problem+json' }, '[]'),
      withResponse(
        'a status in quotes, for those without access only',
        403,
        { 'Content-Type': 'application/problem+json' },
        '{"status": "403"}',
        ({ as }) => as === 'outsider',
      ),
    ],
  },
  {
    id: 'HTTP-015',
    title: 'A refusal tells nothing of how the deployment is built',
    level: 'advice',
    source: 'asvs#16.5.1',
    covers: operation.documented(401, 403, 404),
    needs: [],
    async run(target, context) {
      const odd = await target.request({ workspace: "'" })
      const refusals = [
        ...(await refusalsOf(target, context)),
        ["the refusal for the workspace '", odd] as const,
      ]
      for (const [what, { body, headers }] of refusals) {
        // The address of the deployment and the path of the request are no secrets.
        const said = body
          .toString('utf8')
          .replaceAll(context.base.hostname, '')
          .replaceAll(/\/workspaces\/[^\s"]*/g, '')
        const fields = headers.map(([name, value]) => `${name}: ${value}`)
        const [found] = [
          ...internals.flatMap((pattern) => pattern.exec(said) ?? []),
          ...fields.flatMap((field) => fragmentsOfCode.flatMap((pattern) => pattern.exec(field) ?? [])),
        ]
        assert.ok(found === undefined, `${what} shows internals: ${found?.trim()}`)
      }
    },
    mutations: [
      withBody('a stack trace', () => 'Error: no\n    at handler (/srv/app/server.js:10:5)'),
      withBody('a query', () => 'SQLSTATE[42P01]: SELECT * FROM workspaces WHERE id = $1'),
      withBody(
        'another stack trace',
        () => 'Traceback (most recent call last):\n  File "/app/main.py", line 3',
      ),
      withBody(
        'a host and its port',
        () => 'no answer from db-3.prod.internal:5432',
        ({ as }) => as === 'outsider',
      ),
      withHeader(
        'Server-Timing',
        'db;desc="SELECT id FROM members WHERE workspace = 17"',
        ({ as }) => as === 'outsider',
      ),
    ],
  },
  {
    id: 'HTTP-016',
    title: 'No field names the version of the software behind the deployment',
    level: 'advice',
    source: 'rfc9110#10.2.4',
    covers: operation.documented(200, 401),
    needs: [],
    async run(target) {
      for (const [what, response] of await usualResponses(target))
        for (const name of ['server', 'x-powered-by', 'x-aspnet-version', 'x-generator'])
          for (const value of headerValues(response, name))
            assert.ok(!/\d\.\d/.test(value), `${what} has ${name}: ${value}`)
    },
    mutations: [withHeader('Server', 'nginx/1.18.0 (Ubuntu)'), withHeader('X-Powered-By', 'PHP/8.1.2')],
  },
  {
    id: 'HTTP-017',
    title: 'Reading the report sets no cookie that a refusal does not set',
    level: 'advice',
    source: 'rfc9110#9.2.1',
    covers: operation.documented(200),
    needs: [],
    async run(target) {
      const cookiesOf = (response: ReceivedResponse) =>
        headerValues(response, 'set-cookie').map((value) => value.split('=')[0])
      // A cookie that a load balancer sets for every caller is no session.
      const anybodys = cookiesOf(await target.request({ as: 'nobody' }))
      const cookies = cookiesOf(await target.request()).filter((name) => !anybodys.includes(name))
      assert.ok(cookies.length === 0, `the export sets ${cookies.join(', ')}`)
    },
    mutations: [withHeader('Set-Cookie', 'session=1', ({ as }) => as !== 'nobody')],
  },
  {
    id: 'HTTP-018',
    title: 'The type of a problem document is a URI reference',
    level: 'http',
    source: 'rfc9457#3.1.1',
    covers: operation.documented(401, 403, 404),
    needs: [],
    async run(target, context) {
      for (const [what, response] of await refusalsOf(target, context)) {
        if (mediaTypeOf(response) !== 'application/problem+json') continue
        const { type } = readObject(response)
        assert.ok(
          type === undefined || (typeof type === 'string' && uriReference.test(type)),
          `the type of the problem in ${what} is no URI reference: ${JSON.stringify(type)}`,
        )
      }
    },
    mutations: [
      withResponse('spaces', 401, { 'Content-Type': 'application/problem+json' }, '{"type": "not found"}'),
      withResponse('a number', 404, { 'Content-Type': 'application/problem+json' }, '{"type": 404}'),
    ],
  },
  {
    id: 'HTTP-019',
    title: 'A long query breaks nothing',
    level: 'advice',
    source: 'rfc9110#15.5.15',
    covers: operation.documented(200),
    needs: [],
    async run(target) {
      const { status } = await target.request({ query: `unknown=${'x'.repeat(4000)}` })
      assert.ok(status < 500, `a query of 4000 characters is answered ${status}`)
    },
    mutations: [withStatus(500), withStatus(502)],
  },
  {
    id: 'HTTP-020',
    title: 'Whatever type a client accepts, a 200 is the document',
    level: 'contract',
    source: operation.inContract('/responses/200'),
    covers: operation.documented(200),
    needs: [],
    async run(target) {
      for (const type of ['application/json', 'text/html', 'text/csv']) {
        const response = await target.request({ headers: { Accept: type } })
        if (response.status === 200)
          assertEqual(
            mediaTypeOf(response),
            'application/pdf',
            `the media type of the 200 to Accept: ${type}`,
          )
      }
    },
    mutations: [
      withResponse('JSON', 200, { 'Content-Type': 'application/json' }, '{}'),
      withResponse('a page', 200, { 'Content-Type': 'text/html' }, '<p>Usage'),
    ],
  },
  {
    id: 'HTTP-021',
    title: 'A body is what its media type says, whatever the status',
    level: 'http',
    source: 'rfc9110#8.3',
    covers: operation.documented(200, 401, 403, 404),
    needs: [],
    readsWholeRun: true,
    async run(target, context) {
      await assertNoAnswer(target, context, (response) => {
        const why = whyMisnamed(response)
        return why && `as ${mediaTypeOf(response)}, but the body ${why}`
      })
    },
    mutations: [
      withResponse('a page called PDF', 403, { 'Content-Type': 'application/pdf' }, '<!doctype html>'),
      withResponse('a PDF called a page', 200, { 'Content-Type': 'text/html' }, '%PDF-1.7'),
      withResponse('JSON called a page', 401, { 'Content-Type': 'text/html' }, '{"code": "x"}'),
      withResponse('text called XML', 404, { 'Content-Type': 'application/xml' }, 'Not found'),
      withResponse('text called a picture', 404, { 'Content-Type': 'image/png' }, 'Not found'),
      withResponse('a page called JSON', 404, { 'Content-Type': 'application/json' }, '<html>'),
      withResponse('JSON that breaks off', 403, { 'Content-Type': 'application/json' }, '{"code": "x"'),
    ],
  },
  {
    id: 'HTTP-023',
    title: 'Fields are written in ASCII',
    level: 'advice',
    source: 'rfc9110#5.5',
    covers: operation.documented(200, 401),
    needs: [],
    async run(target) {
      for (const [what, { headers }] of await usualResponses(target))
        for (const [name, value] of headers)
          assert.ok(/^[\t -~]*$/.test(value), `${name} of ${what} has characters beyond ASCII: ${value}`)
    },
    mutations: [withHeader('Content-Disposition', 'attachment; filename="Zürich.pdf"')],
  },
  {
    id: 'HTTP-022',
    title: 'A refusal does not repeat markup that a browser would act on',
    level: 'advice',
    source: 'asvs#1.2.1',
    covers: operation.documented(404),
    needs: [],
    async run(target) {
      const response = await target.requestRaw({
        path: operation.pathOf('<x-altostrat>'),
      })
      const type = mediaTypeOf(response)
      assert.ok(
        !/^$|html|xml/.test(type) || !response.body.includes('<x-altostrat>'),
        `the refusal for the id <x-altostrat> repeats it unescaped in ${type || 'a body without a media type'}`,
      )
    },
    mutations: [
      withResponse(
        'a page with the path in it',
        404,
        { 'Content-Type': 'text/html' },
        '<p>no /workspaces/<x-altostrat>/organizations',
      ),
    ],
  },
  {
    id: 'HTTP-024',
    title: 'A media range is understood in any case, and with a weight',
    level: 'http',
    source: 'rfc9110#12.5.1',
    covers: operation.documented(200),
    needs: [],
    async run(target) {
      const accept = 'text/csv, Application/PDF;q=0.5'
      assertStatus(
        await target.request({ headers: { Accept: accept } }),
        [200],
        `a request with Accept: ${accept}`,
      )
    },
    mutations: [withStatus(406)],
  },
  {
    id: 'HTTP-025',
    title: 'HEAD has the fields that GET has',
    level: 'advice',
    source: 'rfc9110#9.3.2',
    covers: operation.documented(200),
    needs: [],
    comparesDocuments: true,
    async run(target) {
      const head = await target.request({ method: 'HEAD' })
      const [one, two] = [await target.request(), await target.request({ fresh: true })]
      if (head.status !== 200 || one.status !== 200) return
      for (const name of ['content-type', 'content-disposition', 'cache-control'])
        if (headerValue(one, name) !== undefined)
          assert.ok(headerValue(head, name) !== undefined, `GET has ${name}, HEAD has not`)
      const tags = [one, two, head].map((response) => headerValue(response, 'etag'))
      // Entity tags that change with every response, or that are computed from the content, say nothing about HEAD.
      if (tags[0] === tags[1] && tags[2] !== undefined)
        assertEqual(tags[2], tags[0], 'the entity tag that HEAD names')
    },
    mutations: [
      withoutHeader('Content-Disposition', ({ method }) => method === 'HEAD'),
      withHeader('ETag', '"head"', ({ method }) => method === 'HEAD'),
    ],
  },
  {
    id: 'HTTP-026',
    title: 'HEAD finds no workspace that GET does not',
    level: 'http',
    source: 'rfc9110#9.3.2',
    covers: operation.documented(404),
    needs: [],
    async run(target, { unknownWorkspace: workspace }) {
      const get = await target.request({ workspace })
      const head = await target.request({ method: 'HEAD', workspace })
      if (!isUnsupported(head) && (await isHeadServed(target)))
        assertEqual(head.status, get.status, 'the status of HEAD for an unknown workspace')
    },
    mutations: [withStatus(200, ({ method }) => method === 'HEAD')],
  },
  {
    id: 'HTTP-027',
    title: 'No field names a machine that only the operators can reach',
    level: 'advice',
    source: 'asvs#16.5.1',
    covers: operation.documented(200, 401, 403, 404),
    needs: [],
    readsWholeRun: true,
    async run(target, context) {
      // Redirects to the normal form of a path are built from the name that the application knows itself by.
      await target.request({ path: `${operation.pathOf(context.profile.workspace.id)}/` })
      await assertNoAnswer(target, context, ({ headers }) => {
        for (const [name, value] of headers) {
          // Proxies add themselves to these headers, as HTTP requires.
          if (/^(?:via|x-served-by|forwarded|x-forwarded-.*|x-cache.*)$/i.test(name)) continue
          const found = privateAddress.exec(value.replaceAll(context.base.hostname, ''))
          if (found) return `with ${name}: ${value}`
        }
        return undefined
      })
    },
    mutations: [
      withHeader('X-Backend', 'http://10.12.0.7:8080'),
      withHeader('Link', '<http://renderer.internal:9000/x>; rel="next"'),
      withHeader('X-Upstream', '192.168.4.20', ({ as }) => as === 'nobody'),
      withResponse(
        'a redirect inside',
        301,
        { Location: 'http://usage.svc:8080/' },
        '',
        ({ path }) => path?.endsWith('/') === true,
      ),
    ],
  },
  {
    id: 'HTTP-028',
    title: 'No answer of the run is a debug page, or shows a stack trace or a profiler',
    level: 'advice',
    source: 'asvs#16.5.1',
    covers: operation.documented(200, 401, 403, 404),
    needs: [],
    readsWholeRun: true,
    async run(target, context) {
      await target.request({ as: 'nobody', path: pathOfNothing })
      await assertNoAnswer(target, context, (response) => {
        const found =
          debugFieldIn(response.headers) ?? (isPdf(response) ? undefined : debugPageIn(response.body))
        return found && `with ${found}`
      })
    },
    mutations: [
      withBody(
        'the page of Django',
        () => 'You’re seeing this error because you have <code>DEBUG = True</code> in your settings',
      ),
      withBody('a stack trace of Node.js', () => '<pre>Error: no<br> &nbsp; &nbsp;at f (/a/b.js:1:2)</pre>'),
      withBody('a stack trace of Java', () => '{"trace":"x.Y: no\n\tat a.B.c(B.java:12)\n"}'),
      withHeader('X-Debug-Token-Link', '/_profiler/3f2a1c'),
    ],
  },
  {
    id: 'HTTP-029',
    title: 'No line break of the address starts a field of the answer',
    level: 'http',
    source: 'rfc9112#11.1',
    covers: operation.documented(404),
    needs: [],
    async run(target) {
      const requestsWith = (injected: string): RequestSpec[] => [
        { path: operation.pathWithSegment(`x${injected}`) },
        { path: `${operation.pathWithSegment(`x${injected}`)}/` },
        { path: `/${injected}` },
        { query: `x=${injected}` },
      ]
      const field = 'X-Altostrat-Contract:%20split'
      const requests = [
        ...requestsWith(`%0d%0a${field}`).flatMap((request) => [
          { ...request, as: 'member' as const },
          { ...request, as: 'nobody' as const },
        ]),
        // Recipients take a line feed alone for a line break (RFC 9112 §2.2), and filters look for both.
        ...requestsWith(`%0a${field}`),
      ]
      for (const request of requests) {
        const found = headerValue(await target.requestRaw(request), 'x-altostrat-contract')
        const where = request.path ?? `a query with ${request.query}`
        assert.ok(found === undefined, `${where} is answered with the field X-Altostrat-Contract: ${found}`)
      }
    },
    mutations: [
      withHeader('X-Altostrat-Contract', 'split', ({ path }) => path?.includes('%0d%0a') === true),
      withHeader('X-Altostrat-Contract', 'split', ({ path }) => path?.includes('x%0aX') === true),
      withHeader('X-Altostrat-Contract', 'split', ({ query }) => query !== undefined),
    ],
  },
  {
    id: 'HTTP-030',
    title: 'A digest that an answer names is that of its content',
    level: 'http',
    source: 'rfc9530#2',
    covers: operation.documented(200),
    needs: [],
    async run(target) {
      const range = { Range: 'bytes=0-99' }
      for (const coding of ['identity', 'gzip']) {
        const accepted = { 'Accept-Encoding': coding }
        const whole = await target.request({ headers: accepted })
        const part = await target.request({ headers: { ...accepted, ...range } })
        const again = await target.request({ headers: accepted, fresh: true })
        const isSteady = again.body.equals(whole.body)
        for (const [what, response] of [
          [`the document in ${coding}`, whole],
          [`a part of the document in ${coding}`, part],
        ] as const) {
          if (response.truncated || ![200, 206].includes(response.status)) continue
          // Of a part, the digest of the representation is that of the whole (RFC 9530 §3).
          const ofWhole = isSteady ? whole.body : undefined
          const representation = response.status === 200 ? response.body : ofWhole
          const wrong = findWrongDigest(response, { content: response.body, representation })
          assert.ok(
            wrong === undefined,
            `${wrong} of ${what} is not the digest of what is sent: ${headerValue(response, wrong ?? '')}`,
          )
        }
      }
    },
    mutations: [
      withHeader('Repr-Digest', `sha-256=:${'A'.repeat(43)}=:`),
      withHeader('Content-Digest', `sha-512=:${'A'.repeat(86)}==:`),
      withHeader('Content-MD5', `${'A'.repeat(22)}==`, ({ headers }) => headers?.Range !== undefined),
    ],
  },
  {
    id: 'HTTP-031',
    title: 'No redirect leads to a host that the address of the request names',
    level: 'advice',
    source: 'asvs#3.7.2',
    covers: operation.documented(404),
    needs: [],
    async run(target, { base, profile }) {
      const path = operation.pathOf(profile.workspace.id)
      const { host } = new URL(foreignOrigin)
      const requests: RequestSpec[] = [
        ...[`//${host}/`, `//${host}/%2e%2e`, `//${host}/..`, `/%5c${host}/`, `/%2f${host}/`].map((path) => ({
          path,
        })),
        ...['next', 'redirect', 'redirect_uri', 'url', 'return_to', 'continue'].map((name) => ({
          query: `${name}=${encodeURIComponent(`${foreignOrigin}/`)}`,
        })),
        { path: `${path}/`, headers: { 'X-Forwarded-Host': host } },
      ]
      for (const request of requests.flatMap((one) => [one, { ...one, as: 'nobody' as const }])) {
        const response = await target.requestRaw(request)
        const location = headerValue(response, 'location')
        if (location === undefined || response.status < 300 || response.status >= 400) continue
        // Browsers take a backslash for a slash (URL Standard).
        const destination = URL.parse(location.replaceAll('\\', '/'), base)
        const asked = request.path ?? `the query ${request.query}`
        assert.ok(
          destination?.host !== host,
          `${asked} is answered ${response.status} with Location: ${location}, so that a link to this deployment leads elsewhere`,
        )
      }
    },
    mutations: [
      withResponse('a slash is cut off', 301, { Location: `//${new URL(foreignOrigin).host}` }),
      withResponse(
        'a query is followed',
        302,
        { Location: `${foreignOrigin}/` },
        '',
        ({ query }) => query?.startsWith('next') === true,
      ),
      withResponse(
        'a header is believed',
        301,
        { Location: `${foreignOrigin}/x` },
        '',
        ({ headers }) => headers?.['X-Forwarded-Host'] !== undefined,
      ),
    ],
  },
  {
    id: 'HTTP-032',
    title: 'No answer repeats a host that only the client names',
    level: 'advice',
    source: 'asvs#4.1.3',
    covers: operation.documented(200, 401, 404),
    needs: [],
    async run(target, { unknownWorkspace }) {
      const { host } = new URL(foreignOrigin)
      const headers = { 'X-Forwarded-Host': host, Forwarded: `host=${host}`, 'X-Original-Host': host }
      for (const [what, request] of [
        ['the export', {}],
        ['the refusal without credentials', { as: 'nobody' }],
        ['the refusal for an unknown workspace', { workspace: unknownWorkspace }],
      ] as [string, RequestSpec][]) {
        const response = await target.request({ ...request, headers })
        const field = response.headers.find(([, value]) => value.includes(host))
        const place = field?.[0] ?? (response.body.includes(host) ? 'its body' : undefined)
        assert.ok(
          place === undefined,
          `${what} names ${host} in ${place}, which a client sent as X-Forwarded-Host: caches and mails may spread such links`,
        )
      }
    },
    mutations: [
      withHeader('Link', `<${foreignOrigin}/docs>; rel="help"`),
      withBody(
        'the body has a link',
        () => `{"instance":"${foreignOrigin}/workspaces"}`,
        ({ as }) => as === 'nobody',
      ),
    ],
  },
  {
    id: 'HTTP-034',
    title: 'Retry-After is a number of seconds, or a date',
    level: 'http',
    source: 'rfc9110#10.2.3',
    covers: operation.documented(200, 401, 403, 404),
    needs: [],
    readsWholeRun: true,
    async run(target, context) {
      await assertNoAnswer(target, context, (response) => {
        const value = headerValue(response, 'retry-after')
        const isRead = value === undefined || /^\d+$/.test(value.trim()) || !Number.isNaN(readHttpDate(value))
        return isRead ? undefined : `with Retry-After: ${value}`
      })
    },
    mutations: [
      withHeader('Retry-After', 'soon'),
      withHeader('Retry-After', '-1', ({ as }) => as === 'nobody'),
    ],
  },
  {
    id: 'HTTP-033',
    title: 'A request without User-Agent is answered like any other',
    level: 'advice',
    source: 'rfc9110#10.1.5',
    covers: operation.documented(200),
    needs: [],
    async run(target) {
      const { status } = await target.requestRaw()
      const response = await target.requestRaw({ headers: { 'User-Agent': [] } })
      assert.ok(
        response.status === status,
        `a request without User-Agent is answered ${response.status}, one with it ${status}; no client has to send it`,
      )
    },
    mutations: [
      withStatus(403, ({ headers }) => headers?.['User-Agent'] !== undefined),
      withStatus(500, ({ headers }) => headers?.['User-Agent'] !== undefined),
    ],
  },
]

/** What programs leave in a name where they have nothing to put there: a word, a template, the zero of a clock. */
const findLeftover = (filename: string): string | undefined =>
  /(?<!\p{L})(?:undefined|null|NaN|None|nil|Infinity|Invalid[ _-]?[Dd]ate)(?!\p{L})|\[object|\$?\{|<[^<>]*>|%[sd](?!\p{L})/u.exec(
    filename,
  )?.[0] ?? findZeroDate(filename)

/** Its characters (RFC 3986 §2); what they mean is not judged. */
const uriReference = /^(?:%[\da-f]{2}|[\w.~!$&'()*+,;=:@/?#[\]-])*$/i

const token = "[!#$%&'*+.^_`|~0-9A-Za-z-]+"
const disposition = new RegExp(
  `^${token}(?:\\s*;\\s*${token}\\s*=\\s*(?:${token}|"(?:[^"\\\\]|\\\\.)*"))*\\s*(?:;\\s*)?$`,
)
/** RFC 8187 §3.2.1. */
const extendedValue = /^(?:utf-8|iso-8859-1)'[\w-]*'(?:%[0-9a-f]{2}|[!#$&+.^_`|~\w-])*$/i

function isDecodable(encoded: string): boolean {
  try {
    decodeURIComponent(encoded)
    return true
  } catch {
    return false
  }
}

/** The library reads leniently, as browsers do; the grammar itself is judged here. */
function readDisposition(value: string): { filename: string | undefined } {
  assertMatches(value, disposition, 'Content-Disposition')
  const names = [
    ...value.matchAll(new RegExp(`;\\s*(${token})\\s*=\\s*(?:"(?:[^"\\\\]|\\\\.)*"|${token})`, 'g')),
  ].map(([, name]) => name!.toLowerCase())
  const repeated = names.find((name, index) => names.indexOf(name) !== index)
  assert.ok(repeated === undefined, `Content-Disposition has ${repeated} twice: ${value}`)
  const extended = /filename\*\s*=\s*([^;\s]+)/i.exec(value)?.[1]
  if (extended !== undefined) {
    assertMatches(extended, extendedValue, 'filename* of Content-Disposition')
    const isUtf8 = /^utf-8'/i.test(extended)
    assert.ok(
      !isUtf8 || isDecodable(extended),
      `filename* of Content-Disposition is declared to be UTF-8, and its bytes are not: ${extended}`,
    )
  }
  try {
    const { filename } = parseDisposition(value).parameters
    return { filename }
  } catch (error) {
    assert.fail(`Content-Disposition cannot be read (${(error as Error).message}): ${value}`)
  }
}

function readObject(response: ReceivedResponse): Record<string, unknown> {
  const value = readJsonBody(response.body)
  assert.ok(value !== undefined, `the body is no JSON, although its type is ${mediaTypeOf(response)}`)
  assert.ok(
    typeof value === 'object' && value !== null && !Array.isArray(value),
    'the problem document is no object',
  )
  return value as Record<string, unknown>
}
