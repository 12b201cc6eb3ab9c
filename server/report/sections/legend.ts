import type { Content } from 'pdfmake/interfaces.js'
import type { Alarm, Figures, UsageFigures } from '../figures.ts'
import type { Flow } from '../flow.ts'
import { paragraph } from '../pdf/blocks.ts'
import type { Element } from '../pdf/structure-tree.ts'
import { color, size } from '../style.ts'
import { gapAbove } from './heading.ts'
import { type TypeColumn, usesOf } from './type-columns.ts'

const across = 3

/** What the terms of this report mean; terms that it does not use are not explained. */
export function drawLegend(flow: Flow, figures: UsageFigures, tables: TypeColumn[][]): void {
  const terms = termsOf(figures, usesOf(tables))
  if (terms.length === 0) return
  const { structure } = flow.document
  const section = structure.open('Sect', structure.top)
  const heading = structure.open('H2', section)
  const title = paragraph(heading, 'How to read this', {
    fontSize: size.body,
    bold: true,
    margin: [0, 0, 0, 1.5],
  })
  const elements: Element[] = [heading]
  const entries = terms.map(({ term, meaning, alarm }): Content => {
    const element = structure.open('P', section)
    elements.push(element)
    const text = [
      { text: `${term}  `, bold: true, element },
      { text: meaning, color: color.muted, element },
    ]
    const entry = { text, fontSize: size.legend, margin: [0, 0, 0, 1] } as Content
    if (!alarm) return entry
    const marker = { canvas: [{ type: 'rect', x: 0, y: 2, w: 6, h: 6, alarm, element }], width: 10 }
    return { columns: [marker, entry], columnGap: 0 } as unknown as Content
  })
  const share = Math.ceil(entries.length / across)
  const columns = Array.from({ length: across }, (_, at) => ({
    stack: entries.slice(at * share, (at + 1) * share),
  }))
  flow.y += gapAbove
  flow.block({ stack: [title, { columns, columnGap: 16 }] })
  for (const each of elements) structure.close(each)
  structure.close(section)
}

interface Term {
  term: string
  meaning: string
  /** Whose marker stands before the term. */
  alarm?: Alarm
}

function termsOf(figures: UsageFigures, titles: Set<string>): Term[] {
  const { rows, pools, types } = figures
  const all = rows.flatMap(({ figures }) => types.map((type) => figures[type]!))
  const has = (test: (figures: Figures) => boolean) => all.some(test)
  const isUnset = (types: Record<string, { capacity: number | null }>) =>
    Object.values(types).some(({ capacity }) => capacity === null)
  const hasDash =
    (titles.has('Limit') && has(({ limit }) => limit === null)) ||
    pools.some(({ account, totals }) => account !== null && isUnset(totals))
  const isAlarmed = (alarm: Alarm) => has((figures) => figures.alarm === alarm)
  const terms: [boolean, string, string, Alarm?][] = [
    [titles.has('Direct'), 'Direct', 'what the organization uses itself.'],
    [titles.has('Subtree'), 'Subtree', 'what it and all below it use together.'],
    [titles.has('Limit'), 'Limit', 'set on the organization; caps its subtree.'],
    [hasDash, '–', 'nothing set here: what is set above applies.'],
    [titles.has('Utilization'), 'Effective limit', 'the smallest from here up to the subscription.'],
    [titles.has('Free'), 'Free', 'what can still be added, given what is left above.'],
    [titles.has('Utilization'), 'Utilization', 'share of the effective limit that the subtree uses.'],
    [has(({ effective }) => effective === 0), 'Disabled', 'the effective limit is 0.'],
    [isAlarmed('near'), 'Near', 'at 90 % of the effective limit or more.', 'near'],
    [isAlarmed('over'), 'Over', 'more is used than the effective limit allows.', 'over'],
    [isAlarmed('disabled'), 'In use', 'although it is disabled.', 'disabled'],
  ]
  return terms
    .filter(([isUsed]) => isUsed)
    .map(([, term, meaning, alarm]) => ({ term, meaning, ...(alarm ? { alarm } : {}) }))
}
