import { labelOf } from '../../../spec/product-types.ts'
import { drawBar, ink } from '../bar.ts'
import type { Figures, Row, UsageFigures } from '../figures.ts'
import type { Flow } from '../flow.ts'
import { count, none, percent } from '../numbers.ts'
import type { Element } from '../pdf/structure-tree.ts'
import { color, page, rgb, size } from '../style.ts'
import { type Column, headHeight, lineHeight, Table } from '../table.ts'
import { drawHeading, headingHeight } from './heading.ts'
import { sourceOf } from './terms.ts'

const indent = 9
const blockGap = 5

/** Name of the place in the document where an organization's figures stand. */
export const destinationOf = (row: Row) => `organization-${row.organization.id}`

/** Every organization with every figure, in tree order. */
export function drawOrganizations(flow: Flow, figures: UsageFigures): void {
  const { document } = flow
  const section = document.structure.open('Sect', document.structure.top)
  drawHeading(flow, section, 'Organizations', heightBelowHeading(figures))
  const bookmark = document.outline.addItem('Organizations', {
    expanded: true,
    top: flow.y - 30,
    left: page.width,
  })
  const wanted = new Set(figures.attention.map(({ row }) => row))
  const cells = cellsOf(figures)
  const columns = columnsOf(flow, figures, cells)
  const table = new Table(flow, section, columns)
  for (const row of figures.rows) {
    const top = drawRow(table, row, figures, cells)
    if (row.ancestors.length === 0) bookmark.addItem(row.organization.name, { top, left: page.width })
    if (wanted.has(row)) document.addNamedDestination(destinationOf(row), 'XYZ', page.left, top, null)
  }
  table.end()
  document.structure.close(section)
}

/** A table that fits on one page is kept on one page; of a longer one, the first rows stay with the heading. */
function heightBelowHeading({ rows, types }: UsageFigures): number {
  const whole = headHeight + rows.length * (Math.max(1, types.length) * lineHeight + blockGap)
  return headingHeight + whole <= page.bottom - page.top ? whole : 90
}

interface Cell {
  title: string
  align: 'left' | 'right'
  text(figures: Figures): string
}

/** The columns between the product type and the bar. Figures that no row has get no column. */
function cellsOf({ hasHierarchy, hasLimits, hasOwnLimits }: UsageFigures): Cell[] {
  const number = (title: string, pick: (figures: Figures) => number | null): Cell => ({
    title,
    align: 'right',
    text: (figures) => count(pick(figures)),
  })
  const used = hasHierarchy
    ? [number('Direct', ({ direct }) => direct), number('Subtree', ({ subtree }) => subtree)]
    : [number('Used', ({ subtree }) => subtree)]
  if (!hasLimits) return used
  return [
    ...used,
    ...(hasOwnLimits ? [number('Limit', ({ limit }) => limit)] : []),
    number('Effective limit', ({ effective }) => effective),
    { title: 'Set by', align: 'left', text: sourceOf },
    number('Free', ({ free }) => free),
  ]
}

function columnsOf(flow: Flow, { rows, types, hasLimits }: UsageFigures, cells: Cell[]): Column[] {
  if (types.length === 0) return [{ title: 'Organization', align: 'left', width: 300 }]
  const { document } = flow
  const widest = (texts: Iterable<string>, least: number, most: number) => {
    let width = least
    for (const text of texts) width = Math.max(width, document.width(text, 400, size.body))
    return Math.min(width, most)
  }
  const all = rows.flatMap(({ figures }) => types.map((type) => figures[type]!))
  const names = rows.map(
    ({ organization, ancestors }) =>
      document.width(organization.name, 400, size.body) + ancestors.length * indent,
  )
  return [
    { title: 'Organization', align: 'left', width: Math.min(Math.max(120, ...mostWidths(names)), 230) },
    { title: 'Type', align: 'left', width: widest(types.map(labelOf), 30, 80) },
    ...cells.map(({ title, align, text }) => ({
      title,
      align,
      width: widest(
        new Set(all.map(text)),
        document.width(title, 600, size.body),
        align === 'left' ? 110 : 80,
      ),
    })),
    ...(hasLimits ? [{ title: 'Utilization', align: 'left' as const, width: 96 }] : []),
  ]
}

// The 95th percentile: a few long names get a line of their own and do not widen the column.
function mostWidths(widths: number[]): number[] {
  const sorted = [...widths].sort((a, b) => a - b)
  return [sorted[Math.floor((sorted.length - 1) * 0.95)] ?? 0]
}

function drawRow(table: Table, row: Row, { types, hasLimits }: UsageFigures, cells: Cell[]): number {
  const { flow } = table
  const { document } = flow
  const { organization, ancestors } = row
  const depth = Math.min(ancestors.length, 12)
  const left = page.left + depth * indent
  const weight = depth === 0 ? 600 : 400
  const id = row.ambiguous ? organization.id : ''
  const idWidth = id ? document.width(id, 400, size.small) + 6 : 0
  const nameWidth = document.width(organization.name, weight, size.body)
  const idBelow = types.length > 1
  const room = table.columns[0]!.x + table.columns[0]!.width - left
  const ownLine = nameWidth + (idBelow ? 0 : idWidth) > room
  const lines = Math.max(1, types.length) + (ownLine && types.length > 0 ? 1 : 0)
  const height = lines * lineHeight + blockGap
  const top = table.begin(height)
  const drawn: string[] = [`/Artifact BMC ${guides(depth, top, height, table.right)} EMC`]

  const name = document.type.line(organization.name, weight)
  const fitted = Math.min(size.body, (size.body * (page.right - left - idWidth)) / Math.max(nameWidth, 1))
  const first = table.row()
  const head = document.structure.open('TH', first, {
    scope: 'Row',
    ...(types.length > 1 ? { rowSpan: types.length } : {}),
    ...(name.isRightToLeft ? { actual: `${name.actual} ${id}`.trim() } : {}),
  })
  drawn.push(document.tag(head, document.show(name, left, top + 9, fitted, color.ink)))
  if (id) {
    const isBelow = idBelow && !ownLine
    const x = isBelow ? left : left + Math.min(nameWidth, page.right - left - idWidth) + 6
    const y = top + 9 + (isBelow ? lineHeight - 2 : 0)
    const points = isBelow ? Math.min(size.small, (size.small * room) / idWidth) : size.small
    drawn.push(document.tag(head, document.show(document.type.line(id, 400), x, y, points, color.muted)))
  }
  document.structure.close(head)

  types.forEach((type, index) => {
    const element = index === 0 ? first : table.row()
    const y = top + (lines - types.length + index) * lineHeight
    const figures = row.figures[type]!
    drawn.push(table.cell(element, 1, labelOf(type), y, color.muted))
    cells.forEach((cell, at) => {
      const text = cell.text(figures)
      drawn.push(table.cell(element, at + 2, text, y, text === none ? color.muted : color.ink))
    })
    if (hasLimits) drawn.push(drawUtilization(table, element, cells.length + 2, figures, y))
    document.structure.close(element)
  })
  if (types.length === 0) document.structure.close(first)
  document.addContent(drawn.join('\n'))
  flow.y = top + height
  return top
}

function drawUtilization(table: Table, row: Element, at: number, figures: Figures, y: number): string {
  const { document } = table.flow
  const { subtree: used, effective: limit, utilization, alarm } = figures
  if (limit === null) return table.cell(row, at, none, y, color.muted)
  const cell = document.structure.open('TD', row)
  const { x, width } = table.columns[at]!
  const text = limit > 0 ? percent(utilization) : alarm ? 'in use' : 'disabled'
  const line = document.type.line(text, alarm ? 600 : 400)
  const room = 40
  const barWidth = width - room - 12
  const bar = drawBar(
    document,
    cell,
    { used, limit, utilization, alarm },
    { x, y: y + 3.5, width: barWidth, height: 5 },
  )
  const end = x + width - (line.width * size.body) / 1000
  const shown = document.tag(
    cell,
    document.show(line, end, y + 9, size.body, limit === 0 && !alarm ? color.muted : ink[alarm ?? 'none']),
  )
  document.structure.close(cell)
  return `${bar} ${shown}`
}

/** A rule above the block and a line for each level that it stands below. */
function guides(depth: number, top: number, height: number, right: number): string {
  const rule = `${rgb(color.faint)} RG 0.5 w ${page.left + depth * indent} ${round(top - 1)} m ${right} ${round(top - 1)} l S`
  const levels = Array.from({ length: depth }, (_, level) => {
    const x = page.left + level * indent + 3
    return `${x} ${round(top - 1)} m ${x} ${round(top + height - 1)} l`
  })
  return levels.length === 0 ? rule : `${rule} ${rgb(color.rule)} RG ${levels.join(' ')} S`
}

const round = (value: number) => Math.round(value * 100) / 100
