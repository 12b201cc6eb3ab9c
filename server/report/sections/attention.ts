import type { ProductType } from '../../../fixtures/organization.ts'
import { labelOf } from '../../../spec/product-types.ts'
import { describe, drawMarker, ink } from '../bar.ts'
import type { Row, UsageFigures } from '../figures.ts'
import type { Flow } from '../flow.ts'
import { count, percent } from '../numbers.ts'
import { paragraph } from '../pdf/blocks.ts'
import type { Element } from '../pdf/structure-tree.ts'
import { color, page, size } from '../style.ts'
import { type Column, headHeight, lineHeight, Table } from '../table.ts'
import { drawHeading, headingHeight } from './heading.ts'
import { alarms, alarmsOfMany, sourceOf } from './terms.ts'

const entryHeight = lineHeight + 1
/** As many as one page holds. */
const most = Math.floor(
  (page.bottom - page.top - headingHeight - headHeight([]) - 2 * lineHeight) / entryHeight,
)

/** Name of the place in the document where the figures of an organization's product type stand. */
export const destinationOf = (row: Row, type: ProductType) => `organization-${row.organization.id}-${type}`

/** The entries that the list shows, most urgent first; of others it gives the number. */
export const listedAttention = ({ attention }: UsageFigures) => attention.slice(0, most)

/** What is over its limit, close to it, or used although disabled, with a link to the figures. */
export function drawAttention(flow: Flow, figures: UsageFigures): void {
  if (!figures.hasLimits) return
  const { document } = flow
  const { structure } = document
  const section = structure.open('Sect', structure.top)
  const listed = listedAttention(figures)
  drawHeading(flow, section, { text: 'Needs attention', follow: 50 })
  if (listed.length === 0) {
    drawSentence(flow, section, 'Nothing: no organization is at 90 % of a limit or beyond.')
  } else {
    document.outline.addItem('Needs attention', { top: flow.y - 30, left: page.width })
    const table = new Table(flow, section, columnsOf(flow, listed))
    for (const entry of listed) drawEntry(table, entry)
    table.end()
    const rest = figures.attention.slice(listed.length)
    if (rest.length > 0) drawSentence(flow, section, restOf(rest))
  }
  structure.close(section)
}

type Entry = UsageFigures['attention'][number]

function drawSentence(flow: Flow, section: Element, sentence: string): void {
  const { structure } = flow.document
  const element = structure.open('P', section)
  flow.block(paragraph(element, sentence, { fontSize: size.lead }))
  structure.close(element)
}

/** How many are not listed, by kind. */
function restOf(rest: Entry[]): string {
  const kinds = Map.groupBy(rest, ({ alarm }) => alarm)
  const counts = [...kinds].map(([alarm, { length }]) => `${count(length)} ${alarmsOfMany[alarm]}`)
  return `And ${count(rest.length)} more, marked in the table of organizations: ${counts.join(', ')}.`
}

interface EntryColumn extends Column {
  text(entry: Entry): string
}

const columns: Omit<EntryColumn, 'width'>[] = [
  { title: 'What', align: 'left', text: ({ alarm }) => alarms[alarm] },
  { title: 'Organization', align: 'left', text: ({ row }) => row.organization.name },
  { title: 'Below', align: 'left', text: ({ row }) => row.ancestors.map(({ name }) => name).join(' » ') },
  { title: 'Type', align: 'left', text: ({ type }) => labelOf(type) },
  { title: 'Used', align: 'right', text: (entry) => count(figuresOf(entry).subtree) },
  { title: 'Effective', align: 'right', text: (entry) => count(figuresOf(entry).effective) },
  { title: 'Set by', align: 'left', text: (entry) => sourceOf(figuresOf(entry)) },
  {
    title: 'Utilization',
    align: 'right',
    text: (entry) => {
      const { utilization } = figuresOf(entry)
      return utilization === null ? 'disabled' : percent(utilization)
    },
  },
]
const figuresOf = ({ row, type }: Entry) => row.figures[type]!
const widestName = 170

function columnsOf({ document }: Flow, listed: Entry[]): EntryColumn[] {
  return columns.map((column, at): EntryColumn => {
    const widths = listed.map((entry) => document.width(column.text(entry), 600, size.body))
    const width = Math.min(widestName, Math.max(document.width(column.title, 600, size.head), ...widths))
    return { ...column, width: width + (at === 0 ? markerRoom : 0) }
  })
}

const markerRoom = 11

function drawEntry(table: Table, entry: Entry): void {
  const { row, type, alarm } = entry
  const { flow } = table
  const { document } = flow
  const { structure } = document
  const top = table.begin(entryHeight)
  const { subtree: used, effective, utilization } = figuresOf(entry)
  const element = table.row()
  const what = structure.open('TD', element)
  const head = structure.open('TH', element, { scope: 'Row' })
  const link = structure.open('Link', head)
  const name = table.columns[1]!
  const kind = shift(table.text(0, alarms[alarm], top, ink[alarm], 600), markerRoom)
  const drawn = [
    document.tag(what, `${drawMarker(alarm, page.left, top + 6)} ${kind}`),
    document.tag(link, table.text(1, row.organization.name, top, color.accent)),
    table.cell(element, 2, placeOf(table, row), top, color.muted),
    ...[3, 4, 5, 6].map((at) => table.cell(element, at, columns[at]!.text(entry), top)),
    table.cell(element, 7, columns[7]!.text(entry), top, ink[alarm], 600),
  ]
  document.addContent(drawn.join('\n'))
  const box = { x: name.x, y: top, width: name.width, height: lineHeight }
  const says = describe({ used, limit: effective ?? 0, utilization, alarm })
  document.link(link, box, destinationOf(row, type), `${row.organization.name}, ${labelOf(type)}: ${says}`)
  for (const each of [what, link, head, element]) structure.close(each)
  flow.y = top + entryHeight
}

/** The way from the top to the organization; where it is too long, the middle is left out. */
function placeOf(table: Table, { ancestors }: Row): string {
  const names = ancestors.map(({ name }) => name)
  if (names.length === 0) return 'top level'
  const { document } = table.flow
  const fits = (text: string) => document.width(text, 400, size.body) <= table.columns[2]!.width
  const whole = names.join(' » ')
  if (fits(whole)) return whole
  const below = names.slice(1)
  do below.shift()
  while (below.length > 1 && !fits(`${names[0]} » … » ${below.join(' » ')}`))
  return below.length === 0 ? whole : `${names[0]} » … » ${below.join(' » ')}`
}

/** Moves shown text to the right, to make room for a marker. */
const shift = (operators: string, by: number) => `q 1 0 0 1 ${by} 0 cm ${operators} Q`
