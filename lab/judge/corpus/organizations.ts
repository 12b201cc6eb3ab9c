import type { Organization } from '../../../fixtures/organization.ts'

/** Numbers from 0 to 1, the same for the same seed. */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

const words = [
  'Amber',
  'Basalt',
  'Cedar',
  'Delta',
  'Ember',
  'Fjord',
  'Granite',
  'Harbor',
  'Indigo',
  'Juniper',
  'Kestrel',
  'Lagoon',
  'Maple',
  'Nimbus',
  'Orchid',
  'Pioneer',
  'Quartz',
  'Raven',
  'Summit',
  'Tundra',
  'Umber',
  'Vista',
  'Willow',
  'Zenith',
]
const kinds = [
  'Logistics',
  'Foods',
  'Health',
  'Studio',
  'Depot 7',
  'Depot 71',
  'Retail',
  '24-7',
  'Energy & Co.',
  'Nord',
]
const types = ['locations', 'users', 'sso']

/** A tree of organizations whose figures agree; names repeat under different parents, some are prefixes of others. */
export function organizationsOf(seed: number, count: number): Organization[] {
  const random = randomFrom(seed)
  const pick = <T>(list: T[]): T => list[Math.floor(random() * list.length)] as T
  const id = () =>
    `org_${Array.from({ length: 18 }, () => pick([...'abcdefghijkmnpqrstuvwxyzABCDEFGH23456789'])).join('')}`
  const list: Organization[] = []
  const names = new Set<string>()
  for (let at = 0; at < count; at += 1) {
    const parents = list.filter(({ depth }) => depth < 3)
    const parent = at > 0 && random() < 0.7 ? pick(parents) : null
    let name =
      random() < 0.1 && parent ? 'Warehouse' : `${pick(words)} ${random() < 0.8 ? pick(kinds) : pick(words)}`
    const siblings = list.filter(({ parent_org_id }) => parent_org_id === (parent?.id ?? null))
    for (let tries = 0; tries < 50; tries += 1) {
      const taken = name === 'Warehouse' ? siblings.some((other) => other.name === name) : names.has(name)
      if (!taken) break
      name = `${pick(words)} ${pick(words)} ${pick(kinds)}`
    }
    names.add(name)
    const usage: Record<string, number> = {}
    const limits: Record<string, number | null> = {}
    for (const type of types) {
      const size = type === 'sso' ? 4 : type === 'users' ? 3000 : 120
      if (random() < 0.8) usage[type] = random() < 0.15 ? 0 : Math.floor(random() ** 2 * size)
      const kind = random()
      if (kind < 0.08) limits[type] = 0
      else if (kind < 0.5) limits[type] = Math.floor(size * (1 + random() * 3))
      else if (kind < 0.7) limits[type] = null
    }
    list.push({
      id: id(),
      name,
      parent_org_id: parent?.id ?? null,
      path: parent ? [parent.path, parent.id].filter(Boolean).join('#') : null,
      depth: parent ? parent.depth + 1 : 0,
      usage: { usage, subtree_usage: {} },
      limits,
    })
  }
  return inTreeOrder(list)
}

function inTreeOrder(list: Organization[], parent: string | null = null): Organization[] {
  return list
    .filter(({ parent_org_id }) => parent_org_id === parent)
    .flatMap((organization) => {
      const below = inTreeOrder(list, organization.id)
      const subtree: Record<string, number> = {}
      const children = below.filter(({ parent_org_id }) => parent_org_id === organization.id)
      for (const each of [organization.usage.usage, ...children.map(({ usage }) => usage.subtree_usage)])
        for (const [type, count] of Object.entries(each)) subtree[type] = (subtree[type] ?? 0) + (count ?? 0)
      organization.usage.subtree_usage = subtree
      return [organization, ...below]
    })
}

/** The same organizations, the first ones under these names. */
export function renamed(organizations: Organization[], names: readonly string[]): Organization[] {
  return organizations.map((each, at) => ({ ...each, name: names[at] ?? each.name }))
}
