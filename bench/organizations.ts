import type { Organization, Quantities } from '../fixtures/organization.ts'
import type { UsageData } from '../fixtures/workspace.ts'

const types = ['locations', 'users', 'sso']
const fanout = 6

/** A workspace of `count` organizations with `productTypes` of the three types: the same for the same numbers. */
export function workspaceOf(count: number, productTypes = 1): UsageData {
  const used = types.slice(0, productTypes)
  const organizations = Array.from({ length: count }, (_, index): Organization => {
    const parent = index === 0 ? null : Math.floor((index - 1) / fanout)
    const direct = Object.fromEntries(used.map((type, at) => [type, (index * 7 + at * 3) % 50]))
    const limits = index % 4 === 0 ? Object.fromEntries(used.map((type) => [type, 50 + (index % 400)])) : {}
    const usage = { usage: direct, subtree_usage: { ...direct } }
    const id = `org_${String(index).padStart(16, '0')}`
    const parentId = parent === null ? null : `org_${String(parent).padStart(16, '0')}`
    return { id, name: `${nameOf(index)} ${index}`, parent_org_id: parentId, depth: 0, usage, limits }
  })
  for (let index = count - 1; index > 0; index--) {
    const parent = organizations[Math.floor((index - 1) / fanout)]!
    add(parent.usage.subtree_usage, organizations[index]!.usage.subtree_usage)
  }
  organizations.forEach((organization, index) => {
    organization.depth = index === 0 ? 0 : organizations[Math.floor((index - 1) / fanout)]!.depth + 1
  })
  return {
    workspace: { id: 'ws_bench00000000001', name: 'Bench', billing_mode: 'pooled' },
    asOf: '2026-01-31T12:00:00Z',
    billingAccounts: [
      { id: 'ba_1', name: 'Main', quantities: Object.fromEntries(used.map((type) => [type, count * 40])) },
    ],
    organizations,
  }
}

const words = ['Region', 'Warehouse', 'Store', 'Office', 'Team', 'Depot', 'Branch']
const places = [
  'North',
  'South',
  'Hamburg',
  'Lyon',
  'Austin',
  'Porto',
  'Leeds',
  'Kraków',
  'Malmö',
  'Turin',
  'Bergen',
]
const nameOf = (index: number) => `${words[index % words.length]} ${places[index % places.length]}`

function add(sum: Quantities, more: Quantities): void {
  for (const [type, count] of Object.entries(more)) sum[type] = (sum[type] ?? 0) + (count ?? 0)
}
