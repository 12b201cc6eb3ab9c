import type { Organization } from '../../../fixtures/organization.ts'

/** How a report words and writes what it shows. */
export interface Wording {
  types: Record<string, string>
  direct: string
  subtree: string
  limit: string
  free: string
  none: string
  zero: string
  grouping: string
  shows: 'direct' | 'subtree' | 'both'
  /** Head of the names, where it is not English; what the row of sums is called. */
  name?: string
  total?: string
  ids: boolean
}

/** Of one product type. */
export interface RowFigures {
  direct: string
  subtree: string
  limit: string
  free: string
}

/** What a report says of one organization: texts, which a mutation may make wrong. */
export interface ReportRow {
  name: string
  id: string
  depth: number
  parent: string
  figures: Record<string, RowFigures>
}

/** A figure with its thousands grouped. */
export function write(value: number, { grouping }: Wording): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, grouping)
}

/** What a right report says of the organizations, in the order given. */
export function rowsOf(organizations: Organization[], style: Wording): ReportRow[] {
  const names = new Map(organizations.map(({ id, name }) => [id, name]))
  return organizations.map(({ id, name, depth, parent_org_id, usage, limits }) => ({
    id,
    name,
    depth,
    parent: names.get(parent_org_id ?? '') ?? '',
    figures: Object.fromEntries(
      Object.keys(style.types).map((type) => {
        const limit = limits[type] ?? null
        const subtree = usage.subtree_usage[type] ?? 0
        return [
          type,
          {
            direct: write(usage.usage[type] ?? 0, style),
            subtree: write(subtree, style),
            limit: limit === null ? style.none : limit === 0 ? style.zero : write(limit, style),
            free: limit === null ? '' : write(Math.max(0, limit - subtree), style),
          },
        ]
      }),
    ),
  }))
}

/** What is wrong with a report. */
export interface Defect {
  kind: string
  /** Kinds of findings that are right to report. */
  named: string[]
  /** Ids of the organizations that findings must be about. */
  victims: string[]
}

type Mutation = (
  rows: ReportRow[],
  organizations: Organization[],
  style: Wording,
  random: () => number,
) => Defect | null

const pickAt = (length: number, random: () => number) => Math.floor(random() * length)

function withLimit(
  kind: string,
  named: string[],
  fits: (limit: number) => boolean,
  text: (limit: number, style: Wording) => string,
): Mutation {
  return (rows, organizations, style, random) => {
    const able = organizations.flatMap(({ limits }, at) =>
      Object.keys(style.types).flatMap((type) => {
        const limit = limits[type]
        return typeof limit === 'number' && fits(limit) ? [{ at, type, limit }] : []
      }),
    )
    const chosen = able[pickAt(able.length, random)]
    if (!chosen) return null
    rows[chosen.at]!.figures[chosen.type]!.limit = text(chosen.limit, style)
    return { kind, named, victims: [organizations[chosen.at]!.id] }
  }
}

/** Each changes the rows in place into a report with one defect; null where the figures do not allow it. */
export const mutations: Record<string, Mutation> = {
  'missing organization': (rows, organizations, _, random) => {
    const at = pickAt(rows.length, random)
    rows.splice(at, 1)
    return { kind: 'missing organization', named: ['missing-organization'], victims: [organizations[at]!.id] }
  },
  'wrong usage': (rows, organizations, style, random) => {
    const at = pickAt(rows.length, random)
    const types = Object.keys(style.types)
    const type = types[pickAt(types.length, random)]!
    const role = style.shows === 'subtree' ? 'subtree' : 'direct'
    const right =
      (role === 'direct' ? organizations[at]!.usage.usage : organizations[at]!.usage.subtree_usage)[type] ?? 0
    rows[at]!.figures[type]![role] = write(right + 1 + pickAt(9, random) * 10, style)
    return { kind: 'wrong usage', named: ['wrong-usage'], victims: [organizations[at]!.id] }
  },
  'wrong limit': withLimit(
    'wrong limit',
    ['wrong-limit'],
    (limit) => limit > 0,
    (limit, style) => write(limit + 7, style),
  ),
  'limit lost': withLimit(
    'limit lost',
    ['missing-limit'],
    (limit) => limit > 0,
    (_, style) => style.none,
  ),
  'zero as unlimited': withLimit(
    'zero as unlimited',
    ['wrong-limit', 'missing-limit'],
    (limit) => limit === 0,
    () => 'Unlimited',
  ),
  'swapped rows': (rows, organizations, _, random) => {
    const one = pickAt(rows.length, random)
    const two = pickAt(rows.length, random)
    const [a, b] = [rows[one]!, rows[two]!]
    if (a.name === b.name || JSON.stringify(a.figures) === JSON.stringify(b.figures)) return null
    ;[a.figures, b.figures] = [b.figures, a.figures]
    const named = ['wrong-usage', 'wrong-limit', 'missing-limit', 'missing-usage']
    return { kind: 'swapped rows', named, victims: [organizations[one]!.id, organizations[two]!.id] }
  },
  'foreign organization': (rows, _, __, random) => {
    const at = pickAt(rows.length, random)
    rows.splice(at, 0, {
      ...structuredClone(rows[at]!),
      name: 'Obsidian Clockworks',
      id: 'org_QQQQQQQQQQQQQQQQQQ',
    })
    return { kind: 'foreign organization', named: ['foreign-organization'], victims: [] }
  },
  'repeated row': (rows, organizations, _, random) => {
    const at = pickAt(rows.length, random)
    if (rows.filter(({ name }) => name === rows[at]!.name).length > 1) return null
    rows.splice(at, 0, structuredClone(rows[at]!))
    return { kind: 'repeated row', named: ['duplicate-organization'], victims: [organizations[at]!.id] }
  },
  'garbled name': (rows, organizations, _, random) => {
    const at = pickAt(rows.length, random)
    rows[at]!.name = rows[at]!.name.replace(/\p{L}/gu, '?')
    return {
      kind: 'garbled name',
      named: ['unreadable-text', 'missing-organization'],
      victims: [organizations[at]!.id],
    }
  },
}
