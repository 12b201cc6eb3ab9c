import assert from 'node:assert/strict'
import { describeResponse, type ReceivedResponse } from '../../http/response.ts'
import type { DownloadOperation } from '../../operations/download-operation.ts'
import { SetupError } from '../../setup-error.ts'
import { assertRefused, assertStatus, isPdf } from '../assertions/assertions.ts'
import { canariesIn, canariesOf } from '../assertions/canaries.ts'
import type { Check, Mutation } from '../check.ts'
import { credentialsIgnored, everythingServed, withStatus } from '../mutations/mutations.ts'

/** How many requests each of two tenants sends at the same time. */
const interleaved = 6

/** Statements on several requests together. */
export const sequences = (operation: DownloadOperation): Check[] => [
  {
    id: 'SEQUENCE-001',
    title: 'Each caller of one URL receives an answer of their own, whoever asked before',
    level: 'contract',
    source: operation.inContract('/responses/403'),
    covers: operation.documented(200, 401, 403),
    needs: ['outsider'],
    async run(target, { profile }) {
      const { outsider } = profile.expect
      for (let round = 0; round < 2; round++) {
        const member = await target.request({ fresh: true })
        assertStatus(member, [200], 'a member')
        const nobody = await target.request({ as: 'nobody', fresh: true })
        assertRefused(nobody, [401], 'somebody without credentials who asks after a member')
        const refusedOutsider = await target.request({ as: 'outsider', fresh: true })
        const refused = outsider === 'either' ? [403, 404] : [outsider]
        assertRefused(refusedOutsider, refused, 'somebody without access who asks after a member')
        const again = await target.request({ fresh: true })
        assert.ok(
          again.status === 200 && isPdf(again),
          `a member who asks after a refusal is answered ${describeResponse(again)}`,
        )
      }
    },
    mutations: [credentialsIgnored, withStatus(401), withStatus(200)],
  },
  {
    id: 'SEQUENCE-002',
    title: 'Two tenants who ask at the same time each receive their own document',
    level: 'contract',
    source: 'owasp#0xa1-broken-object-level-authorization',
    covers: operation.documented(200),
    needs: ['outsiderWorkspace', 'organizations', 'foreignOrganizations'],
    async run(target, context) {
      const { actors, foreignOrganizations: foreign = [] } = context.profile
      const own = await context.organizations()
      const tenants = [
        { who: 'the member', request: {}, canaries: canariesOf(foreign, own) },
        {
          who: 'the other tenant',
          request: { as: 'outsider', workspace: actors.outsider!.workspace! } as const,
          canaries: canariesOf(own, await context.outsidersOrganizations()),
        },
      ]
      const problemsOf = async ({ body }: ReceivedResponse) =>
        (await context.documents.structure(body)).problems.map(({ code }) => code)
      const usual = await problemsOf(await target.request())
      for (const { who, request } of tenants) {
        const { status } = await target.request(request)
        if (status !== 200) throw new SetupError(`${who} is answered ${status} for a workspace of their own`)
      }
      const requests = Array.from({ length: interleaved }, () => tenants).flat()
      const responses = await Promise.all(
        requests.map(({ request }) => target.request({ ...request, fresh: true })),
      )
      for (const [index, response] of responses.entries()) {
        const { who, canaries } = requests[index]!
        assertStatus(response, [200], `${who}, among ${requests.length} who ask at the same time,`)
        if (response.truncated === 'timeout')
          throw new SetupError(
            `the document of ${who}, among ${requests.length} at the same time, did not arrive whole within the time limit: raise limits.timeoutMs`,
          )
        const unusual = (await problemsOf(response)).filter((code) => !usual.includes(code))
        assert.ok(
          !response.truncated && unusual.length === 0,
          `the document of ${who}, among others at the same time, is damaged: ${response.truncated ?? unusual.join(', ')}`,
        )
        const [found] = await canariesIn(response, context, canaries)
        assert.ok(!found, `the document of ${who} names ${found}, which belongs to somebody else`)
      }
    },
    mutations: [
      everythingServed,
      withStatus(500, ({ fresh }) => fresh === true),
      everySecond('a document put together from two', ({ body }) =>
        Buffer.concat([body.subarray(0, 500), body]),
      ),
    ],
  },
]

/** Every second response has another body. */
function everySecond(title: string, change: (response: ReceivedResponse) => Buffer): Mutation {
  let turn = 0
  return { title, response: (response) => (turn++ % 2 ? { ...response, body: change(response) } : response) }
}
