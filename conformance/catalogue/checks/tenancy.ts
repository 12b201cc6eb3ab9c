import assert from 'node:assert/strict'
import type { Facts } from '../../engine/context.ts'
import { type Question, usagePath } from '../../http/request.ts'
import { type Answer, describe, type Field, fieldValue } from '../../http/response.ts'
import { assertEqual, assertRefused, assertStatus, isPdf } from '../assertions/assertions.ts'
import { canariesOf, findCanary, textOfBody, textOfFields } from '../assertions/canaries.ts'
import type { Check, Spoil } from '../check.ts'
import { credentialsIgnored, everythingServed, replaceField, withStatus } from '../mutations/mutations.ts'
import { drawSheet } from '../mutations/plain-report.ts'
import { documented, inContract } from '../operation.ts'
import { claimingFields, claimingQueries } from '../probes/claims.ts'
import { waysToAsk } from '../probes/request-variants.ts'

const broken = 'owasp#0xa1-broken-object-level-authorization'

const refusals = ({ profile }: Facts): number[] =>
  profile.expect.outsider === 'either' ? [403, 404] : [profile.expect.outsider]

/** Names and ids of foreign organizations that are none of the member's, and the outsider's workspace. */
async function foreignCanaries(facts: Facts): Promise<string[]> {
  const { profile } = facts
  const own = profile.workspace.organizations ? await facts.organizations() : []
  const workspace = profile.actors.outsider?.workspace
  return [...canariesOf(profile.foreignOrganizations ?? [], own), ...(workspace ? [workspace] : [])]
}

async function assertNothingForeign(answer: Answer, facts: Facts, what: string): Promise<void> {
  const canaries = await foreignCanaries(facts)
  const found = findCanary(`${textOfFields(answer)}\n${await textOfBody(answer, facts)}`, canaries)
  assert.ok(!found, `${what} names ${found}, which belongs to somebody else`)
}

const isElsewhere = ({ query, headers }: Question) => query !== undefined || headers !== undefined

const foreignDocument = (when: (question: Question) => boolean): Spoil => ({
  title: 'the document is about foreign organizations',
  answer: async (answer, question, { profile }) =>
    when(question) ? { ...answer, body: await drawSheet(profile.foreignOrganizations ?? [], []) } : answer,
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
  ].filter((spelling) => spelling !== id)
}

/** What one tenant learns of another. */
export const tenancy: Check[] = [
  {
    id: 'TENANCY-001',
    title: 'A refusal names nothing that the caller may not see',
    level: 'contract',
    source: broken,
    covers: [documented(403)],
    needs: ['outsider', 'organizations'],
    async run(target, facts) {
      const theirs = await facts.outsidersOrganizations()
      const { name } = facts.profile.workspace
      const canaries = [...canariesOf(await facts.organizations(), theirs), ...(name ? [name] : [])]
      const text = async (question: Question) => {
        const answer = await target.ask({ as: 'outsider', ...question })
        return `${textOfFields(answer)}\n${await textOfBody(answer, facts)}`
      }
      // A word that a refusal for no workspace at all has as well gives nothing away.
      const harmless = await text({ workspace: facts.unknownWorkspace })
      const telling = canaries.filter((canary) => !findCanary(harmless, [canary]))
      const found = findCanary(await text({}), telling)
      assert.ok(!found, `somebody without access is told of ${found}`)
    },
    counterexamples: [
      credentialsIgnored,
      {
        title: 'a field of the refusal names an organization',
        answer: async (answer, { workspace }, facts) =>
          workspace ? answer : replaceField(answer, 'X-Denied', (await facts.organizations())[0]!.name),
      },
      {
        title: 'the body of the refusal names the workspace',
        answer: (answer, { workspace }, { profile }) =>
          workspace
            ? answer
            : { ...answer, body: Buffer.from(`You are no member of ${profile.workspace.name}.`) },
      },
    ],
  },
  {
    id: 'TENANCY-002',
    title: 'The header of the answer names nothing of other tenants',
    level: 'contract',
    source: broken,
    covers: [documented(200)],
    needs: ['foreignOrganizations'],
    async run(target, facts) {
      const found = findCanary(textOfFields(await target.ask()), await foreignCanaries(facts))
      assert.ok(!found, `the header of the answer names ${found}, which belongs to somebody else`)
    },
    counterexamples: [
      {
        title: 'the file name is an organization of somebody else',
        answer: (answer, _, { profile }) => {
          const value = `attachment; filename*=UTF-8''${encodeURIComponent(profile.foreignOrganizations![0]!.name)}.pdf`
          return replaceField(answer, 'Content-Disposition', value)
        },
      },
      {
        title: 'a link leads to the workspace of somebody else',
        answer: (answer, _, { profile }) =>
          replaceField(answer, 'Link', `</workspaces/${profile.actors.outsider?.workspace}>; rel="next"`),
      },
    ],
  },
  {
    id: 'TENANCY-003',
    title: 'Pages, metadata, attachments and earlier revisions name nothing of other tenants',
    level: 'contract',
    source: broken,
    covers: [documented(200)],
    needs: ['foreignOrganizations'],
    run: async (target, facts) => assertNothingForeign(await target.ask(), facts, 'the document'),
    counterexamples: [foreignDocument(() => true)],
  },
  {
    id: 'TENANCY-004',
    title: 'A member who names another workspace beside the path receives nothing of it',
    level: 'contract',
    source: inContract('/parameters'),
    covers: [documented(200)],
    needs: ['outsiderWorkspace', 'foreignOrganizations'],
    async run(target, facts) {
      const other = facts.profile.actors.outsider!.workspace!
      const named = (names: string[], value: string) => Object.fromEntries(names.map((name) => [name, value]))
      const beside: Question[] = [
        { query: new URLSearchParams(named(queryNames, other)).toString() },
        // Of a parameter that is there twice, some take the first and some the last.
        {
          query: [named(queryNames, facts.profile.workspace.id), named(queryNames, other)]
            .map((names) => new URLSearchParams(names).toString())
            .join('&'),
        },
        { headers: named(tenantFields, other) },
        { headers: named(['X-Original-URL', 'X-Rewrite-URL', 'X-Forwarded-Path'], usagePath(other)) },
      ]
      for (const question of beside)
        await assertNothingForeign(
          await target.ask(question),
          facts,
          `the answer to a member who adds ${JSON.stringify(question)}`,
        )
    },
    counterexamples: [foreignDocument(isElsewhere)],
  },
  {
    id: 'TENANCY-005',
    title: 'No other spelling of the id gives the document to somebody without access',
    level: 'contract',
    source: broken,
    covers: [documented(403)],
    needs: ['outsider'],
    async run(target, { profile }) {
      const { id } = profile.workspace
      const own = profile.actors.outsider?.workspace
      const pairs = own ? [`${own}%00${id}`, `${own},${id}`, `${own};${id}`, `${own}%0a${id}`] : []
      for (const spelling of [...spellings(id), ...pairs]) {
        const path = `/workspaces/${spelling}/organizations/usage.pdf`
        const answer = await target.wire({ as: 'outsider', path })
        assert.ok(!isPdf(answer), `GET ${path} by somebody without access is answered ${describe(answer)}`)
      }
    },
    counterexamples: [everythingServed],
  },
  {
    id: 'TENANCY-006',
    title: 'HEAD tells somebody without access no more than GET',
    level: 'contract',
    source: 'rfc9110#9.3.2',
    covers: [documented(403)],
    needs: ['outsider'],
    async run(target, facts) {
      const answer = await target.ask({ method: 'HEAD', as: 'outsider' })
      assertStatus(answer, [...refusals(facts), 405, 501], 'HEAD by somebody without access')
    },
    counterexamples: [credentialsIgnored, withStatus(500)],
  },
  {
    id: 'TENANCY-007',
    title: 'No part of the document is for somebody without access',
    level: 'contract',
    source: inContract('/responses/403'),
    covers: [documented(403)],
    needs: ['outsider'],
    async run(target, facts) {
      for (const range of ['bytes=0-99', 'bytes=-100', 'bytes=99999999999-']) {
        const answer = await target.ask({ as: 'outsider', headers: { Range: range } })
        assertStatus(answer, refusals(facts), `somebody without access who asks for ${range}`)
      }
    },
    counterexamples: [credentialsIgnored, withStatus(206), withStatus(416)],
  },
  {
    id: 'TENANCY-008',
    title: 'Access is looked at before preconditions',
    level: 'http',
    source: 'rfc9110#13.2.1',
    covers: [documented(403)],
    needs: ['outsider'],
    async run(target, facts) {
      const etag = fieldValue(await target.ask({ fresh: true }), 'etag')
      const conditions: Record<string, string>[] = [
        ...(etag ? [{ 'If-None-Match': etag }] : []),
        { 'If-None-Match': '*' },
        { 'If-Match': '"none"' },
        { 'If-Modified-Since': 'Fri, 31 Dec 2100 23:59:59 GMT' },
      ]
      for (const headers of conditions) {
        const answer = await target.ask({ as: 'outsider', headers, fresh: true })
        assertStatus(answer, refusals(facts), `somebody without access, but with ${Object.keys(headers)[0]},`)
      }
    },
    counterexamples: [credentialsIgnored, withStatus(304, ({ as }) => as === 'outsider')],
  },
  {
    id: 'TENANCY-009',
    title: 'Where somebody without access is answered 404, nothing tells a workspace that exists from none',
    level: 'contract',
    source: 'rfc9110#15.5.4',
    covers: [documented(404)],
    needs: ['outsider'],
    async run(target, { profile, unknownWorkspace }) {
      const existing = await target.ask({ as: 'outsider' })
      if (existing.status !== 404) return
      const ask = (workspace: string) => target.ask({ as: 'outsider', workspace, fresh: true })
      const another = unknownWorkspace.slice(0, -1) + (unknownWorkspace.endsWith('0') ? '1' : '0')
      const unknown = shapeOf(await ask(unknownWorkspace), unknownWorkspace)
      const control = shapeOf(await ask(another), another)
      const shape = shapeOf(existing, profile.workspace.id)
      // What differs between two workspaces that do not exist tells nothing.
      for (const part of new Set([...unknown.keys(), ...control.keys(), ...shape.keys()]))
        if (unknown.get(part) === control.get(part))
          assertEqual(shape.get(part), unknown.get(part), `${part} for a workspace that exists`)
      const head = await target.ask({ as: 'outsider', method: 'HEAD' })
      const unknownHead = await target.ask({ as: 'outsider', method: 'HEAD', workspace: unknownWorkspace })
      assertEqual(head.status, unknownHead.status, 'the status of HEAD for a workspace that exists')
    },
    counterexamples: [
      {
        title: 'the body says it',
        answer: (answer, { workspace }) => ({
          ...answer,
          status: 404,
          body: Buffer.from(workspace ? 'not found' : 'no access'),
        }),
      },
      {
        title: 'a field says it',
        answer: (answer, { workspace }) => {
          const fields: Field[] = workspace ? [] : [['X-Policy', 'membership']]
          return { ...answer, status: 404, fields, body: Buffer.alloc(0) }
        },
      },
      {
        title: 'HEAD says it',
        answer: (answer, { method, workspace }) => ({
          ...answer,
          status: method === 'HEAD' && !workspace ? 403 : 404,
          fields: [],
          body: Buffer.alloc(0),
        }),
      },
    ],
  },
  {
    id: 'TENANCY-010',
    title: 'However it is asked for, somebody without access is refused the document',
    level: 'contract',
    source: inContract('/responses/403'),
    covers: [documented(403)],
    needs: ['outsider'],
    async run(target, facts) {
      const hides = (await target.ask({ as: 'outsider' })).status === 404
      for (const [what, question] of waysToAsk) {
        const answer = await target.ask({ ...question, as: 'outsider' })
        // Negotiation and versions may be looked at first: what they are answered with tells nothing of the workspace.
        assertRefused(
          answer,
          [...(hides ? [404] : refusals(facts)), 400, 406, 426, 505],
          `somebody without access, but with ${what},`,
        )
      }
    },
    counterexamples: [
      credentialsIgnored,
      {
        title: 'who speaks HTTP/1.0 is let in',
        question: (question) => (question.version ? { ...question, as: 'member' } : question),
      },
      {
        title: 'a workspace is hidden, but not from those who accept JSON',
        answer: (answer, { headers }) => ({
          ...answer,
          status: headers?.Accept?.includes('json') ? 403 : 404,
        }),
      },
    ],
  },
  {
    id: 'TENANCY-011',
    title: 'Access is that of the caller, not of the connection that the request comes over',
    level: 'contract',
    source: 'rfc9110#3.3',
    covers: [documented(403)],
    needs: ['outsider'],
    async run(target, facts) {
      assertStatus(await target.ask({ isKept: true }), [200], 'a member')
      assertRefused(
        await target.ask({ as: 'outsider', isKept: true }),
        refusals(facts),
        'somebody without access, over the connection that a member asked on before,',
      )
    },
    counterexamples: [
      {
        title: 'what a connection was used for, it may be used for',
        question: (question) => (question.isKept ? { ...question, as: 'member' } : question),
      },
    ],
  },
  {
    id: 'TENANCY-012',
    title: 'A refusal without credentials, or for an unknown workspace, names no organization',
    level: 'contract',
    source: broken,
    covers: [documented(401), documented(404)],
    needs: ['organizations'],
    async run(target, facts) {
      const own = await facts.organizations()
      const others = facts.profile.foreignOrganizations ?? []
      const refused = { nobody: canariesOf([...own, ...others], []), member: canariesOf(others, own) }
      for (const [who, question] of [
        ['nobody', { as: 'nobody' }],
        ['nobody', { as: 'nobody', workspace: facts.unknownWorkspace }],
        ['member', { workspace: facts.unknownWorkspace }],
      ] as ['nobody' | 'member', Question][]) {
        const answer = await target.ask(question)
        const found = findCanary(`${textOfFields(answer)}\n${await textOfBody(answer, facts)}`, refused[who])
        assert.ok(
          !found,
          `the ${answer.status} for ${who === 'nobody' ? 'a request without credentials' : 'an unknown workspace'} names ${found}`,
        )
      }
    },
    counterexamples: [
      {
        title: 'a 401 lists what there is',
        answer: async (answer, { as }, facts) =>
          as === 'nobody'
            ? { ...answer, body: Buffer.from((await facts.organizations()).map(({ name }) => name).join()) }
            : answer,
      },
      {
        title: 'a 404 suggests what others have',
        answer: (answer, { as, workspace }, { profile }) =>
          workspace && as !== 'nobody'
            ? { ...answer, body: Buffer.from(JSON.stringify(profile.foreignOrganizations)) }
            : answer,
      },
    ],
  },
  {
    id: 'TENANCY-013',
    title: 'Where somebody without access is answered 404, OPTIONS does not tell what is there',
    level: 'advice',
    source: 'rfc9110#15.5.4',
    covers: [documented(404)],
    needs: ['outsider'],
    async run(target, { unknownWorkspace: workspace }) {
      if ((await target.ask({ as: 'outsider' })).status !== 404) return
      const existing = await target.ask({ method: 'OPTIONS', as: 'nobody' })
      const unknown = await target.ask({ method: 'OPTIONS', as: 'nobody', workspace })
      assertEqual(existing.status, unknown.status, 'the status of OPTIONS for a workspace that exists')
    },
    counterexamples: [
      {
        title: 'OPTIONS looks for the workspace',
        answer: (answer, { method, workspace }) => ({
          ...answer,
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
    covers: [documented(403)],
    needs: ['outsider'],
    async run(target, { profile }) {
      const fields = claimingFields(profile.workspace.id)
      const questions = [
        ...fields.map((headers) => ({ headers })),
        ...claimingQueries.map((query) => ({ query })),
      ]
      for (const question of questions) {
        const answer = await target.ask({ ...question, as: 'outsider' })
        assert.ok(
          answer.status !== 200 && !isPdf(answer),
          `somebody without access who adds ${JSON.stringify(question)} is answered ${describe(answer)}`,
        )
      }
    },
    counterexamples: [
      everythingServed,
      {
        title: 'who claims to be an administrator is let in',
        question: (question) => (question.headers?.['X-Role'] ? { ...question, as: 'member' } : question),
      },
      {
        title: 'a query grants the role of an administrator',
        question: (question) =>
          question.query?.includes('role=admin') ? { ...question, as: 'member' } : question,
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

/** What a refusal consists of, the id that was asked for and what changes from answer to answer left out. */
function shapeOf({ status, fields, body }: Answer, id: string): Map<string, unknown> {
  const neutral = (text: string) =>
    text
      .replaceAll(id, '{id}')
      .replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}|[0-9a-f]{16,}/gi, '{random}')
      .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:\d\d)/g, '{time}')
  const names = [...new Set(fields.map(([name]) => name.toLowerCase()))]
  const volatile = /^(date|age|etag|expires|content-length|.*request-id|.*trace.*|.*ratelimit.*)$/
  return new Map<string, unknown>([
    ['the status', status],
    ['the body', neutral(body.toString('utf8'))],
    ...names.map((name): [string, unknown] => [
      `the field ${name}`,
      volatile.test(name) ? '{changing}' : neutral(fieldValue({ fields }, name) ?? ''),
    ]),
  ])
}
