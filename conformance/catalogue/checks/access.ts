import assert from 'node:assert/strict'
import type { RunContext } from '../../engine/context.ts'
import { bearer } from '../../http/request.ts'
import type { DownloadOperation } from '../../operations/download-operation.ts'
import { SetupError } from '../../setup-error.ts'
import { assertRefused, assertStatus, isPdf } from '../assertions/assertions.ts'
import { recognizeOutsidersOwn } from '../assertions/disclosure.ts'
import type { Check } from '../check.ts'
import { credentialsIgnored, everythingServed, withResponse, withStatus } from '../mutations/mutations.ts'
import { requestNormalized } from '../probes/normal-form.ts'
import { assertCallerRefused } from '../probes/refusals.ts'
import { requestVariants } from '../probes/request-variants.ts'

const broken = 'owasp#0xa1-broken-object-level-authorization'

const refusals = ({ profile }: RunContext): number[] =>
  profile.expect.outsider === 'either' ? [403, 404] : [profile.expect.outsider]

const longId = 'long-'.repeat(60)

/** Ids that no deployment can have given out, as percent-encoded path segments. */
const malformedIds = [
  '%20',
  '%00',
  'ws_%00',
  '%zz',
  '%ff',
  '%F0%9F%92%A9',
  "'%20OR%20'1'='1",
  '%22',
  '%25',
  '%3Cscript%3E',
  longId,
  '-1',
  '*',
  '.*',
  // What every object of JavaScript or Python has, where ids are looked up as its properties.
  'constructor',
  '__proto__',
  '__class__',
]

/** Other ids that a lookup by prefix, by LIKE or by regular expression takes for this one. What follows a semicolon may be dropped (RFC 3986 §3.3). */
const resemblingIds = (id: string) => [
  `${id}'`,
  `${id}%22`,
  id.slice(0, -1),
  `${id.slice(0, -1)}_`,
  `${id.slice(0, -1)}%25`,
  `${id.slice(0, -1)}.`,
]

/** In their places the path has no id (RFC 3986 §5.2.4, §6.2.2.2): what is there is no part of the contract. */
const dotSegments = ['%2e%2e', '..%2f..', '%2e']

/** Who may see which workspace. */
export const access = (operation: DownloadOperation): Check[] => [
  {
    id: 'ACCESS-001',
    title: 'Somebody without access does not receive the document',
    level: 'contract',
    source: operation.inContract('/responses/403'),
    covers: operation.documented(403),
    needs: ['outsider'],
    async run(target) {
      const response = await target.request({ as: 'outsider' })
      assert.ok(
        !isPdf(response),
        `somebody without access is answered ${response.status} with a PDF of ${response.body.length} bytes`,
      )
    },
    mutations: [
      credentialsIgnored,
      withResponse('a PDF under 403', 403, { 'Content-Type': operation.mediaType }, '%PDF-1.7'),
    ],
  },
  {
    id: 'ACCESS-002',
    title: 'A member of one workspace is refused another',
    level: 'contract',
    source: operation.inContract('/responses/403'),
    covers: operation.documented(403),
    needs: ['outsiderWorkspace'],
    async run(target, context) {
      const response = await target.request({ workspace: context.profile.actors.outsider!.workspace! })
      assertRefused(response, refusals(context), "a member who asks for the outsider's workspace")
    },
    mutations: [everythingServed, withStatus(200), withStatus(500), withStatus(401)],
  },
  {
    id: 'ACCESS-003',
    title: 'A valid token without access is answered 403 or 404, not 401',
    level: 'contract',
    source: 'rfc9110#15.5.4',
    covers: operation.documented(403),
    needs: ['outsider'],
    async run(target, context) {
      const response = await target.request({ as: 'outsider' })
      if (response.status === 401) await requireAcceptedOutsider(target, context)
      assertStatus(response, refusals(context), 'somebody without access whose token is valid')
    },
    mutations: [
      {
        title: 'outsiders are answered 401',
        response: (response, { workspace }) => (workspace ? response : { ...response, status: 401 }),
      },
      withStatus(500),
    ],
  },
  {
    id: 'ACCESS-004',
    title: 'A workspace that does not exist has no document',
    level: 'contract',
    source: operation.inContract('/responses/404'),
    covers: operation.documented(404),
    needs: [],
    async run(target, { unknownWorkspace }) {
      const response = await target.request({ workspace: unknownWorkspace })
      assertRefused(response, [403, 404], 'a member who asks for a workspace that does not exist')
    },
    mutations: [everythingServed, withResponse('a PDF under 404', 404, {}, '%PDF-1.7')],
  },
  {
    id: 'ACCESS-005',
    title: 'An id that cannot exist is refused, and breaks nothing',
    level: 'contract',
    source: operation.inContract('/responses/404'),
    covers: operation.documented(404),
    needs: [],
    async run(target, context) {
      const { id: own } = context.profile.workspace
      for (const id of [...malformedIds, ...resemblingIds(own)]) {
        const response = await requestNormalized(target, operation.pathWithSegment(id), context)
        assert.ok(
          response.status >= 400 && response.status < 500 && !isPdf(response),
          `the id ${id.slice(0, 40)} is answered ${response.status}${isPdf(response) ? ' with a PDF' : ''}`,
        )
      }
      for (const segment of dotSegments) {
        const path = operation.pathWithSegment(segment)
        const response = await requestNormalized(target, path, context)
        assert.ok(
          response.status < 500 && !isPdf(response),
          `${path} is answered ${response.status}${isPdf(response) ? ' with a PDF' : ''}`,
        )
      }
    },
    mutations: [everythingServed, withStatus(500), withStatus(200), withStatus(302)],
  },
  {
    id: 'ACCESS-006',
    title: 'An id that cannot exist is answered 404',
    level: 'advice',
    source: operation.inContract('/responses/404'),
    covers: operation.documented(404),
    needs: [],
    async run(target) {
      for (const id of [longId, '-1', '%22', '%3Cscript%3E']) {
        const response = await target.requestRaw({ path: operation.pathWithSegment(id) })
        assertStatus(response, [404, 403], `a request for the id ${id.slice(0, 40)}`)
      }
    },
    mutations: [withStatus(400), withStatus(422)],
  },
  {
    id: 'ACCESS-007',
    title: 'The workspace is the one in the path, whatever query and other fields say',
    level: 'contract',
    source: operation.inContract('/parameters'),
    covers: operation.documented(403),
    needs: ['outsiderWorkspace'],
    async run(target, { profile }) {
      const own = profile.actors.outsider!.workspace!
      const overrides = [
        { query: `workspaceId=${own}` },
        { query: `workspace_id=${own}&workspaceId=${own}&workspaceId=${own}` },
        { headers: { 'X-Workspace-Id': own } },
        { headers: { 'X-Original-URL': operation.pathOf(own), 'X-Rewrite-URL': operation.pathOf(own) } },
      ]
      for (const override of overrides) {
        const response = await target.request({ as: 'outsider', ...override })
        const where = JSON.stringify(override)
        assert.ok(
          !isPdf(response) && response.status >= 400,
          `an outsider who adds ${where} is answered ${response.status}`,
        )
      }
    },
    mutations: [
      credentialsIgnored,
      {
        title: 'the query decides',
        request: (request, { profile }) =>
          request.query?.startsWith('workspaceId=')
            ? { ...request, workspace: profile.actors.outsider!.workspace! }
            : request,
      },
    ],
  },
  {
    id: 'ACCESS-008',
    title: "A path that winds from one's own workspace to another leads nowhere",
    level: 'contract',
    source: broken,
    covers: operation.documented(403),
    needs: ['outsiderWorkspace'],
    async run(target, context) {
      const own = context.profile.actors.outsider!.workspace!
      const other = context.profile.workspace.id
      const isOwn = await recognizeOutsidersOwn(target, context)
      for (const id of [
        `${own}%2f..%2f${other}`,
        `${own}/../${other}`,
        `${own}/%2e%2e/${other}`,
        `${other}%00${own}`,
        `${other}%20`,
        `${other}.`,
      ]) {
        const path = operation.pathWithSegment(id)
        const response = await target.requestRaw({ as: 'outsider', path })
        // Where the path leads to their own workspace in the end, its document is theirs.
        if (await isOwn(response)) continue
        assert.ok(
          !isPdf(response) && response.status >= 300,
          `an outsider who asks for ${path} is answered ${response.status}`,
        )
      }
    },
    mutations: [everythingServed],
  },
  {
    id: 'ACCESS-009',
    title: 'A workspace without organizations is answered 200',
    level: 'contract',
    source: 'report#an-empty-workspace-has-a-report',
    covers: operation.documented(200),
    needs: ['emptyWorkspace'],
    async run(target, { profile }) {
      const response = await target.request({ workspace: profile.emptyWorkspace!.id })
      assertStatus(response, [200], 'a member who asks for a workspace without organizations')
      assert.ok(isPdf(response), 'the answer for a workspace without organizations is no PDF')
    },
    mutations: [withStatus(204), withStatus(404), withStatus(500), withResponse('no content', 200, {}, '')],
  },
  {
    id: 'ACCESS-010',
    title: 'A valid token without the right to export is answered 403, or 404 where workspaces are hidden',
    level: 'contract',
    source: operation.inContract('/responses/403'),
    covers: operation.documented(403),
    needs: ['unprivileged'],
    async run(target, context) {
      const as = bearer(context.keyring.token('unprivileged'), 'unprivileged token')
      const expected = [403, ...refusals(context)]
      assertRefused(await target.request({ as }), expected, 'a caller without the right to export')
      // What negotiates, or is not supported, may be refused for that.
      const otherwise = [...expected, 400, 405, 406, 426, 501, 505]
      const variants: typeof requestVariants = [
        ['HEAD', { method: 'HEAD' }],
        ['Range', { headers: { Range: 'bytes=0-99' } }],
        ...requestVariants,
      ]
      for (const [what, request] of variants) {
        const who = `a caller without the right to export, but with ${what},`
        await assertCallerRefused(target, as, request, otherwise, who)
      }
    },
    mutations: [
      credentialsIgnored,
      withStatus(401),
      withStatus(500),
      {
        title: 'the right is asked for with GET alone',
        request: (request) => (request.method === 'HEAD' ? { ...request, as: 'member' } : request),
      },
      {
        title: 'a part is for everybody who has access',
        request: (request) => (request.headers?.Range ? { ...request, as: 'member' } : request),
      },
    ],
  },
  {
    id: 'ACCESS-011',
    title: 'An id of another form is answered as the contract documents, and so with no 400 or 422',
    level: 'contract',
    source: operation.inContract('/responses'),
    covers: operation.documented(404),
    needs: [],
    async run(target) {
      for (const id of ['0', 'not-a-workspace'])
        assertStatus(
          await target.request({ workspace: id }),
          [404, 403],
          `a member who asks for the workspace ${id}`,
        )
    },
    mutations: [everythingServed, withStatus(400), withStatus(422)],
  },
]

/** A 401 blames the deployment only where the outsider's token is known to be good. */
async function requireAcceptedOutsider(
  target: Parameters<Check['run']>[0],
  { profile, unknownWorkspace }: RunContext,
): Promise<void> {
  const own = profile.actors.outsider?.workspace
  const { status } = await target.request({ as: 'outsider', workspace: own ?? unknownWorkspace })
  if (status === 401)
    throw new SetupError(
      `the outsider's token is refused everywhere (401): put a valid one at actors.outsider.token${own ? '' : ', and name actors.outsider.workspace'}`,
    )
}
