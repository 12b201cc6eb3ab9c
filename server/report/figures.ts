import type { Organization, ProductType, Quantities } from '../../fixtures/organization.ts'
import type { UsageData } from '../../fixtures/workspace.ts'
import { productTypes } from '../../spec/product-types.ts'

/** Where an effective limit comes from. */
export type Source = { from: 'itself' | 'subscription' } | { from: 'ancestor'; organization: Organization }

/** What needs attention: more used than allowed, 90 % or more of it, or used although disabled. */
export type Alarm = 'over' | 'disabled' | 'near'

/** One product type of one organization. Null: no such figure. */
export interface Figures {
  direct: number
  subtree: number
  limit: number | null
  effective: number | null
  source: Source | null
  free: number | null
  /** Whole percent; null without a limit, and where the limit is 0. */
  utilization: number | null
  alarm: Alarm | null
}

/** An organization in tree order, with its ancestors from the root down. */
export interface Row {
  organization: Organization
  ancestors: Organization[]
  children: number
  /** Whether another organization of the workspace bears the same name. */
  ambiguous: boolean
  figures: Record<string, Figures>
}

/** What one subscription pool grants of a product type, and what is used of it. */
export interface Total {
  used: number
  capacity: number | null
  free: number | null
  utilization: number | null
  alarm: Alarm | null
}

/** All organizations of a workspace, or, with `assigned` billing, those that share a billing account. */
export interface Pool {
  /** Null: the workspace's only pool, or top-level organizations without a known account. */
  account: { id: string; name: string } | null
  organizations: number
  totals: Record<string, Total>
}

export interface UsageFigures {
  /** The product types that anyone uses or limits. */
  types: ProductType[]
  /** Parents before children, siblings by name. */
  rows: Row[]
  pools: Pool[]
  /** All pools together; capacity only where every pool that is in use has one. */
  totals: Record<string, Total>
  /** Most urgent first. */
  attention: { row: Row; type: ProductType; alarm: Alarm }[]
  hasHierarchy: boolean
  /** Whether anything bounds any type: an organization's limit or a capacity. */
  hasLimits: boolean
  hasOwnLimits: boolean
}

const knownTypes: readonly ProductType[] = productTypes.map(({ key }) => key)
// The locale is named so that the order does not depend on the machine's.
const byName = new Intl.Collator('en', { numeric: true })
const compareIds = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

/**
 * Works out every figure of the report, for the types given. Expects consistent organizations; throws where
 * the tree has a cycle.
 */
export function computeFigures(data: UsageData, types = typesOf(data.organizations)): UsageFigures {
  const childrenOf = groupByParent(data.organizations)
  const roots = childrenOf.get(null) ?? []
  const grouped = groupByPool(data, roots)
  const pools = grouped.map((group) => poolTotals(group, types))
  const poolOfRoot = new Map(grouped.flatMap((group, at) => group.roots.map((root) => [root.id, pools[at]!])))
  const names = new Map<string, number>()
  for (const { name } of data.organizations) names.set(name, (names.get(name) ?? 0) + 1)

  const rows: Row[] = []
  const waiting = roots.map((organization) => ({ organization, ancestors: [] as Organization[] })).reverse()
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { organization, ancestors } = next
    const children = childrenOf.get(organization.id) ?? []
    const line = [...ancestors, organization]
    const pool = poolOfRoot.get(line[0]!.id)!
    pool.organizations += 1
    rows.push({
      organization,
      ancestors,
      children: children.length,
      ambiguous: names.get(organization.name)! > 1,
      figures: Object.fromEntries(types.map((type) => [type, figuresOf(line, pool.totals[type]!, type)])),
    })
    for (const child of children.toReversed()) waiting.push({ organization: child, ancestors: line })
  }
  if (rows.length !== data.organizations.length) throw new Error('the organizations form a cycle')

  return {
    types,
    rows,
    pools,
    totals: Object.fromEntries(types.map((type) => [type, addUp(pools.map(({ totals }) => totals[type]!))])),
    attention: attentionOf(rows, types),
    hasHierarchy: rows.some((row) => row.children > 0),
    hasLimits: rows.some((row) => types.some((type) => row.figures[type]!.effective !== null)),
    hasOwnLimits: rows.some((row) => types.some((type) => row.figures[type]!.limit !== null)),
  }
}

/** The product types that anyone uses or limits, those of the public API first. */
export function typesOf(organizations: Organization[]): ProductType[] {
  const seen = new Set<string>()
  for (const { usage, limits } of organizations) {
    for (const quantities of [usage.usage, usage.subtree_usage])
      for (const [type, count] of Object.entries(quantities)) if (count) seen.add(type)
    for (const [type, limit] of Object.entries(limits)) if (typeof limit === 'number') seen.add(type)
  }
  const rest = [...seen].filter((type) => !knownTypes.includes(type)).sort(compareIds)
  return [...knownTypes.filter((type) => seen.has(type)), ...rest]
}

/** Children by parent id, in the report's order. An organization whose parent is not listed stands at the top. */
function groupByParent(organizations: Organization[]): Map<string | null, Organization[]> {
  const ids = new Set(organizations.map(({ id }) => id))
  const groups = Map.groupBy(organizations, ({ parent_org_id: parent }) =>
    parent !== null && ids.has(parent) ? parent : null,
  )
  for (const group of groups.values())
    group.sort((a, b) => byName.compare(a.name, b.name) || compareIds(a.id, b.id))
  return groups
}

interface PoolMembers {
  account: Pool['account']
  roots: Organization[]
  granted: Quantities
}

function groupByPool(data: UsageData, roots: Organization[]): PoolMembers[] {
  const { billingAccounts } = data
  if (data.workspace.billing_mode !== 'assigned') {
    const granted: Quantities = {}
    for (const { quantities } of billingAccounts)
      for (const [type, count] of Object.entries(quantities))
        granted[type] = (granted[type] ?? 0) + (count ?? 0)
    return [{ account: null, roots, granted }]
  }
  const accounts = new Map(billingAccounts.map((account) => [account.id, account]))
  const groups = Map.groupBy(roots, ({ billing_account_id: id }) => (id && accounts.has(id) ? id : null))
  return [...billingAccounts.map(({ id }) => id), null]
    .filter((id) => id !== null || groups.has(null))
    .map((id) => {
      const account = id === null ? undefined : accounts.get(id)
      return {
        account: account ? { id: account.id, name: account.name } : null,
        roots: groups.get(id) ?? [],
        granted: account?.quantities ?? {},
      }
    })
}

function poolTotals({ account, roots, granted }: PoolMembers, types: ProductType[]): Pool {
  const totals = types.map((type): [ProductType, Total] => {
    const used = roots.reduce((sum, root) => sum + (root.usage.subtree_usage[type] ?? 0), 0)
    const capacity = granted[type] ?? null
    const free = capacity === null ? null : Math.max(0, capacity - used)
    return [type, { used, capacity, free, ...measure(used, capacity) }]
  })
  return { account, organizations: 0, totals: Object.fromEntries(totals) }
}

function addUp(totals: Total[]): Total {
  const counted = totals.filter(({ used, capacity }) => used > 0 || capacity !== null)
  const sum = (pick: (total: Total) => number | null) =>
    counted.reduce((all, total) => all + (pick(total) ?? 0), 0)
  const used = sum((total) => total.used)
  const isBounded = counted.length > 0 && counted.every(({ capacity }) => capacity !== null)
  const capacity = isBounded ? sum((total) => total.capacity) : null
  const free = isBounded ? sum((total) => total.free) : null
  return { used, capacity, free, ...measure(used, capacity) }
}

/** `line`: the organization's ancestors from the root down, and itself. */
function figuresOf(line: Organization[], total: Total, type: ProductType): Figures {
  const organization = line.at(-1)!
  const direct = organization.usage.usage[type] ?? 0
  const subtree = organization.usage.subtree_usage[type] ?? 0
  let effective: number | null = null
  let source: Source | null = null
  let free = Number.POSITIVE_INFINITY
  for (const bounding of line.toReversed()) {
    const limit = bounding.limits[type]
    if (typeof limit !== 'number') continue
    free = Math.min(free, limit - (bounding.usage.subtree_usage[type] ?? 0))
    // Of equal limits the nearest is the one to change.
    if (effective !== null && limit >= effective) continue
    effective = limit
    source = bounding === organization ? { from: 'itself' } : { from: 'ancestor', organization: bounding }
  }
  if (total.capacity !== null) {
    free = Math.min(free, total.capacity - total.used)
    if (effective === null || total.capacity < effective) {
      effective = total.capacity
      source = { from: 'subscription' }
    }
  }
  const limit = organization.limits[type] ?? null
  return {
    direct,
    subtree,
    limit,
    effective,
    source,
    free: effective === null ? null : Math.max(0, free),
    ...measure(subtree, effective),
  }
}

function measure(used: number, limit: number | null): { utilization: number | null; alarm: Alarm | null } {
  if (limit === null) return { utilization: null, alarm: null }
  if (limit === 0) return { utilization: null, alarm: used > 0 ? 'disabled' : null }
  const percent = (used / limit) * 100
  let utilization = Math.round(percent)
  // Rounding must not claim a threshold that is not reached, nor hide that the limit is passed.
  if ((utilization === 90 && percent < 90) || (utilization === 100 && percent < 100)) utilization -= 1
  if (utilization === 100 && percent > 100) utilization += 1
  return { utilization, alarm: percent > 100 ? 'over' : percent >= 90 ? 'near' : null }
}

const urgency: Record<Alarm, number> = { over: 0, disabled: 1, near: 2 }

function attentionOf(rows: Row[], types: ProductType[]): UsageFigures['attention'] {
  const found = rows.flatMap((row) =>
    types.flatMap((type) => {
      const { alarm, utilization } = row.figures[type]!
      return alarm ? [{ row, type, alarm, utilization: utilization ?? 0 }] : []
    }),
  )
  found.sort((a, b) => urgency[a.alarm] - urgency[b.alarm] || b.utilization - a.utilization)
  return found.map(({ row, type, alarm }) => ({ row, type, alarm }))
}
