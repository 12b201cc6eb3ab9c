import type { ProductType } from '../../../fixtures/organization.ts'
import { labelOf } from '../../../spec/product-types.ts'
import type { Figures, UsageFigures } from '../figures.ts'
import { count, percent } from '../numbers.ts'
import type { ReportDocument } from '../pdf/report-document.ts'
import { contentWidth, size } from '../style.ts'
import { type Column, widthOf } from '../table.ts'
import { sourceOf } from './terms.ts'

/** A figure of one product type in the row of an organization. */
export interface TypeColumn extends Column {
  type: ProductType
  figure: 'usage' | 'limit' | 'utilization'
  /** Empty where the organization has no such figure of its own. */
  text(figures: Figures): string
  /** Whether these figures give the column something to say. */
  isNeeded(figures: Figures): boolean
}

/** The room for the marker of an alarm, left of a utilization. */
export const markerWidth = 9
const leastNameWidth = 190
const mostWidth = 110

/** The columns of each product type in tables, each as wide as a page; in most reports it is one. */
export function typeColumns(document: ReportDocument, figures: UsageFigures): TypeColumn[][] {
  const groups = columnsOf(document, figures)
  const tables = fitOnPages(groups)
  if (tables.length === 1) return tables
  // Who set a limit takes most room, and is found on the way up: a row or more above.
  return fitOnPages(groups.map((columns) => columns.filter(({ title }) => title !== source.title)))
}

/** The columns of each product type. What no organization has gets no column. */
function columnsOf(document: ReportDocument, figures: UsageFigures): TypeColumn[][] {
  const { rows, types, hasHierarchy } = figures
  const candidates: Candidate[] = [
    ...(hasHierarchy ? [direct, subtree] : [used]),
    limit,
    effective,
    source,
    free,
    utilization,
  ]
  return types.map((type) => {
    const all = rows.map(({ figures }) => figures[type]!)
    const needed = candidates.filter(({ isNeeded }) => all.some(isNeeded))
    const label = labelOf(type)
    return needed.map((candidate): TypeColumn => {
      const column = { ...candidate, ...(needed.length === 1 ? { title: label } : { group: label }) }
      const room = candidate.figure === 'utilization' ? markerWidth : 0
      const texts = [...new Set(all.map(candidate.text))]
      const widths = texts.map((text) => document.width(text, 600, size.body) + room)
      const width = Math.min(mostWidth, Math.max(document.width(column.title, 600, size.head), ...widths))
      return { ...column, type, width }
    })
  })
}

type Candidate = Omit<TypeColumn, 'type' | 'width' | 'group'>
const right = { align: 'right' } as const

const direct: Candidate = {
  ...right,
  figure: 'usage',
  title: 'Direct',
  text: ({ direct }) => count(direct),
  isNeeded: () => true,
}
const subtree: Candidate = {
  ...right,
  figure: 'usage',
  title: 'Subtree',
  text: ({ subtree }) => count(subtree),
  isNeeded: () => true,
}
const used: Candidate = { ...subtree, title: 'Used' }
const limit: Candidate = {
  ...right,
  figure: 'limit',
  title: 'Limit',
  text: ({ limit }) => count(limit),
  isNeeded: ({ limit }) => limit !== null,
}

/**
 * Without a limit of its own an organization shares the effective limit, and what is free, with the one above it:
 * they are shown where they are its own, or where it needs attention.
 */
const isMeasured = ({ limit, effective, alarm }: Figures) =>
  effective !== null && (limit !== null || alarm !== null)
const isOther = (figures: Figures) => isMeasured(figures) && figures.effective !== figures.limit
/** A smaller limit above, or the subscription, applies in place of its own. */
const isOverruled = ({ limit, effective }: Figures) => limit !== null && effective !== limit

const effective: Candidate = {
  ...right,
  figure: 'limit',
  title: 'Effective',
  text: (figures) => (isOther(figures) ? count(figures.effective) : ''),
  isNeeded: isOverruled,
}
const source: Candidate = {
  figure: 'limit',
  title: 'Set by',
  align: 'left',
  text: (figures) => (isOther(figures) ? sourceOf(figures) : ''),
  isNeeded: isOverruled,
}
const free: Candidate = {
  ...right,
  figure: 'limit',
  title: 'Free',
  text: (figures) => (isMeasured(figures) ? count(figures.free) : ''),
  isNeeded: isMeasured,
}
const utilization: Candidate = {
  ...right,
  figure: 'utilization',
  title: 'Utilization',
  text(figures) {
    if (!isMeasured(figures)) return ''
    if (figures.effective === 0) return figures.alarm ? 'in use' : 'disabled'
    return percent(figures.utilization)
  },
  isNeeded: isMeasured,
}

/** Which terms the columns use. */
export const usesOf = (tables: TypeColumn[][]) => new Set(tables.flat().map(({ title }) => title))

/** Product types that fit side by side, with the names before them; what does not fit makes a table of its own. */
function fitOnPages(groups: TypeColumn[][]): TypeColumn[][] {
  const names: Column = { title: '', align: 'left', width: leastNameWidth }
  const tables: TypeColumn[][] = []
  for (const group of groups) {
    const beside = [...(tables.at(-1) ?? []), ...group]
    if (tables.length > 0 && widthOf([names, ...beside]) <= contentWidth) tables.splice(-1, 1, beside)
    else tables.push(group)
  }
  return tables.length > 0 ? tables : [[]]
}
