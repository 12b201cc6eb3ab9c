import type { Content } from 'pdfmake/interfaces.js'
import type { Alarm, Figures, UsageFigures } from '../figures.ts'
import type { Flow } from '../flow.ts'
import type { Element } from '../pdf/structure-tree.ts'
import { color, size } from '../style.ts'
import { drawHeading } from './heading.ts'

/** What the terms of this report mean; terms that it does not use are not explained. */
export function drawLegend(flow: Flow, figures: UsageFigures): void {
  const terms = termsOf(figures)
  if (terms.length === 0) return
  const { structure } = flow.document
  const section = structure.open('Sect', structure.top)
  drawHeading(flow, section, 'How to read this', 60)
  const elements: Element[] = []
  const entries = terms.map(({ term, meaning, alarm }): Content => {
    const element = structure.open('P', section)
    elements.push(element)
    const text = [
      { text: `${term}  `, bold: true, element },
      { text: meaning, color: color.muted, element },
    ]
    const entry = { text, fontSize: size.body, margin: [0, 0, 0, 2.5] } as Content
    if (!alarm) return entry
    const marker = { canvas: [{ type: 'rect', x: 0, y: 3, w: 6, h: 6, alarm, element }], width: 10 }
    return { columns: [marker, entry], columnGap: 0 } as unknown as Content
  })
  const half = Math.ceil(entries.length / 2)
  flow.block({ columns: [{ stack: entries.slice(0, half) }, { stack: entries.slice(half) }], columnGap: 24 })
  for (const each of elements) structure.close(each)
  structure.close(section)
}

interface Term {
  term: string
  meaning: string
  /** Whose marker stands before the term. */
  alarm?: Alarm
}

function termsOf({ rows, pools, types, hasHierarchy, hasLimits, hasOwnLimits }: UsageFigures): Term[] {
  const all = rows.flatMap(({ figures }) => types.map((type) => figures[type]!))
  const has = (test: (figures: Figures) => boolean) => all.some(test)
  const isUnset = (types: Record<string, { capacity: number | null }>) =>
    Object.values(types).some(({ capacity }) => capacity === null)
  const hasDash =
    has(({ effective, limit }) => effective === null || (hasOwnLimits && limit === null)) ||
    pools.some(({ account, totals }) => account !== null && isUnset(totals))
  const isAlarmed = (alarm: Alarm) => has((figures) => figures.alarm === alarm)
  const terms: [boolean, string, string, Alarm?][] = [
    [hasHierarchy, 'Direct', 'what the organization uses itself.'],
    [hasHierarchy, 'Subtree', 'what it and all organizations below it use together.'],
    [hasOwnLimits, 'Limit', 'set on the organization; caps its whole subtree.'],
    [hasLimits, 'Effective limit', 'the smallest of the limits from here up to the top and the capacity.'],
    [hasLimits, 'Set by', 'who set the effective limit: itself, one above, or the subscription.'],
    [hasLimits, 'Free', 'what can still be added here, given what is left above.'],
    [hasLimits, 'Utilization', 'usage of the subtree as a share of the effective limit.'],
    [hasLimits && hasDash, '–', 'no such figure: nothing is set.'],
    [has(({ effective }) => effective === 0), 'Disabled', 'the effective limit is 0.'],
    [isAlarmed('near'), 'Near', 'at 90 % of the effective limit or more.', 'near'],
    [isAlarmed('over'), 'Over', 'more is used than the effective limit allows.', 'over'],
    [isAlarmed('disabled'), 'In use', 'although it is disabled.', 'disabled'],
  ]
  return terms
    .filter(([isUsed]) => isUsed)
    .map(([, term, meaning, alarm]) => ({ term, meaning, ...(alarm ? { alarm } : {}) }))
}
