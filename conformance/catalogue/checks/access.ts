import assert from 'node:assert/strict'
import type { Facts } from '../../engine/context.ts'
import { bearer, usagePath } from '../../http/request.ts'
import { assertRefused, assertStatus, isPdf } from '../assertions/assertions.ts'
import { type Check, SetupError } from '../check.ts'
import { answering, credentialsIgnored, everythingServed, withStatus } from '../mutations/mutations.ts'
import { documented, inContract } from '../operation.ts'

const broken = 'owasp#0xa1-broken-object-level-authorization'

const refusals = ({ profile }: Facts): number[] =>
  profile.expect.outsider === 'either' ? [403, 404] : [profile.expect.outsider]

/** Ids that no deployment can have given out, as percent-encoded path segments. */
const malformedIds = [
  '%20',
  '%00',
  'ws_%00',
  '%2e%2e',
  '..%2f..',
  '%zz',
  '%ff',
  '%F0%9F%92%A9',
  "'%20OR%20'1'='1",
  '%22',
  '%25',
  '%3Cscript%3E',
  'a'.repeat(300),
  '-1',
  '*',
]

/** Who may see which workspace. */
export const access: Check[] = [
  {
    id: 'ACCESS-001',
    title: 'Somebody without access does not receive the document',
    level: 'contract',
    source: inContract('/responses/403'),
    covers: [documented(403)],
    needs: ['outsider'],
    async run(target) {
      const answer = await target.ask({ as: 'outsider' })
      assert.ok(
        !isPdf(answer),
        `somebody without access is answered ${answer.status} with a PDF of ${answer.body.length} bytes`,
      )
    },
    counterexamples: [
      credentialsIgnored,
      answering('a PDF under 403', 403, { 'Content-Type': 'application/pdf' }, '%PDF-1.7'),
    ],
  },
  {
    id: 'ACCESS-002',
    title: 'A member of one workspace is refused another',
    level: 'contract',
    source: inContract('/responses/403'),
    covers: [documented(403)],
    needs: ['outsiderWorkspace'],
    async run(target, facts) {
      const answer = await target.ask({ workspace: facts.profile.actors.outsider!.workspace! })
      assertRefused(answer, refusals(facts), "a member who asks for the outsider's workspace")
    },
    counterexamples: [everythingServed, withStatus(200), withStatus(500), withStatus(401)],
  },
  {
    id: 'ACCESS-003',
    title: 'A valid token without access is answered 403 or 404, not 401',
    level: 'contract',
    source: 'rfc9110#15.5.4',
    covers: [documented(403)],
    needs: ['outsider'],
    async run(target, facts) {
      const answer = await target.ask({ as: 'outsider' })
      if (answer.status === 401) await requireAcceptedOutsider(target, facts)
      assertStatus(answer, refusals(facts), 'somebody without access whose token is valid')
    },
    counterexamples: [
      {
        title: 'outsiders are answered 401',
        answer: (answer, { workspace }) => (workspace ? answer : { ...answer, status: 401 }),
      },
      withStatus(500),
    ],
  },
  {
    id: 'ACCESS-004',
    title: 'A workspace that does not exist has no document',
    level: 'contract',
    source: inContract('/responses/404'),
    covers: [documented(404)],
    needs: [],
    async run(target, { unknownWorkspace }) {
      const answer = await target.ask({ workspace: unknownWorkspace })
      assertRefused(answer, [403, 404], 'a member who asks for a workspace that does not exist')
    },
    counterexamples: [everythingServed, answering('a PDF under 404', 404, {}, '%PDF-1.7')],
  },
  {
    id: 'ACCESS-005',
    title: 'An id that cannot exist is refused, and breaks nothing',
    level: 'contract',
    source: inContract('/responses/404'),
    covers: [documented(404)],
    needs: [],
    async run(target) {
      for (const id of malformedIds) {
        const answer = await target.wire({ path: `/workspaces/${id}/organizations/usage.pdf` })
        assert.ok(
          answer.status >= 400 && answer.status < 500 && !isPdf(answer),
          `the id ${id.slice(0, 40)} is answered ${answer.status}${isPdf(answer) ? ' with a PDF' : ''}`,
        )
      }
    },
    counterexamples: [everythingServed, withStatus(500), withStatus(200), withStatus(302)],
  },
  {
    id: 'ACCESS-006',
    title: 'An id that cannot exist is answered 404',
    level: 'advice',
    source: inContract('/responses/404'),
    covers: [documented(404)],
    needs: [],
    async run(target) {
      for (const id of ['a'.repeat(300), '-1', '%22', '%3Cscript%3E']) {
        const answer = await target.wire({ path: `/workspaces/${id}/organizations/usage.pdf` })
        assertStatus(answer, [404, 403], `a request for the id ${id.slice(0, 40)}`)
      }
    },
    counterexamples: [withStatus(400), withStatus(422)],
  },
  {
    id: 'ACCESS-007',
    title: 'The workspace is the one in the path, whatever query and other fields say',
    level: 'contract',
    source: inContract('/parameters'),
    covers: [documented(403)],
    needs: ['outsiderWorkspace'],
    async run(target, { profile }) {
      const own = profile.actors.outsider!.workspace!
      const overrides = [
        { query: `workspaceId=${own}` },
        { query: `workspace_id=${own}&workspaceId=${own}&workspaceId=${own}` },
        { headers: { 'X-Workspace-Id': own } },
        { headers: { 'X-Original-URL': usagePath(own), 'X-Rewrite-URL': usagePath(own) } },
      ]
      for (const override of overrides) {
        const answer = await target.ask({ as: 'outsider', ...override })
        const where = JSON.stringify(override)
        assert.ok(
          !isPdf(answer) && answer.status >= 400,
          `an outsider who adds ${where} is answered ${answer.status}`,
        )
      }
    },
    counterexamples: [
      credentialsIgnored,
      {
        title: 'the query decides',
        question: (question, { profile }) =>
          question.query?.startsWith('workspaceId=')
            ? { ...question, workspace: profile.actors.outsider!.workspace! }
            : question,
      },
    ],
  },
  {
    id: 'ACCESS-008',
    title: "A path that winds from one's own workspace to another leads nowhere",
    level: 'contract',
    source: broken,
    covers: [documented(403)],
    needs: ['outsiderWorkspace'],
    async run(target, { profile }) {
      const own = profile.actors.outsider!.workspace!
      const other = profile.workspace.id
      for (const id of [
        `${own}%2f..%2f${other}`,
        `${own}/../${other}`,
        `${own}/%2e%2e/${other}`,
        `${other}%00${own}`,
        `${other}%20`,
        `${other}.`,
      ]) {
        const path = `/workspaces/${id}/organizations/usage.pdf`
        const answer = await target.wire({ as: 'outsider', path })
        assert.ok(
          !isPdf(answer) && answer.status >= 300,
          `an outsider who asks for ${path} is answered ${answer.status}`,
        )
      }
    },
    counterexamples: [everythingServed],
  },
  {
    id: 'ACCESS-009',
    title: 'A workspace without organizations is answered 200',
    level: 'contract',
    source: 'report#an-empty-workspace-has-a-report',
    covers: [documented(200)],
    needs: ['emptyWorkspace'],
    async run(target, { profile }) {
      const answer = await target.ask({ workspace: profile.emptyWorkspace!.id })
      assertStatus(answer, [200], 'a member who asks for a workspace without organizations')
      assert.ok(isPdf(answer), 'the answer for a workspace without organizations is no PDF')
    },
    counterexamples: [
      withStatus(204),
      withStatus(404),
      withStatus(500),
      answering('no content', 200, {}, ''),
    ],
  },
  {
    id: 'ACCESS-010',
    title: 'A valid token without the right to export is answered 403, or 404 where workspaces are hidden',
    level: 'contract',
    source: inContract('/responses/403'),
    covers: [documented(403)],
    needs: ['unprivileged'],
    async run(target, facts) {
      const as = bearer(facts.keyring.token('unprivileged'), 'unprivileged token')
      const expected = [403, ...refusals(facts)]
      assertRefused(await target.ask({ as }), expected, 'a caller without the right to export')
    },
    counterexamples: [credentialsIgnored, withStatus(401), withStatus(500)],
  },
  {
    id: 'ACCESS-011',
    title: 'An id of another form is answered as the contract documents, and so with no 400 or 422',
    level: 'contract',
    source: inContract('/responses'),
    covers: [documented(404)],
    needs: [],
    async run(target) {
      for (const id of ['0', 'not-a-workspace'])
        assertStatus(
          await target.ask({ workspace: id }),
          [404, 403],
          `a member who asks for the workspace ${id}`,
        )
    },
    counterexamples: [everythingServed, withStatus(400), withStatus(422)],
  },
]

/** A 401 blames the deployment only where the outsider's token is known to be good. */
async function requireAcceptedOutsider(
  target: Parameters<Check['run']>[0],
  { profile, unknownWorkspace }: Facts,
): Promise<void> {
  const own = profile.actors.outsider?.workspace
  const { status } = await target.ask({ as: 'outsider', workspace: own ?? unknownWorkspace })
  if (status === 401)
    throw new SetupError(
      `the outsider's token is refused everywhere (401): put a valid one at actors.outsider.token${own ? '' : ', and name actors.outsider.workspace'}`,
    )
}
