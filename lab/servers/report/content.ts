import type { Organization } from '../../../fixtures/organization.ts'
import type { Workspace } from '../seed-data.ts'

/** What a report says, before anybody decides how it looks. */
export interface Content {
  title: string
  workspaceId: string
  workspaceName: string
  asOf: string
  entries: Entry[]
  /** Own use of all organizations, by product type. */
  totals: [type: string, count: number][]
}

export interface Entry {
  id: string
  name: string
  depth: number
  figures: Figure[]
}

/** `limit`: null where the organization has none of its own. */
export interface Figure {
  type: string
  direct: number
  subtree: number
  limit: number | null
}

export function contentOf(workspace: Workspace): Content {
  return retotalled({
    title: 'Statement of use',
    workspaceId: workspace.id,
    workspaceName: workspace.name,
    asOf: workspace.asOf.slice(0, 10),
    entries: workspace.organizations.map(entryOf),
    totals: [],
  })
}

/** The same content with totals that agree with its entries. */
export function retotalled(content: Content): Content {
  const { entries } = content
  const types = [...new Set(entries.flatMap(({ figures }) => figures.map(({ type }) => type)))].sort()
  return { ...content, totals: types.map((type) => [type, totalOf(entries, type)]) }
}

function entryOf({ id, name, depth, usage, limits }: Organization): Entry {
  const types = [...new Set([...Object.keys(usage.subtree_usage), ...Object.keys(limits)])].sort()
  const figures = types.map((type) => ({
    type,
    direct: usage.usage[type] ?? 0,
    subtree: usage.subtree_usage[type] ?? 0,
    limit: limits[type] ?? null,
  }))
  return { id, name, depth, figures }
}

function totalOf(entries: Entry[], type: string): number {
  return entries
    .flatMap(({ figures }) => figures)
    .filter((figure) => figure.type === type)
    .reduce((sum, { direct }) => sum + direct, 0)
}

/** Changes one entry, found by its name. */
export function changeEntry(
  content: Content,
  name: string,
  change: (entry: Entry) => Entry | Entry[],
): Content {
  if (!content.entries.some((entry) => entry.name === name)) return content
  return {
    ...content,
    entries: content.entries.flatMap((entry) => (entry.name === name ? change(entry) : entry)),
  }
}

/** Changes one figure of one entry. */
export function changeFigure(content: Content, name: string, type: string, to: Partial<Figure>): Content {
  return changeEntry(content, name, (entry) => ({
    ...entry,
    figures: entry.figures.map((figure) => (figure.type === type ? { ...figure, ...to } : figure)),
  }))
}
