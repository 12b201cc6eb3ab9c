import assert from 'node:assert/strict'
import type { Target } from '../../engine/target.ts'
import { headerValue, type ReceivedResponse } from '../../http/response.ts'
import type { DownloadOperation } from '../../operations/download-operation.ts'
import type { Check } from '../check.ts'
import { replaceHeader, withHeader, withResponse } from '../mutations/mutations.ts'
import { foreignOrigin as foreign } from '../probes/request-variants.ts'

const foreignHost = new URL(foreign).hostname

const requestFromOrigin = (target: Target) => target.request({ headers: { Origin: foreign } })

/** Asks whether scripts may send a token. */
const preflightFrom = (target: Target) =>
  target.request({
    method: 'OPTIONS',
    as: 'nobody',
    headers: {
      Origin: foreign,
      'Access-Control-Request-Method': 'GET',
      'Access-Control-Request-Headers': 'authorization',
    },
  })

const allowedOrigin = (response: ReceivedResponse) => headerValue(response, 'access-control-allow-origin')

/** Whether the scripts of any origin may read the response. */
const isOpen = (response: ReceivedResponse) => ['*', foreign].includes(allowedOrigin(response) ?? '')

const listed = (response: ReceivedResponse, name: string) =>
  (headerValue(response, name) ?? '').split(',').map((one) => one.trim().toLowerCase())

const reflecting = { 'Access-Control-Allow-Origin': foreign }

/** What browsers let the scripts of other origins do. Nobody has to let them do anything. */
export const cors = (operation: DownloadOperation): Check[] => [
  {
    id: 'CORS-001',
    title: 'Scripts of an unknown origin may not ask with the credentials of a browser',
    level: 'advice',
    source: 'fetch#cors-protocol-and-credentials',
    covers: operation.documented(200),
    needs: [],
    async run(target, { base }) {
      // Lists that look for a part of the origin let those in that begin like a trusted one.
      const alike = [`http://localhost.${foreignHost}`, `${base.protocol}//${base.hostname}.${foreignHost}`]
      // A sandboxed frame of any page has the origin null.
      for (const origin of [foreign, 'null', ...alike]) {
        const response = await target.request({ headers: { Origin: origin } })
        const withCredentials =
          headerValue(response, 'access-control-allow-credentials')?.toLowerCase() === 'true'
        assert.ok(
          !(withCredentials && ['*', origin].includes(allowedOrigin(response) ?? '')),
          `a request from ${origin} is answered with Access-Control-Allow-Origin: ${allowedOrigin(response)} and Access-Control-Allow-Credentials: true`,
        )
      }
    },
    mutations: (['*', foreign, 'null', `http://localhost.${foreignHost}`] as const).map((origin) =>
      withResponse(`credentials for ${origin}`, 200, {
        'Access-Control-Allow-Origin': origin,
        'Access-Control-Allow-Credentials': 'true',
      }),
    ) as Check['mutations'],
  },
  {
    id: 'CORS-002',
    title: 'Access-Control-Allow-Origin is one origin, or all of them',
    level: 'advice',
    source: 'fetch#http-access-control-allow-origin',
    covers: operation.documented(200),
    needs: [],
    async run(target) {
      const origin = allowedOrigin(await requestFromOrigin(target))
      if (origin === undefined) return
      assert.ok(
        /^(?:\*|null|[a-z][a-z\d+.-]*:\/\/[^\s/,?#]+)$/i.test(origin),
        `Access-Control-Allow-Origin is no origin, so that browsers refuse it: ${origin}`,
      )
    },
    mutations: [
      withHeader('Access-Control-Allow-Origin', 'https://a.example, https://b.example'),
      withHeader('Access-Control-Allow-Origin', 'https://a.example/'),
      withHeader('Access-Control-Allow-Origin', 'a.example'),
    ],
  },
  {
    id: 'CORS-003',
    title: 'Scripts that may read the document may send a token to get it',
    level: 'advice',
    source: 'fetch#cors-preflight-fetch',
    covers: operation.documented(200),
    needs: [],
    async run(target) {
      if (!isOpen(await requestFromOrigin(target))) return
      const preflight = await preflightFrom(target)
      // A preflight response without CORS headers lets no script send a token, which is the deployment's choice.
      const { status } = preflight
      if (allowedOrigin(preflight) === undefined || status === 405 || status === 501) return
      assert.ok(status >= 200 && status < 300, `the preflight request is answered ${status}`)
      assert.ok(
        isOpen(preflight),
        `the answer to the preflight request allows another origin: ${allowedOrigin(preflight)}`,
      )
      assert.ok(
        listed(preflight, 'access-control-allow-headers').includes('authorization'),
        'Access-Control-Allow-Headers does not name Authorization, which no wildcard stands for',
      )
    },
    mutations: [
      withResponse('other fields are allowed', 204, {
        ...reflecting,
        'Access-Control-Allow-Headers': 'Accept, *',
      }),
      withResponse('preflight requests need a token', 401, {
        ...reflecting,
        'Access-Control-Allow-Headers': 'Authorization',
      }),
    ],
  },
  {
    id: 'CORS-004',
    title: 'Scripts that may read the document may read its file name',
    level: 'advice',
    source: 'fetch#http-access-control-expose-headers',
    covers: operation.documented(200),
    needs: [],
    async run(target) {
      const response = await requestFromOrigin(target)
      if (!isOpen(response) || headerValue(response, 'content-disposition') === undefined) return
      const exposed = listed(response, 'access-control-expose-headers')
      assert.ok(
        exposed.includes('*') || exposed.includes('content-disposition'),
        'Access-Control-Expose-Headers does not name Content-Disposition',
      )
    },
    mutations: [
      withResponse('another field is exposed', 200, {
        ...reflecting,
        'Content-Disposition': `attachment; filename="${operation.fileName}"`,
        'Access-Control-Expose-Headers': 'ETag',
      }),
    ],
  },
  {
    id: 'CORS-005',
    title: 'An answer that names the origin of the request says that it varies with it',
    level: 'advice',
    source: 'fetch#cors-protocol-and-http-caches',
    covers: operation.documented(200),
    needs: [],
    async run(target) {
      const response = await requestFromOrigin(target)
      const isStored = !listed(response, 'cache-control').includes('no-store')
      if (allowedOrigin(response) !== foreign || !isStored) return
      const vary = listed(response, 'vary')
      assert.ok(
        vary.includes('origin') || vary.includes('*'),
        `Access-Control-Allow-Origin repeats the origin, but Vary is ${headerValue(response, 'vary') ?? 'not sent'}`,
      )
    },
    mutations: [withResponse('Vary names another field', 200, { ...reflecting, Vary: 'Authorization' })],
  },
  {
    id: 'CORS-007',
    title: 'Scripts that may ask for the document may read it',
    level: 'advice',
    source: 'fetch#http-access-control-allow-origin',
    covers: operation.documented(200),
    needs: [],
    async run(target) {
      const preflight = await preflightFrom(target)
      const allowed = listed(preflight, 'access-control-allow-headers')
      if (!isOpen(preflight) || preflight.status >= 300 || !allowed.includes('authorization')) return
      const origin = allowedOrigin(await requestFromOrigin(target))
      assert.ok(
        origin !== undefined,
        'the preflight request lets scripts ask with a token, and the document has no Access-Control-Allow-Origin',
      )
    },
    mutations: [
      {
        title: 'only preflight requests are for scripts',
        response: (response, { method }) =>
          method === 'OPTIONS'
            ? {
                ...replaceHeader(response, 'Access-Control-Allow-Origin', '*'),
                headers: [
                  ...response.headers,
                  ['Access-Control-Allow-Origin', '*'],
                  ['Access-Control-Allow-Headers', 'Authorization'],
                ],
                status: 204,
              }
            : response,
      },
    ],
  },
  {
    id: 'CORS-006',
    title: 'Scripts that may read the document may read why they do not get it',
    level: 'advice',
    source: 'fetch#http-access-control-allow-origin',
    covers: operation.documented(401),
    needs: [],
    async run(target) {
      if (!isOpen(await requestFromOrigin(target))) return
      const refusal = await target.request({ as: 'nobody', headers: { Origin: foreign } })
      assert.ok(
        isOpen(refusal),
        `Access-Control-Allow-Origin of the ${refusal.status} is ${allowedOrigin(refusal) ?? 'not sent'}, so that scripts cannot tell it from a broken connection`,
      )
    },
    mutations: [
      {
        title: 'only the document is for scripts',
        response: (response, { as }) =>
          as === 'nobody' ? response : replaceHeader(response, 'Access-Control-Allow-Origin', '*'),
      },
    ],
  },
]
