import { labelOf } from '../../../spec/product-types.ts'
import { describe, drawMarker, ink } from '../bar.ts'
import type { Row, UsageFigures } from '../figures.ts'
import type { Flow } from '../flow.ts'
import { count, percent } from '../numbers.ts'
import { paragraph } from '../pdf/blocks.ts'
import { color, page, size } from '../style.ts'
import { lineHeight, Table } from '../table.ts'
import { drawHeading } from './heading.ts'
import { destinationOf } from './organizations.ts'
import { alarms } from './terms.ts'

/** What is over its limit, close to it, or used although disabled, with a link to the figures. */
export function drawAttention(flow: Flow, { attention, hasLimits }: UsageFigures): void {
  if (!hasLimits) return
  const { document } = flow
  const { structure } = document
  const section = structure.open('Sect', structure.top)
  drawHeading(flow, section, 'Needs attention', 50)
  if (attention.length === 0) {
    const element = structure.open('P', section)
    const nothing = 'Nothing: no organization is at 90 % of a limit or beyond.'
    flow.block(paragraph(element, nothing, { fontSize: size.lead }))
    structure.close(element)
  } else {
    document.outline.addItem('Needs attention', { top: flow.y - 30, left: page.width })
    const table = new Table(flow, section, [
      { title: 'What', align: 'left', width: 110 },
      { title: 'Organization', align: 'left', width: 160 },
      { title: 'Below', align: 'left', width: 190 },
      { title: 'Type', align: 'left', width: 50 },
      { title: 'Used', align: 'right', width: 50 },
      { title: 'Limit', align: 'right', width: 50 },
      { title: 'Utilization', align: 'right', width: 60 },
    ])
    for (const entry of attention) drawEntry(table, entry)
    table.end()
  }
  structure.close(section)
}

function drawEntry(table: Table, { row, type, alarm }: UsageFigures['attention'][number]): void {
  const { flow } = table
  const { document } = flow
  const { structure } = document
  const top = table.begin(lineHeight + 1)
  const { subtree: used, effective: limit, utilization } = row.figures[type]!
  const element = table.row()
  const what = structure.open('TD', element)
  const head = structure.open('TH', element, { scope: 'Row' })
  const link = structure.open('Link', head)
  const name = table.columns[1]!
  const drawn = [
    document.tag(
      what,
      `${drawMarker(alarm, page.left, top + 6)} ${shift(table.text(0, alarms[alarm], top, ink[alarm], 600), 11)}`,
    ),
    document.tag(link, table.text(1, row.organization.name, top, color.accent)),
    table.cell(element, 2, placeOf(table, row), top, color.muted),
    table.cell(element, 3, labelOf(type), top),
    table.cell(element, 4, count(used), top),
    table.cell(element, 5, count(limit), top),
    table.cell(element, 6, utilization === null ? 'disabled' : percent(utilization), top, ink[alarm], 600),
  ]
  document.addContent(drawn.join('\n'))
  const box = { x: name.x, y: top, width: name.width, height: lineHeight }
  const says = describe({ used, limit: limit ?? 0, utilization, alarm })
  document.link(link, box, destinationOf(row), `${row.organization.name}, ${labelOf(type)}: ${says}`)
  for (const each of [what, link, head, element]) structure.close(each)
  flow.y = top + lineHeight + 1
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
