import assert from 'node:assert/strict'
import type { RunContext } from '../../engine/context.ts'
import type { RequestSpec } from '../../http/request.ts'
import {
  describeResponse,
  type HeaderField,
  headerValue,
  type ReceivedResponse,
} from '../../http/response.ts'
import type { DownloadOperation } from '../../operations/download-operation.ts'
import { assertEqual, assertRefused, assertStatus, isPdf } from '../assertions/assertions.ts'
import { canariesIn, canariesOf } from '../assertions/canaries.ts'
import { disclosureIn, recognizeOutsidersOwn } from '../assertions/disclosure.ts'
import type { Check, Mutation } from '../check.ts'
import { credentialsIgnored, everythingServed, replaceHeader, withStatus } from '../mutations/mutations.ts'
import { drawReport } from '../mutations/plain-report.ts'
import { claimsMethod, identitySpoofingHeaders, identitySpoofingQueries } from '../probes/claims.ts'
import { compareTimes } from '../probes/compare-times.ts'
import { refusalsOfHead } from '../probes/head.ts'
import { assertCallerRefused } from '../probes/refusals.ts'
import { requestVariants } from '../probes/request-variants.ts'

const broken = 'owasp#0xa1-broken-object-level-authorization'

const refusals = ({ profile }: RunContext): number[] =>
  profile.expect.outsider === 'either' ? [403, 404] : [profile.expect.outsider]

/** Names and ids of foreign organizations that are none of the member's, and the outsider's workspace. */
async function foreignCanaries(context: RunContext): Promise<string[]> {
  const { profile } = context
  const own = profile.workspace.organizations ? await context.organizations() : []
  const workspace = profile.actors.outsider?.workspace
  return [...canariesOf(profile.foreignOrganizations ?? [], own), ...(workspace ? [workspace] : [])]
}

async function assertNothingForeign(
  response: ReceivedResponse,
  context: RunContext,
  what: string,
): Promise<void> {
  const [found] = await canariesIn(response, context, await foreignCanaries(context))
  assert.ok(!found, `${what} names ${found}, which belongs to somebody else`)
}

const isElsewhere = ({ query, headers }: RequestSpec) => query !== undefined || headers !== undefined

const foreignDocument = (when: (request: RequestSpec) => boolean): Mutation => ({
  title: 'the document is about foreign organizations',
  response: async (response, request, { profile }) =>
    when(request)
      ? { ...response, body: await drawReport(profile.foreignOrganizations ?? [], []) }
      : response,
})

/** Spellings of an id that a lenient lookup may take for the id itself. */
function spellings(id: string): string[] {
  const hex = (text: string) => [...text].map((char) => `%${char.charCodeAt(0).toString(16)}`).join('')
  return [
    hex(id),
    hex(id).toUpperCase(),
    hex(id.slice(0, 1)) + id.slice(1),
    id.slice(0, -1) + hex(id.slice(-1)),
    id.toUpperCase(),
    id.slice(0, 1).toUpperCase() + id.slice(1),
    id.slice(0, -1) + id.slice(-1).toUpperCase(),
    `${id}%20`,
    `%20${id}`,
    `${id}.`,
    `${id}%00`,
    `${id}%2f`,
    `${id}%0a`,
    `./${id}`,
    `%2e/${id}`,
    `${id},${id}`,
    `${id};${id}`,
    // Encoded once more, for what decodes twice.
    hex(id.slice(0, 1)).replaceAll('%', '%25') + id.slice(1),
    ...lookalikes(id),
  ].filter((spelling) => spelling !== id)
}

/** Characters that Unicode normalization, or a change of case, turns into those of the id. */
function lookalikes(id: string): string[] {
  const fullWidth = String.fromCodePoint(id.charCodeAt(0) + 0xfee0) + id.slice(1)
  // LATIN SMALL LETTER LONG S is S in upper case, KELVIN SIGN is k in lower case.
  return [fullWidth, id.replace('s', '\u017f'), id.replace('k', '\u212a')]
    .filter((other) => other !== id)
    .map(encodeURIComponent)
}

/** What one tenant learns of another. */
export const tenancy = (operation: DownloadOperation): Check[] => [
  {
    id: 'TENANCY-001',
    title: 'A refusal names nothing that the caller may not see',
    level: 'contract',
    source: broken,
    covers: operation.documented(403),
    needs: ['outsider', 'organizations'],
    async run(target, context) {
      const theirs = await context.outsidersOrganizations()
      const { name } = context.profile.workspace
      const canaries = [...canariesOf(await context.organizations(), theirs), ...(name ? [name] : [])]
      const named = async (request: RequestSpec) =>
        canariesIn(await target.request({ as: 'outsider', ...request }), context, canaries)
      // A word that a refusal for no workspace at all has as well gives nothing away.
      const harmless = await named({ workspace: context.unknownWorkspace })
      const found = (await named({})).find((canary) => !harmless.includes(canary))
      assert.ok(!found, `somebody without access is told of ${found}`)
    },
    mutations: [
      credentialsIgnored,
      {
        title: 'a field of the refusal names an organization',
        response: async (response, { workspace }, context) =>
          workspace
            ? response
            : replaceHeader(response, 'X-Denied', (await context.organizations())[0]!.name),
      },
      {
        title: 'the body of the refusal names the workspace',
        response: (response, { workspace }, { profile }) =>
          workspace
            ? response
            : { ...response, body: Buffer.from(`You are no member of ${profile.workspace.name}.`) },
      },
    ],
  },
  {
    id: 'TENANCY-002',
    title: 'The header of the answer names nothing of other tenants',
    level: 'contract',
    source: broken,
    covers: operation.documented(200),
    needs: ['foreignOrganizations'],
    async run(target, context) {
      const head = { ...(await target.request()), body: Buffer.alloc(0) }
      const [found] = await canariesIn(head, context, await foreignCanaries(context))
      assert.ok(!found, `a header of the response names ${found}, which belongs to somebody else`)
    },
    mutations: [
      {
        title: 'the file name is an organization of somebody else',
        response: (response, _, { profile }) => {
          const value = `attachment; filename*=UTF-8''${encodeURIComponent(profile.foreignOrganizations![0]!.name)}.pdf`
          return replaceHeader(response, 'Content-Disposition', value)
        },
      },
      {
        title: 'a link leads to the workspace of somebody else',
        response: (response, _, { profile }) =>
          replaceHeader(response, 'Link', `</workspaces/${profile.actors.outsider?.workspace}>; rel="next"`),
      },
    ],
  },
  {
    id: 'TENANCY-003',
    title: 'Pages, metadata, attachments and earlier revisions name nothing of other tenants',
    level: 'contract',
    source: broken,
    covers: operation.documented(200),
    needs: ['foreignOrganizations'],
    run: async (target, context) => assertNothingForeign(await target.request(), context, 'the document'),
    mutations: [foreignDocument(() => true)],
  },
  {
    id: 'TENANCY-004',
    title: 'A member who names another workspace beside the path receives nothing of it',
    level: 'contract',
    source: operation.inContract('/parameters'),
    covers: operation.documented(200),
    needs: ['outsiderWorkspace', 'foreignOrganizations'],
    async run(target, context) {
      const other = context.profile.actors.outsider!.workspace!
      const named = (names: string[], value: string) => Object.fromEntries(names.map((name) => [name, value]))
      const beside: RequestSpec[] = [
        { query: new URLSearchParams(named(queryNames, other)).toString() },
        // Of a parameter that is there twice, some take the first and some the last.
        {
          query: [named(queryNames, context.profile.workspace.id), named(queryNames, other)]
            .map((names) => new URLSearchParams(names).toString())
            .join('&'),
        },
        { headers: named(tenantFields, other) },
        { headers: { Cookie: queryNames.map((name) => `${name}=${other}`).join('; ') } },
        { headers: named(['X-Original-URL', 'X-Rewrite-URL', 'X-Forwarded-Path'], operation.pathOf(other)) },
      ]
      for (const request of beside)
        await assertNothingForeign(
          await target.request(request),
          context,
          `the answer to a member who adds ${JSON.stringify(request)}`,
        )
    },
    mutations: [foreignDocument(isElsewhere)],
  },
  {
    id: 'TENANCY-005',
    title: 'No other spelling of the id gives the document to somebody without access',
    level: 'contract',
    source: broken,
    covers: operation.documented(403),
    needs: ['outsider'],
    async run(target, context) {
      const { id } = context.profile.workspace
      const own = context.profile.actors.outsider?.workspace
      const isOwn = await recognizeOutsidersOwn(target, context)
      const pairs = own ? [`${own}%00${id}`, `${own},${id}`, `${own};${id}`, `${own}%0a${id}`] : []
      for (const spelling of [...spellings(id), ...pairs]) {
        const path = operation.pathWithSegment(spelling)
        const response = await target.requestRaw({ as: 'outsider', path })
        assert.ok(
          !isPdf(response) || (await isOwn(response)),
          `GET ${path} by somebody without access is answered ${describeResponse(response)}`,
        )
      }
    },
    mutations: [everythingServed],
  },
  {
    id: 'TENANCY-006',
    title: 'HEAD tells somebody without access no more than GET',
    level: 'contract',
    source: 'rfc9110#9.3.2',
    covers: operation.documented(403),
    needs: ['outsider'],
    async run(target, context) {
      const response = await target.request({ method: 'HEAD', as: 'outsider' })
      const expected = await refusalsOfHead(target, refusals(context))
      assertStatus(response, expected, 'HEAD by somebody without access')
    },
    mutations: [credentialsIgnored, withStatus(500, ({ as }) => as === 'outsider')],
  },
  {
    id: 'TENANCY-007',
    title: 'No part of the document is for somebody without access',
    level: 'contract',
    source: operation.inContract('/responses/403'),
    covers: operation.documented(403),
    needs: ['outsider'],
    async run(target, context) {
      for (const range of ['bytes=0-99', 'bytes=-100', 'bytes=99999999999-']) {
        const response = await target.request({ as: 'outsider', headers: { Range: range } })
        assertStatus(response, refusals(context), `somebody without access who asks for ${range}`)
      }
    },
    mutations: [credentialsIgnored, withStatus(206), withStatus(416)],
  },
  {
    id: 'TENANCY-008',
    title: 'Access is looked at before preconditions',
    level: 'http',
    source: 'rfc9110#13.2.1',
    covers: operation.documented(403),
    needs: ['outsider'],
    async run(target, context) {
      const etag = headerValue(await target.request({ fresh: true }), 'etag')
      const conditions: Record<string, string>[] = [
        ...(etag ? [{ 'If-None-Match': etag }] : []),
        { 'If-None-Match': '*' },
        { 'If-Match': '"none"' },
        { 'If-Modified-Since': 'Fri, 31 Dec 2100 23:59:59 GMT' },
      ]
      for (const headers of conditions) {
        const response = await target.request({ as: 'outsider', headers, fresh: true })
        assertStatus(
          response,
          refusals(context),
          `somebody without access, but with ${Object.keys(headers)[0]},`,
        )
      }
    },
    mutations: [credentialsIgnored, withStatus(304, ({ as }) => as === 'outsider')],
  },
  {
    id: 'TENANCY-009',
    title: 'Where somebody without access is answered 404, nothing tells a workspace that exists from none',
    level: 'contract',
    source: 'rfc9110#15.5.4',
    covers: operation.documented(404),
    needs: ['outsider'],
    async run(target, { profile, unknownWorkspace }) {
      const existing = await target.request({ as: 'outsider' })
      if (existing.status !== 404) return
      const requestFor = (workspace: string) => target.request({ as: 'outsider', workspace, fresh: true })
      const another = unknownWorkspace.slice(0, -1) + (unknownWorkspace.endsWith('0') ? '1' : '0')
      const unknown = shapeOf(await requestFor(unknownWorkspace), unknownWorkspace)
      const control = shapeOf(await requestFor(another), another)
      const shape = shapeOf(existing, profile.workspace.id)
      // What differs between two workspaces that do not exist tells nothing.
      for (const part of new Set([...unknown.keys(), ...control.keys(), ...shape.keys()]))
        if (unknown.get(part) === control.get(part))
          assertEqual(shape.get(part), unknown.get(part), `${part} for a workspace that exists`)
      const head = await target.request({ as: 'outsider', method: 'HEAD' })
      const unknownHead = await target.request({
        as: 'outsider',
        method: 'HEAD',
        workspace: unknownWorkspace,
      })
      assertEqual(head.status, unknownHead.status, 'the status of HEAD for a workspace that exists')
    },
    mutations: [
      {
        title: 'the body says it',
        response: (response, { workspace }) => ({
          ...response,
          status: 404,
          body: Buffer.from(workspace ? 'not found' : 'no access'),
        }),
      },
      {
        title: 'a field says it',
        response: (response, { workspace }) => {
          const headers: HeaderField[] = workspace ? [] : [['X-Policy', 'membership']]
          return { ...response, status: 404, headers, body: Buffer.alloc(0) }
        },
      },
      {
        title: 'HEAD says it',
        response: (response, { method, workspace }) => ({
          ...response,
          status: method === 'HEAD' && !workspace ? 403 : 404,
          headers: [],
          body: Buffer.alloc(0),
        }),
      },
    ],
  },
  {
    id: 'TENANCY-010',
    title: 'However it is asked for, somebody without access is refused the document',
    level: 'contract',
    source: operation.inContract('/responses/403'),
    covers: operation.documented(403),
    needs: ['outsider'],
    async run(target, context) {
      const hides = (await target.request({ as: 'outsider' })).status === 404
      for (const [what, request] of requestVariants) {
        // Origin, negotiation and version may be looked at first.
        const usual = [...(hides ? [404] : refusals(context)), 400, 406, 426, 505]
        const who = `somebody without access, but with ${what},`
        await assertCallerRefused(target, 'outsider', request, usual, who)
      }
    },
    mutations: [
      credentialsIgnored,
      {
        title: 'who speaks HTTP/1.0 is let in',
        request: (request) => (request.version ? { ...request, as: 'member' } : request),
      },
      {
        title: 'a workspace is hidden, but not from those who accept JSON',
        response: (response, { as, headers }) =>
          as === 'outsider'
            ? { ...response, status: headers?.Accept?.includes('json') ? 403 : 404 }
            : response,
      },
    ],
  },
  {
    id: 'TENANCY-011',
    title: 'Access is that of the caller, not of the connection that the request comes over',
    level: 'contract',
    source: 'rfc9110#3.3',
    covers: operation.documented(403),
    needs: ['outsider'],
    async run(target, context) {
      assertStatus(await target.request({ onSharedConnection: true }), [200], 'a member')
      assertRefused(
        await target.request({ as: 'outsider', onSharedConnection: true }),
        refusals(context),
        'somebody without access, over the connection that a member used before,',
      )
    },
    mutations: [
      {
        title: 'what a connection was used for, it may be used for',
        request: (request) => (request.onSharedConnection ? { ...request, as: 'member' } : request),
      },
    ],
  },
  {
    id: 'TENANCY-012',
    title: 'A refusal without credentials, or for an unknown workspace, names no organization',
    level: 'contract',
    source: broken,
    covers: operation.documented(401, 404),
    needs: ['organizations'],
    async run(target, context) {
      const own = await context.organizations()
      const others = context.profile.foreignOrganizations ?? []
      const refused = { nobody: canariesOf([...own, ...others], []), member: canariesOf(others, own) }
      for (const [who, request] of [
        ['nobody', { as: 'nobody' }],
        ['nobody', { as: 'nobody', workspace: context.unknownWorkspace }],
        ['member', { workspace: context.unknownWorkspace }],
      ] as ['nobody' | 'member', RequestSpec][]) {
        const response = await target.request(request)
        const [found] = await canariesIn(response, context, refused[who])
        assert.ok(
          !found,
          `the ${response.status} for ${who === 'nobody' ? 'a request without credentials' : 'an unknown workspace'} names ${found}`,
        )
      }
    },
    mutations: [
      {
        title: 'a 401 lists what there is',
        response: async (response, { as }, context) =>
          as === 'nobody'
            ? {
                ...response,
                body: Buffer.from((await context.organizations()).map(({ name }) => name).join()),
              }
            : response,
      },
      {
        title: 'a 404 suggests what others have',
        response: (response, { as, workspace }, { profile }) =>
          workspace && as !== 'nobody'
            ? { ...response, body: Buffer.from(JSON.stringify(profile.foreignOrganizations)) }
            : response,
      },
    ],
  },
  {
    id: 'TENANCY-013',
    title: 'Where somebody without access is answered 404, OPTIONS does not tell what is there',
    level: 'advice',
    source: 'rfc9110#15.5.4',
    covers: operation.documented(404),
    needs: ['outsider'],
    async run(target, { unknownWorkspace: workspace }) {
      if ((await target.request({ as: 'outsider' })).status !== 404) return
      const existing = await target.request({ method: 'OPTIONS', as: 'nobody' })
      const unknown = await target.request({ method: 'OPTIONS', as: 'nobody', workspace })
      assertEqual(existing.status, unknown.status, 'the status of OPTIONS for a workspace that exists')
    },
    mutations: [
      {
        title: 'OPTIONS looks for the workspace',
        response: (response, { method, workspace }) => ({
          ...response,
          status: method === 'OPTIONS' && !workspace ? 204 : 404,
        }),
      },
    ],
  },
  {
    id: 'TENANCY-014',
    title: 'Nothing that a request claims of itself lets somebody without access in',
    level: 'contract',
    source: broken,
    covers: operation.documented(403),
    needs: ['outsider'],
    async run(target, context) {
      const spoofed = identitySpoofingHeaders(operation.pathOf(context.profile.workspace.id))
      const requests: RequestSpec[] = [
        ...spoofed.map((headers) => ({ headers })),
        ...identitySpoofingQueries.map((query) => ({ query })),
      ]
      for (const request of requests) {
        const response = await target.request({ ...request, as: 'outsider' })
        const disclosed = await disclosureIn(response, target, context)
        // As another method, the request has another answer: of OPTIONS, the methods.
        const isServed = response.status === 200 && !claimsMethod(request)
        assert.ok(
          !disclosed && !isServed,
          `somebody without access who adds ${JSON.stringify(request)} is answered ${describeResponse(response)}${disclosed ? ` with ${disclosed}` : ''}`,
        )
      }
    },
    mutations: [
      everythingServed,
      {
        title: 'who claims to be an administrator is let in',
        request: (request) => (request.headers?.['X-Role'] ? { ...request, as: 'member' } : request),
      },
      {
        title: 'a query grants the role of an administrator',
        request: (request) =>
          request.query?.includes('role=admin') ? { ...request, as: 'member' } : request,
      },
    ],
  },
  {
    id: 'TENANCY-015',
    title: 'A workspace that is there takes no longer to refuse than one that is not',
    level: 'advice',
    source: 'rfc9110#15.5.4',
    covers: operation.documented(403, 404),
    needs: ['outsider'],
    runsAlone: true,
    async run(target, { unknownWorkspace: workspace }) {
      const existing = { as: 'outsider' } as const
      const unknown = { as: 'outsider', workspace } as const
      const { status } = await target.request(existing)
      // Where the status tells them apart, time tells nothing more.
      if (status < 400 || status !== (await target.request(unknown)).status) return
      const { isLater, medians, pairs } = await compareTimes(target, existing, unknown)
      assert.ok(
        !isLater,
        `somebody without access is answered ${status} after ${medians[0]} ms for a workspace that is there, and after ${medians[1]} ms for one that is not (medians of ${pairs} requests each, sent in turn): the time tells which workspaces there are. Decide on access before anything of the workspace is loaded`,
      )
    },
    mutations: [
      {
        title: 'the refusal for a workspace that is there takes longer',
        response: (response, { workspace }) => {
          const { head, total } = response.timing
          const late = workspace ? 0 : 5 * head + 200
          return { ...response, status: 404, timing: { head: head + late, total: total + late } }
        },
      },
    ],
  },
]

const queryNames = ['workspaceId', 'workspace_id', 'workspace', 'id', 'ws', 'tenant', 'tenantId']
const tenantFields = [
  'X-Workspace-Id',
  'X-Workspace',
  'X-Tenant-Id',
  'X-Tenant',
  'X-Organization-Id',
  'X-Account-Id',
]

/** What a refusal consists of, without the requested id and what changes with every response. */
function shapeOf({ status, headers, body }: ReceivedResponse, id: string): Map<string, unknown> {
  const neutral = (text: string) =>
    text
      .replaceAll(id, '{id}')
      .replaceAll(/[0-9a-f][0-9a-f-]{15,}/gi, '{random}')
      .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:\d\d)/g, '{time}')
  const names = [...new Set(headers.map(([name]) => name.toLowerCase()))]
  const volatile = /^(?:date|age|etag|expires|content-length)$|request-id$|trace|ratelimit/
  return new Map<string, unknown>([
    ['the status', status],
    ['the body', neutral(body.toString('utf8'))],
    ...names.map((name): [string, unknown] => [
      `the header ${name}`,
      volatile.test(name) ? '{changing}' : neutral(headerValue({ headers }, name) ?? ''),
    ]),
  ])
}
