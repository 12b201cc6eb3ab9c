import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { loadFixtures } from '../../fixtures/load-fixtures.ts'
import type { Organization } from '../../fixtures/organization.ts'
import { type Random, seededRandom } from '../../fixtures/random.ts'
import { loadDocument } from '../../spec/contract-document.ts'
import type { Operation, OperationId } from '../../spec/operation.ts'
import { findMisfit } from '../../spec/schema.ts'
import { isFullSize, sample } from '../../vitest.sampling.ts'
import { type Api, openApi } from '../vitest.api.ts'

// Whatever is asked in whatever order: what may be wrong about bodies here is what clients have sent.
const names = ['Nord', 'Süd', '北', '', 'x'.repeat(51), '😀'.repeat(50), '\ud800', '__proto__', null, 7]
const limits = [
  {},
  { users: 5 },
  { users: 0 },
  { sso: null },
  { users: 1e300 },
  { locations: 40 },
  { seats: 1 },
]
const pictures = [null, 'https://cdn.example/a.png', 'https://a b', 'data:image/png;base64,<>', 'http://x']
const brandings = [null, {}, { display_name: 'D', extra: [[1]] }, { colors: { primary: '#000000' } }]
const accounts = [null, null, 'cus_a1b2c3d4e5f6g7h8', 'cus_GuideExample0001', '']

const { operations } = await loadDocument()
const all = loadFixtures()
const served = ['ws_a1b2c3d4e5f6g7h8', 'ws_guideexample0001', 'ws_archivedretail01']
const workspaces = served.map((id) => all.workspaces.get(id)!)

let directory: string
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'sequences-'))
})
afterAll(() => rm(directory, { recursive: true }))

function bodyOf(operationId: OperationId, random: Random): unknown {
  const some = (properties: Record<string, readonly unknown[]>) =>
    Object.fromEntries(
      Object.entries(properties)
        .filter(([name]) => name === 'name' || random.below(3) === 0)
        .map(([name, values]) => [name, random.pick(values)]),
    )
  if (/Organization/.test(operationId)) {
    return some({ name: names, limits, picture: pictures, branding: brandings, billing_account_id: accounts })
  }
  if (operationId === 'createWorkspace')
    return { name: 'New', billing_mode: random.pick(['pooled', 'single']) }
  if (operationId === 'addWorkspaceMember') return { user_id: random.pick(names), role: 'owner' }
  return { role: random.pick(['owner', 'viewer', 'king']) }
}

async function addressOf(path: string, api: Api, random: Random): Promise<string> {
  const { data } = (await api.call('owner', 'GET /workspaces')).body
  const workspaceId = random.pick<{ id: string }>(data).id
  const list = await api.call('owner', `GET /workspaces/${workspaceId}/organizations`)
  const organizationId = random.pick<{ id: string }>([...list.body.data, { id: 'org_0' }]).id
  const memberId = encodeURIComponent(random.pick([...all.personas.values()]).sub)
  const known: Record<string, string> = { workspaceId, organizationId, memberId, id: organizationId }
  return path.replaceAll(/\{(\w+)\}/g, (_, name: string) => known[name] ?? 'x')
}

/** What keeps an answer from being one that the contract documents. */
function findFault({ responses }: Operation, { status, type, body }: Awaited<ReturnType<Api['call']>>) {
  const documented = responses.find((response) => response.status === status)
  if (!documented) return `${status} is not documented`
  const schema = documented.schemas[type]
  return schema && /json$/.test(type) ? findMisfit(schema, body) : undefined
}

async function assertListsAgree(api: Api, workspaceId: string) {
  const path = `/workspaces/${workspaceId}/organizations`
  const list: Organization[] = (await api.call('viewer', `GET ${path}`)).body.data ?? []
  for (const { id, usage, limits } of list.slice(-5)) {
    const { body } = await api.call('viewer', `GET ${path}/${id}/limits`)
    for (const { type, used, direct, org_limit, total, free } of body.limits) {
      expect([used, direct]).toEqual([usage.subtree_usage[type] ?? 0, usage.usage[type] ?? 0])
      expect(org_limit).toBe(limits[type] ?? null)
      expect(total === null || (free <= total && total <= (org_limit ?? total))).toBe(true)
    }
  }
}

test.each(sample(3, [1, 2, 3]))(
  'whatever is asked, answers keep the contract and the state one that could be served (seed %i)',
  async (seed) => {
    const random = seededRandom(seed)
    const api = await openApi({
      fixtures: { workspaces },
      random: seededRandom(seed + 100),
      render: async () => Buffer.from('%PDF-1.7\n%%EOF\n'),
    })
    for (let step = 1; step <= (isFullSize ? 250 : 100); step++) {
      const operation = random.pick(operations.filter(({ path }) => !path.includes('billing-accounts')))
      const { method, path, operationId } = operation
      const target = `${method.toUpperCase()} ${await addressOf(path, api, random)}`
      const body = operation.body && bodyOf(operationId, random)
      const response = await api.call(random.pick(['owner', 'owner', 'admin', 'nobody']), target, body)
      const fault = findFault(operation, response)
      if (fault) throw new Error(`step ${step}: ${target} ${JSON.stringify(body)}: ${fault}`)
      if (step % 50 > 0) continue
      const saved = join(directory, String(seed))
      await api.saveFixtures(saved)
      const reloaded = loadFixtures(saved)
      for (const id of reloaded.workspaces.keys()) await assertListsAgree(api, id)
    }
  },
)
