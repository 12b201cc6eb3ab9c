import type { UsageData } from '../../../fixtures/workspace.ts'
import { labelOf } from '../../../spec/product-types.ts'
import { describe, drawBar, ink } from '../bar.ts'
import type { Total, UsageFigures } from '../figures.ts'
import type { Flow } from '../flow.ts'
import { count, counted, instant, percent } from '../numbers.ts'
import { paragraph } from '../pdf/blocks.ts'
import type { Element } from '../pdf/structure-tree.ts'
import { color, contentWidth, page, rgb, size } from '../style.ts'
import { drawHeading } from './heading.ts'

const billing = {
  single: 'single: one subscription for the workspace',
  pooled: 'pooled: all subscriptions form one pool',
  assigned: 'assigned: each billing account serves its own organizations',
}

/** Workspace, date, size, and the totals of each product type. */
export function drawSummary(flow: Flow, { workspace, asOf }: UsageData, figures: UsageFigures): void {
  const { structure, outline } = flow.document
  const { archived_at } = workspace
  const section = structure.open('Sect', structure.top)
  outline.addItem('Summary', { left: page.width })
  const elements: Element[] = []
  const text = (role: 'H1' | 'P', content: string, style: object) => {
    const element = structure.open(role, section)
    elements.push(element)
    return paragraph(element, content, { fontSize: size.lead, ...style })
  }
  // A long name is set smaller, so that it stays on one line.
  const wide = flow.document.width(workspace.name, 600, size.title)
  const title = Math.min(size.title, (size.title * contentWidth) / Math.max(1, wide))
  flow.block({
    stack: [
      text('P', 'Organization usage', { color: color.accent, bold: true }),
      text('H1', workspace.name, { fontSize: title, bold: true, noWrap: true }),
    ],
  })
  if (archived_at) drawBand(flow, section, `Archived on ${instant(archived_at)}`)
  const of = [`Workspace ${workspace.id}`, `Billing mode ${billing[workspace.billing_mode]}`]
  flow.block({
    stack: [
      text('P', [...of, `As of ${instant(asOf)}`].join(' · '), { color: color.muted, margin: [0, 2, 0, 0] }),
      ...(figures.types.length > 0 ? [] : [text('P', sizeOf(figures), { margin: [0, 6, 0, 0] })]),
    ],
  })
  for (const each of elements) structure.close(each)
  if (figures.types.length > 0) drawCards(flow, section, figures)
  structure.close(section)
}

const bandHeight = 24

/** A line across the page that is seen before anything else. */
function drawBand(flow: Flow, section: Element, text: string): void {
  const { document } = flow
  const top = flow.y + 4
  const element = document.structure.open('P', section)
  const fill = (shade: string, width: number) =>
    `${rgb(shade)} rg ${page.left} ${top} ${width} ${bandHeight} re f`
  const line = document.show(
    document.type.line(text, 600),
    page.left + 14,
    top + 16,
    size.lead + 1,
    color.near,
  )
  document.addContent(`/Artifact BMC ${fill(color.band, contentWidth)} ${fill(color.nearBar, 4)} EMC`)
  document.addContent(document.tag(element, line))
  document.structure.close(element)
  flow.y = top + bandHeight + 4
}

function sizeOf({ rows, types }: UsageFigures): string {
  if (rows.length === 0) return 'This workspace has no organizations.'
  const top = rows.filter(({ ancestors }) => ancestors.length === 0).length
  const levels = Math.max(...[0, ...new Set(rows.map(({ ancestors }) => ancestors.length + 1))])
  const shape =
    levels === 1
      ? ''
      : `, ${counted(top, 'of them', 'of them')} at the top, on ${counted(levels, 'level', 'levels')}`
  const idle = types.length === 0 ? ' Nothing is used and nothing is limited.' : ''
  return `${counted(rows.length, 'organization', 'organizations')}${shape}.${idle}`
}

const cardGap = 24
const cardHeight = 46

function drawCards(flow: Flow, section: Element, figures: UsageFigures): void {
  const { types, totals } = figures
  drawHeading(flow, section, { text: 'In total', follow: cardHeight, remark: sizeOf(figures) })
  const across = Math.min(4, Math.max(3, types.length))
  const width = (contentWidth - cardGap * (across - 1)) / across
  types.forEach((type, index) => {
    const column = index % across
    if (column === 0 && index > 0) flow.y += cardHeight + 8
    if (column === 0) flow.ensure(cardHeight)
    drawCard(flow, section, labelOf(type), totals[type]!, page.left + column * (width + cardGap), width)
  })
  flow.y += types.every((type) => totals[type]!.capacity === null) ? 36 : cardHeight
}

function drawCard(flow: Flow, section: Element, label: string, total: Total, x: number, width: number): void {
  const { document } = flow
  const { structure } = document
  const { used, capacity, free, utilization, alarm } = total
  const y = flow.y
  const line = (text: string, at: number, top: number, points: number, weight: 400 | 600, shade: string) => {
    const element = structure.open('P', section)
    const drawn = document.tag(
      element,
      document.show(document.type.line(text, weight), at, top, points, shade),
    )
    structure.close(element)
    return drawn
  }
  const figure = count(used)
  const unit = capacity === null ? 'used, no capacity figure' : `of ${count(capacity)} used`
  const room = width - document.width(unit, 400, size.lead) - 5
  const points = Math.min(22, (22 * room) / document.width(figure, 600, 22))
  const drawn = [
    line(label, x, y + 9, size.lead, 600, color.ink),
    line(figure, x, y + 33, points, 600, ink[alarm ?? 'none']),
    line(unit, x + document.width(figure, 600, points) + 5, y + 33, size.lead, 400, color.muted),
  ]
  if (capacity !== null) {
    const measured = { used, limit: capacity, utilization, alarm }
    drawn.push(
      drawBar(document, section, measured, { x, y: y + 40, width: width - (alarm ? 12 : 0), height: 6 }),
    )
    const state = capacity === 0 ? describe(measured) : `${percent(utilization)} used, ${count(free)} free`
    const weight = alarm ? 600 : 400
    const start = x + width - document.width(state, weight, size.body)
    drawn.push(line(state, start, y + 9, size.body, weight, alarm ? ink[alarm] : color.muted))
  }
  document.addContent(drawn.join('\n'))
}
