import assert from 'node:assert/strict'
import type { RequestSpec } from '../../http/request.ts'
import { headerValues, mediaTypeOf } from '../../http/response.ts'
import type { DownloadOperation } from '../../operations/download-operation.ts'
import { assertEqual, assertStatus, isPdf } from '../assertions/assertions.ts'
import type { Check } from '../check.ts'
import { withBody, withHeader, withoutHeader, withResponse, withStatus } from '../mutations/mutations.ts'
import {
  acceptedCodings,
  browserHeaders,
  foreignOrigin,
  isPlain,
  requestVariants,
  unknownEntityTag,
} from '../probes/request-variants.ts'

/** Headers that a client may send with any request, each by itself. */
const ordinaryHeaders: Record<string, string>[] = [
  ...acceptedCodings.map((coding) => ({ 'Accept-Encoding': coding })),
  { 'Accept-Encoding': 'gzip;q=1.0, deflate;q=0.6, identity;q=0.3' },
  { Accept: 'application/pdf;q=0.9, */*;q=0.1' },
  { Origin: foreignOrigin },
  { Origin: 'null' },
  { Range: 'bytes=0-99' },
  { Range: 'bytes=999999999999-' },
  { 'If-None-Match': unknownEntityTag },
  { 'If-None-Match': '*' },
  { 'If-None-Match': `W/"another", ${unknownEntityTag}` },
  { 'If-Modified-Since': 'yesterday' },
  // Values that break the grammar of their fields, as scripts and old software send them.
  { Accept: 'application/pdf, text/html;q=high' },
  { 'Accept-Language': 'de_CH.UTF-8' },
  { Cookie: 'a=%; b="c; =d' },
  { 'If-None-Match': 'abc' },
  { Range: 'bytes=' },
  { Range: 'bytes=5-2' },
  { Range: 'bytes=99999999999999999999-' },
  { traceparent: '00-0-0-0' },
  { 'X-Forwarded-For': 'unknown, [::1' },
]

/** Headers that libraries for clients add to whatever they send, and that say nothing about a request without content. */
const clientHeaders: Record<string, string>[] = [
  { 'Accept-Language': '*' },
  { 'Content-Type': 'application/json' },
  { 'Accept-Charset': 'utf-8' },
  { 'X-Requested-With': 'XMLHttpRequest' },
  { Cookie: 'theme=dark; consent=%7B%22a%22%3Atrue%7D' },
  { traceparent: '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01', tracestate: 'vendor=1' },
  { Referer: `${foreignOrigin}/page?x=1` },
  { 'X-Request-ID': 'altostrat-contract' },
  { Priority: 'u=1, i', TE: 'trailers' },
]

/** The documented responses: statuses and media types. */
export const contract = (operation: DownloadOperation): Check[] => [
  {
    id: 'CONTRACT-001',
    title: 'A member is answered 200',
    level: 'contract',
    source: operation.inContract('/responses/200'),
    covers: operation.documented(200),
    needs: [],
    async run(target) {
      assertStatus(await target.request(), [200], 'a member who asks for the export')
    },
    mutations: [withStatus(204), withStatus(500), withStatus(302), withStatus(206)],
  },
  {
    id: 'CONTRACT-002',
    title: 'The export has the media type application/pdf',
    level: 'contract',
    source: operation.inContract(`/responses/200/content/${operation.mediaType.replace('/', '~1')}`),
    covers: operation.documented(200),
    needs: [],
    async run(target) {
      const response = await target.request()
      assertEqual(mediaTypeOf(response), operation.mediaType, 'the media type of the export')
      assertEqual(headerValues(response, 'content-type').length, 1, 'the number of Content-Type fields')
    },
    mutations: [
      withHeader('Content-Type', 'application/octet-stream'),
      withHeader('Content-Type', 'text/html; charset=utf-8'),
      withoutHeader('Content-Type'),
    ],
  },
  {
    id: 'CONTRACT-003',
    title: 'The export has content',
    level: 'contract',
    source: operation.inContract(`/responses/200/content/${operation.mediaType.replace('/', '~1')}/schema`),
    covers: operation.documented(200),
    needs: [],
    async run(target) {
      const response = await target.request()
      assert.ok(response.body.length > 0, 'the export is empty')
      assert.ok(
        !response.truncated,
        `the export breaks off after ${response.body.length} bytes: ${response.truncated}`,
      )
    },
    mutations: [
      withBody('an empty body', () => ''),
      { title: 'the body breaks off', response: (response) => ({ ...response, truncated: 'closed' }) },
    ],
  },
  {
    id: 'CONTRACT-004',
    title: 'A request without credentials is answered 401',
    level: 'contract',
    source: operation.inContract('/responses/401'),
    covers: operation.documented(401),
    needs: [],
    async run(target) {
      assertStatus(await target.request({ as: 'nobody' }), [401], 'a request without credentials')
    },
    mutations: [withStatus(403), withStatus(200), withStatus(302), withStatus(400), withStatus(500)],
  },
  {
    id: 'CONTRACT-005',
    title: 'An unknown workspace is answered 404 or 403',
    level: 'contract',
    source: operation.inContract('/responses/404'),
    covers: operation.documented(404),
    needs: [],
    async run(target, { unknownWorkspace }) {
      const response = await target.request({ workspace: unknownWorkspace })
      assertStatus(response, [404, 403], 'a member who asks for a workspace that does not exist')
    },
    mutations: [withStatus(200), withStatus(204), withStatus(400), withStatus(500), withStatus(401)],
  },
  {
    id: 'CONTRACT-006',
    title: 'A workspace that the caller has no access to is answered 403, or 404 to hide it',
    level: 'contract',
    source: operation.inContract('/responses/403'),
    covers: operation.documented(403),
    needs: ['outsider'],
    async run(target, { profile }) {
      const response = await target.request({ as: 'outsider' })
      // A 401 here may mean that the outsider's token has expired: ACCESS-003 tells the two apart.
      const expected = profile.expect.outsider === 'either' ? [403, 404, 401] : [profile.expect.outsider, 401]
      assertStatus(response, expected, 'somebody without access who asks for the export')
    },
    mutations: [withStatus(200), withStatus(204), withStatus(302), withStatus(500)],
  },
  {
    id: 'CONTRACT-007',
    title: 'Each media range that includes PDF is answered with the document',
    level: 'contract',
    source: 'rfc9110#12.5.1',
    covers: operation.documented(200),
    needs: [],
    async run(target) {
      for (const accept of [operation.mediaType, 'application/*', '*/*']) {
        const response = await target.request({ headers: { Accept: accept } })
        assertStatus(response, [200], `a request with Accept: ${accept}`)
        assertEqual(mediaTypeOf(response), operation.mediaType, `the media type with Accept: ${accept}`)
      }
    },
    mutations: [
      withResponse(
        'only some media ranges are understood',
        406,
        {},
        '',
        ({ headers }) => headers?.Accept === 'application/*',
      ),
      withHeader('Content-Type', 'text/html'),
    ],
  },
  {
    id: 'CONTRACT-008',
    title: 'An unknown query parameter does not change the answer',
    level: 'advice',
    source: operation.inContract('/parameters'),
    covers: operation.documented(200),
    needs: [],
    async run(target) {
      const response = await target.request({ query: 'unknown-parameter=1' })
      assertStatus(response, [200], 'a request with an unknown query parameter')
      assertEqual(mediaTypeOf(response), operation.mediaType, 'the media type')
    },
    mutations: [withStatus(400), withStatus(500)],
  },
  {
    id: 'CONTRACT-009',
    title: 'A request as browsers send it is answered with the document',
    level: 'contract',
    source: operation.inContract('/responses/200'),
    covers: operation.documented(200),
    needs: [],
    async run(target) {
      for (const language of ['de-CH,de;q=0.9,en;q=0.5', 'ar-EG,ar']) {
        const response = await target.request({ headers: browserHeaders(language) })
        assertStatus(response, [200], `a member whose browser prefers the languages ${language}`)
        assertEqual(mediaTypeOf(response), operation.mediaType, 'the media type for a browser')
      }
    },
    mutations: [
      withResponse('a language that is not spoken', 406, {}, '', ({ headers }) =>
        String(headers?.['Accept-Language']).startsWith('ar'),
      ),
      withResponse('a page for browsers', 200, { 'Content-Type': 'text/html' }, '<p>Usage', ({ headers }) =>
        String(headers?.Accept).includes('html'),
      ),
      withStatus(500),
    ],
  },
  {
    id: 'CONTRACT-010',
    title: 'However it is asked for, a 200 has the media type application/pdf',
    level: 'contract',
    source: operation.inContract(`/responses/200/content/${operation.mediaType.replace('/', '~1')}`),
    covers: operation.documented(200),
    needs: [],
    async run(target, { profile }) {
      const requests: [string, RequestSpec][] = [
        ...requestVariants,
        ['the workspace asked for a second time', { fresh: true }],
        ...acceptedCodings.map((coding): [string, RequestSpec] => [
          `Accept-Encoding: ${coding}`,
          { headers: { 'Accept-Encoding': coding } },
        ]),
        ...(profile.emptyWorkspace
          ? [['an empty workspace', { workspace: profile.emptyWorkspace.id }] as [string, RequestSpec]]
          : []),
      ]
      for (const [what, request] of requests) {
        const response = await target.request(request)
        if (response.status === 200)
          assertEqual(mediaTypeOf(response), operation.mediaType, `the media type for ${what}`)
      }
    },
    mutations: [
      withHeader('Content-Type', 'application/octet-stream', ({ fresh }) => fresh === true),
      withHeader('Content-Type', 'application/octet-stream', ({ headers }) => !!headers?.['Accept-Encoding']),
      withHeader('Content-Type', 'application/octet-stream', ({ workspace }) => workspace !== undefined),
    ],
  },
  {
    id: 'CONTRACT-011',
    title: 'No field that clients or proxies send makes the deployment fail',
    level: 'contract',
    source: operation.inContract('/responses'),
    covers: operation.documented(200),
    needs: [],
    async run(target) {
      for (const headers of ordinaryHeaders) {
        const { status } = await target.request({ headers })
        const [name, value] = Object.entries(headers)[0]!
        assert.ok(status < 500, `a member who asks with ${name}: ${value} is answered ${status}`)
      }
    },
    mutations: [
      withStatus(500, ({ headers }) => headers?.Origin === 'null'),
      withStatus(502, ({ headers }) => headers?.['Accept-Encoding'] === 'br'),
      withStatus(500, ({ headers }) => headers?.Range !== undefined),
    ],
  },
  {
    id: 'CONTRACT-012',
    title: 'The fields that client libraries add to every request do not keep a member from the document',
    level: 'contract',
    source: operation.inContract('/responses/200'),
    covers: operation.documented(200),
    needs: [],
    async run(target) {
      for (const headers of clientHeaders) {
        const [[name, value] = []] = Object.entries(headers)
        const response = await target.request({ headers })
        assertStatus(response, [200], `a member who asks with ${name}: ${value}`)
        assert.ok(isPdf(response), `a member who asks with ${name}: ${value} receives no PDF`)
      }
    },
    mutations: [
      withStatus(415, ({ headers }) => headers?.['Content-Type'] !== undefined),
      withStatus(406, ({ headers }) => headers?.['Accept-Charset'] !== undefined),
      withBody(
        'a page',
        () => '<p>',
        ({ headers }) => headers?.['X-Requested-With'] !== undefined,
      ),
    ],
  },
  {
    id: 'CONTRACT-013',
    title: 'A member is answered 200 from the first request on, and each time',
    level: 'contract',
    source: operation.inContract('/responses/200'),
    covers: operation.documented(200),
    needs: [],
    readsWholeRun: true,
    async run(target) {
      await target.request()
      const failed = target.findInRun(({ spec, response: { status } }) =>
        isPlain(spec) && status !== 200
          ? `the export was answered ${status} one of the times that the member asked`
          : undefined,
      )
      assert.ok(failed === undefined, failed)
    },
    mutations: [withStatus(500)],
  },
]
