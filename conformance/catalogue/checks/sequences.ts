import assert from 'node:assert/strict'
import { type Answer, describe } from '../../http/response.ts'
import { assertRefused, assertStatus, isPdf } from '../assertions/assertions.ts'
import { canariesOf, findCanary, textOfBody } from '../assertions/canaries.ts'
import { type Check, SetupError, type Spoil } from '../check.ts'
import { credentialsIgnored, everythingServed, withStatus } from '../mutations/mutations.ts'
import { documented, inContract } from '../operation.ts'

/** How many times each of two tenants asks while the other does. */
const interleaved = 6

/** What holds of several requests together. */
export const sequences: Check[] = [
  {
    id: 'SEQUENCE-001',
    title: 'Each caller of one URL receives an answer of their own, whoever asked before',
    level: 'contract',
    source: inContract('/responses/403'),
    covers: [documented(200), documented(401), documented(403)],
    needs: ['outsider'],
    async run(target, { profile }) {
      const { outsider } = profile.expect
      for (let round = 0; round < 2; round++) {
        const member = await target.ask({ fresh: true })
        assertStatus(member, [200], 'a member')
        const nobody = await target.ask({ as: 'nobody', fresh: true })
        assertRefused(nobody, [401], 'somebody without credentials who asks after a member')
        const stranger = await target.ask({ as: 'outsider', fresh: true })
        const refused = outsider === 'either' ? [403, 404] : [outsider]
        assertRefused(stranger, refused, 'somebody without access who asks after a member')
        const again = await target.ask({ fresh: true })
        assert.ok(
          again.status === 200 && isPdf(again),
          `a member who asks after a refusal is answered ${describe(again)}`,
        )
      }
    },
    counterexamples: [credentialsIgnored, withStatus(401), withStatus(200)],
  },
  {
    id: 'SEQUENCE-002',
    title: 'Two tenants who ask at the same time each receive their own document',
    level: 'contract',
    source: 'owasp#0xa1-broken-object-level-authorization',
    covers: [documented(200)],
    needs: ['outsiderWorkspace', 'organizations', 'foreignOrganizations'],
    async run(target, facts) {
      const { actors, foreignOrganizations: foreign = [] } = facts.profile
      const own = await facts.organizations()
      const tenants = [
        { who: 'the member', question: {}, canaries: canariesOf(foreign, own) },
        {
          who: 'the other tenant',
          question: { as: 'outsider', workspace: actors.outsider!.workspace! } as const,
          canaries: canariesOf(own, await facts.outsidersOrganizations()),
        },
      ]
      const problemsOf = async ({ body }: Answer) =>
        (await facts.documents.structure(body)).problems.map(({ code }) => code)
      const usual = await problemsOf(await target.ask())
      for (const { who, question } of tenants) {
        const { status } = await target.ask(question)
        if (status !== 200) throw new SetupError(`${who} is answered ${status} for a workspace of their own`)
      }
      const asked = Array.from({ length: interleaved }, () => tenants).flat()
      const answers = await Promise.all(asked.map(({ question }) => target.ask({ ...question, fresh: true })))
      for (const [index, answer] of answers.entries()) {
        const { who, canaries } = asked[index]!
        assertStatus(answer, [200], `${who}, among ${asked.length} who ask at the same time,`)
        const unusual = (await problemsOf(answer)).filter((code) => !usual.includes(code))
        assert.ok(
          !answer.cut && unusual.length === 0,
          `the document of ${who}, among others at the same time, is damaged: ${answer.cut ?? unusual.join(', ')}`,
        )
        const found = findCanary(await textOfBody(answer, facts), canaries)
        assert.ok(!found, `the document of ${who} names ${found}, which belongs to somebody else`)
      }
    },
    counterexamples: [
      everythingServed,
      withStatus(500, ({ fresh }) => fresh === true),
      everySecond('a document put together from two', ({ body }) =>
        Buffer.concat([body.subarray(0, 500), body]),
      ),
    ],
  },
]

/** Every second answer has another body. */
function everySecond(title: string, change: (answer: Answer) => Buffer): Spoil {
  let turn = 0
  return { title, answer: (answer) => (turn++ % 2 ? { ...answer, body: change(answer) } : answer) }
}
