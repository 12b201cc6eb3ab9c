import type { ProductType } from '../../../fixtures/organization.ts'
import { labelOf } from '../../../spec/product-types.ts'
import { drawMarker, drawShare, ink } from '../bar.ts'
import type { Figures, Row, UsageFigures } from '../figures.ts'
import type { Flow } from '../flow.ts'
import { none } from '../numbers.ts'
import { round } from '../pdf/report-document.ts'
import type { Element } from '../pdf/structure-tree.ts'
import { color, contentWidth, page, rgb, size } from '../style.ts'
import { headHeight, lineHeight, Table, widthOf } from '../table.ts'
import { destinationOf, listedAttention } from './attention.ts'
import { drawHeading } from './heading.ts'
import { markerWidth, type TypeColumn } from './type-columns.ts'

const indent = 8
const rowHeight = lineHeight + 1
const idGap = 6
const baseline = 9
/** So many rows, or all there are, stay together below the heading and at the end. */
const rowsKept = 3

/** Every organization with its usage and limits, in tree order: a line each, with the product types side by side. */
export function drawOrganizations(flow: Flow, figures: UsageFigures, tables: TypeColumn[][]): void {
  tables.forEach((columns, at) => {
    const types = [...new Set(columns.map(({ type }) => labelOf(type)))]
    const title = tables.length === 1 ? 'Organizations' : `Organizations: ${types.join(', ')}`
    drawTable(flow, figures, title, columns, at === 0)
  })
}

function drawTable(
  flow: Flow,
  figures: UsageFigures,
  title: string,
  columns: TypeColumn[],
  isFirst: boolean,
): void {
  const { document } = flow
  const { structure } = document
  const section = structure.open('Sect', structure.top)
  const kept = Math.min(figures.rows.length, figures.rows.length <= 2 * rowsKept ? 2 * rowsKept : rowsKept)
  drawHeading(flow, section, { text: title, follow: headHeight(columns) + kept * rowHeight })
  const bookmark = document.outline.addItem(title, { expanded: true, top: flow.y - 30, left: page.width })
  const room = contentWidth - widthOf([{ title: '', align: 'left', width: 0 }, ...columns])
  const names = { title: 'Organization', align: 'left' as const, width: nameWidth(flow, figures, room) }
  const table = new Table(flow, section, [names, ...columns])
  const destinations = destinationsOf(figures, columns)
  for (const [at, row] of figures.rows.entries()) {
    const left = figures.rows.length - at
    const top = drawRow(table, row, columns, left === rowsKept ? rowsKept : 1)
    if (isFirst && row.ancestors.length === 0)
      bookmark.addItem(row.organization.name, { top, left: page.width })
    for (const destination of destinations.get(row) ?? [])
      document.addNamedDestination(destination, 'XYZ', page.left, top, null)
  }
  table.end()
  structure.close(section)
}

/** Where the attention list leads to, by row, for the product types of this table. */
function destinationsOf(figures: UsageFigures, columns: TypeColumn[]): Map<Row, string[]> {
  const types = new Set<ProductType>(columns.map(({ type }) => type))
  const destinations = new Map<Row, string[]>()
  for (const { row, type } of listedAttention(figures))
    if (types.has(type)) destinations.set(row, [...(destinations.get(row) ?? []), destinationOf(row, type)])
  return destinations
}

/** What names take. If that is much, the 95th percentile: a few long ones do not widen the column for all. */
function nameWidth({ document }: Flow, { rows }: UsageFigures, room: number): number {
  const widths = rows.map(({ organization, ancestors, ambiguous }) => {
    const name = document.width(organization.name, ancestors.length === 0 ? 600 : 400, size.body)
    const id = ambiguous ? document.width(organization.id, 400, size.small) + idGap : 0
    return indentOf(ancestors.length) + name + id
  })
  const sorted = widths.sort((a, b) => a - b)
  const widest = sorted.at(-1) ?? 0
  const most = sorted[Math.floor((sorted.length - 1) * 0.95)] ?? 0
  return Math.min(Math.max(leastNames, widest <= wideNames ? widest : most), room)
}

const leastNames = 120
const wideNames = 280

const indentOf = (depth: number) => Math.min(depth, 12) * indent

/** `kept`: how many rows, this one included, must fit on its page. */
function drawRow(table: Table, row: Row, columns: TypeColumn[], kept: number): number {
  const { flow } = table
  const { document } = flow
  const { organization, ancestors, ambiguous } = row
  const inset = indentOf(ancestors.length)
  const left = page.left + inset
  const weight = ancestors.length === 0 ? 600 : 400
  const id = ambiguous ? organization.id : ''
  const idWidth = id ? document.width(id, 400, size.small) + idGap : 0
  const name = document.type.line(organization.name, weight)
  const width = (name.width * size.body) / 1000
  const room = table.columns[0]!.x + table.columns[0]!.width - left
  // A name that would reach into the figures stands on a line of its own above them, an id on one below the name.
  const isAbove = columns.length > 0 && width > room
  const isIdBelow = !isAbove && width + idWidth > room
  const height = rowHeight + (isAbove || isIdBelow ? lineHeight - 2 : 0)
  const top = table.begin(height, (kept - 1) * rowHeight)
  const drawn = [`q 1 0 0 1 0 ${round(top)} cm /Artifact BMC ${guides(inset, height, table.right)} EMC`]

  const element = table.row()
  const head = document.structure.open('TH', element, {
    scope: 'Row',
    ...(name.isRightToLeft ? { actual: `${name.actual} ${id}`.trim() } : {}),
  })
  const widest = page.right - left - (isIdBelow ? 0 : idWidth)
  const fitted = Math.min(size.body, (size.body * widest) / Math.max(width, 1))
  drawn.push(document.tag(head, document.show(name, left, baseline, fitted, color.ink)))
  if (id) {
    const x = isIdBelow ? left : left + Math.min(width, widest) + idGap
    const y = baseline + (isIdBelow ? lineHeight - 3 : 0)
    drawn.push(document.tag(head, document.show(document.type.line(id, 400), x, y, size.small, color.muted)))
  }
  document.structure.close(head)
  drawn.push(...drawFigures(table, element, columns, row, isAbove ? lineHeight - 2 : 0), 'Q')
  document.structure.close(element)
  document.addContent(drawn.join('\n'))
  flow.y = top + height
  return top
}

/** A dash covers the empty cells that follow it; other empty cells next to each other are one. */
function drawFigures(table: Table, element: Element, columns: TypeColumn[], row: Row, y: number): string[] {
  const { structure } = table.flow.document
  const texts = columns.map(({ type, text }) => text(row.figures[type]!))
  const drawn: string[] = []
  for (let at = 0; at < columns.length; ) {
    const { figure, type } = columns[at]!
    const text = texts[at]!
    let end = at + 1
    if (text === '' || text === none) while (texts[end] === '' && columns[end]!.type === type) end += 1
    const span = end - at > 1 ? { colSpan: end - at } : {}
    const isFaint = text === none || (figure === 'usage' && text === '0')
    if (text === '') structure.close(structure.open('TD', element, span))
    else if (figure === 'utilization')
      drawn.push(drawUtilization(table, element, at + 1, text, row.figures[type]!, y))
    else drawn.push(table.cell(element, at + 1, text, y, isFaint ? color.muted : color.ink, 400, span))
    at = end
  }
  return drawn
}

function drawUtilization(
  table: Table,
  row: Element,
  at: number,
  text: string,
  { subtree: used, effective, alarm }: Figures,
  y: number,
): string {
  const { document } = table.flow
  const { x, width } = table.columns[at]!
  const limit = effective ?? 0
  const shade = limit === 0 && !alarm ? color.muted : ink[alarm ?? 'none']
  const weight = alarm ? 600 : 400
  const start = x + width - document.width(text, weight, size.body)
  const marker = alarm ? `${drawMarker(alarm, start - markerWidth, y + 6)} ` : ''
  // The bar shows what the number beside it says: nothing that a screen reader must read twice.
  const bar = `${marker}${drawShare({ used, limit, alarm }, { x, y: y + 10.3, width, height: 1.6 })}`
  return `/Artifact BMC ${bar} EMC ${table.cell(row, at, text, y, shade, weight)}`
}

/** A rule above the row and a line for each level that it stands below. */
function guides(inset: number, height: number, right: number): string {
  const rule = `${rgb(color.faint)} RG 0.5 w ${page.left + inset} -1 m ${round(right)} -1 l S`
  const levels = Array.from({ length: inset / indent }, (_, level) => {
    const x = page.left + level * indent + 3
    return `${x} -1 m ${x} ${round(height - 1)} l`
  })
  return levels.length === 0 ? rule : `${rule} ${rgb(color.rule)} RG ${levels.join(' ')} S`
}
