import assert from 'node:assert/strict'
import type { Target } from '../../engine/target.ts'
import { type Answer, fieldValue } from '../../http/response.ts'
import type { Check } from '../check.ts'
import { answering, replaceField, withField } from '../mutations/mutations.ts'
import { documented } from '../operation.ts'
import { foreignOrigin as foreign } from '../probes/request-variants.ts'

const foreignHost = new URL(foreign).hostname

const askFrom = (target: Target) => target.ask({ headers: { Origin: foreign } })

const allowedOrigin = (answer: Answer) => fieldValue(answer, 'access-control-allow-origin')

/** Whether the scripts of any origin may read the answer. */
const isOpen = (answer: Answer) => ['*', foreign].includes(allowedOrigin(answer) ?? '')

const listed = (answer: Answer, name: string) =>
  (fieldValue(answer, name) ?? '').split(',').map((one) => one.trim().toLowerCase())

const reflecting = { 'Access-Control-Allow-Origin': foreign }

/** What browsers let the scripts of other origins do. Nobody has to let them do anything. */
export const cors: Check[] = [
  {
    id: 'CORS-001',
    title: 'Scripts of an unknown origin may not ask with the credentials of a browser',
    level: 'advice',
    source: 'fetch#cors-protocol-and-credentials',
    covers: [documented(200)],
    needs: [],
    async run(target, { base }) {
      // Lists that look for a part of the origin let those in that begin like a trusted one.
      const alike = [`http://localhost.${foreignHost}`, `${base.protocol}//${base.hostname}.${foreignHost}`]
      // A sandboxed frame of any page has the origin null.
      for (const origin of [foreign, 'null', ...alike]) {
        const answer = await target.ask({ headers: { Origin: origin } })
        const withCredentials =
          fieldValue(answer, 'access-control-allow-credentials')?.toLowerCase() === 'true'
        assert.ok(
          !(withCredentials && ['*', origin].includes(allowedOrigin(answer) ?? '')),
          `a request from ${origin} is answered with Access-Control-Allow-Origin: ${allowedOrigin(answer)} and Access-Control-Allow-Credentials: true`,
        )
      }
    },
    counterexamples: (['*', foreign, 'null', `http://localhost.${foreignHost}`] as const).map((origin) =>
      answering(`credentials for ${origin}`, 200, {
        'Access-Control-Allow-Origin': origin,
        'Access-Control-Allow-Credentials': 'true',
      }),
    ) as Check['counterexamples'],
  },
  {
    id: 'CORS-002',
    title: 'Access-Control-Allow-Origin is one origin, or all of them',
    level: 'advice',
    source: 'fetch#http-access-control-allow-origin',
    covers: [documented(200)],
    needs: [],
    async run(target) {
      const origin = allowedOrigin(await askFrom(target))
      if (origin === undefined) return
      assert.ok(
        /^(?:\*|null|[a-z][a-z\d+.-]*:\/\/[^\s/,?#]+)$/i.test(origin),
        `Access-Control-Allow-Origin is no origin, so that browsers refuse it: ${origin}`,
      )
    },
    counterexamples: [
      withField('Access-Control-Allow-Origin', 'https://a.example, https://b.example'),
      withField('Access-Control-Allow-Origin', 'https://a.example/'),
      withField('Access-Control-Allow-Origin', 'a.example'),
    ],
  },
  {
    id: 'CORS-003',
    title: 'Scripts that may read the document may send a token to get it',
    level: 'advice',
    source: 'fetch#cors-preflight-fetch',
    covers: [documented(200)],
    needs: [],
    async run(target) {
      if (!isOpen(await askFrom(target))) return
      const preflight = await target.ask({
        method: 'OPTIONS',
        as: 'nobody',
        headers: {
          Origin: foreign,
          'Access-Control-Request-Method': 'GET',
          'Access-Control-Request-Headers': 'authorization',
        },
      })
      // Whoever does not speak of origins here lets no script send a token, which is theirs to decide.
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
    counterexamples: [
      answering('other fields are allowed', 204, {
        ...reflecting,
        'Access-Control-Allow-Headers': 'Accept, *',
      }),
      answering('preflight requests need a token', 401, {
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
    covers: [documented(200)],
    needs: [],
    async run(target) {
      const answer = await askFrom(target)
      if (!isOpen(answer) || fieldValue(answer, 'content-disposition') === undefined) return
      const exposed = listed(answer, 'access-control-expose-headers')
      assert.ok(
        exposed.includes('*') || exposed.includes('content-disposition'),
        'Access-Control-Expose-Headers does not name Content-Disposition',
      )
    },
    counterexamples: [
      answering('another field is exposed', 200, {
        ...reflecting,
        'Content-Disposition': 'attachment; filename="usage.pdf"',
        'Access-Control-Expose-Headers': 'ETag',
      }),
    ],
  },
  {
    id: 'CORS-005',
    title: 'An answer that names the origin of the request says that it varies with it',
    level: 'advice',
    source: 'fetch#cors-protocol-and-http-caches',
    covers: [documented(200)],
    needs: [],
    async run(target) {
      const answer = await askFrom(target)
      const isStored = !listed(answer, 'cache-control').includes('no-store')
      if (allowedOrigin(answer) !== foreign || !isStored) return
      const vary = listed(answer, 'vary')
      assert.ok(
        vary.includes('origin') || vary.includes('*'),
        `Access-Control-Allow-Origin repeats the origin, but Vary is ${fieldValue(answer, 'vary') ?? 'not sent'}`,
      )
    },
    counterexamples: [answering('Vary names another field', 200, { ...reflecting, Vary: 'Authorization' })],
  },
  {
    id: 'CORS-006',
    title: 'Scripts that may read the document may read why they do not get it',
    level: 'advice',
    source: 'fetch#http-access-control-allow-origin',
    covers: [documented(401)],
    needs: [],
    async run(target) {
      if (!isOpen(await askFrom(target))) return
      const refusal = await target.ask({ as: 'nobody', headers: { Origin: foreign } })
      assert.ok(
        isOpen(refusal),
        `Access-Control-Allow-Origin of the ${refusal.status} is ${allowedOrigin(refusal) ?? 'not sent'}, so that scripts cannot tell it from a broken connection`,
      )
    },
    counterexamples: [
      {
        title: 'only the document is for scripts',
        answer: (answer, { as }) =>
          as === 'nobody' ? answer : replaceField(answer, 'Access-Control-Allow-Origin', '*'),
      },
    ],
  },
]
