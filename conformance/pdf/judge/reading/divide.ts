import type { Segment, TextLayer } from '../../pages/page.ts'
import { isWhereNamesStand } from './alignment.ts'
import type { ExpectedFigures } from './expectation.ts'
import { headRows } from './head-owners.ts'
import { DividedPage, divideOne } from './owners.ts'
import type { Layout, Ownership } from './ownership.ts'
import type { RecordAnchor } from './record-anchor.ts'
import type { Content } from './values.ts'

/** The ways in which a report may say whose a figure is. */
export const layouts: Layout[] = [
  { mode: 'row', align: 'top', columns: 1 },
  { mode: 'row', align: 'middle', columns: 1 },
  { mode: 'row', align: 'bottom', columns: 1 },
  { mode: 'row', align: 'ruled', columns: 1 },
  ...[1, 2, 3, 4].map((columns): Layout => ({ mode: 'block', align: 'top', columns })),
  { mode: 'row', align: 'top', columns: 2 },
  { mode: 'column', align: 'top', columns: 1 },
]

/**
 * Gives every value its owner, page by page, in the layout that explains most of the document. `known` are the places
 * that name organizations of others.
 */
export function divide(
  layers: TextLayer[],
  anchors: RecordAnchor[],
  known: RecordAnchor[],
  contents: Map<Segment, Content>,
  facts: ExpectedFigures,
  isLabel: (text: string) => boolean,
  isRecurring: (text: string) => boolean,
): Ownership[] {
  const byLine = Map.groupBy(anchors, ({ line }) => line)
  const knownByLine = Map.groupBy(known, ({ line }) => line)
  const anchorsIn = ({ lines }: TextLayer) => lines.flatMap((line) => byLine.get(line) ?? [])
  const knownIn = ({ lines }: TextLayer) => lines.flatMap((line) => knownByLine.get(line) ?? [])
  const pageOf = (layer: TextLayer) =>
    new DividedPage(layer, anchorsIn(layer), knownIn(layer), contents, isLabel, isRecurring)
  const named = layers.filter(({ lines }) => lines.some((line) => byLine.has(line)))
  const step = Math.max(1, Math.floor(named.length / sample))
  const sampled = named.filter((_, at) => at % step === 0).map(pageOf)
  const totals = layouts.map((layout) =>
    sampled.reduce((sum, page) => sum + explains(divideOne(page, layout, []), facts), 0),
  )
  const common = layouts[Math.max(0, totals.indexOf(Math.max(...totals)))]!
  let last: RecordAnchor[] = []
  return layers.map((layer) => {
    const page = pageOf(layer)
    const ownership = divideOne(page, common, last)
    if (page.anchors.length > 0) last = page.anchors
    return ownership
  })
}

/** Pages on which the layouts are compared. */
const sample = 16

/** How much of what its owners should show a division finds, less what it finds that they should not. */
export function explains(ownership: Ownership, facts: ExpectedFigures): number {
  if (ownership.layout.mode === 'column' && !isHeadRow(ownership)) return Number.NEGATIVE_INFINITY
  if (!isWhereNamesStand(ownership)) return Number.NEGATIVE_INFINITY
  let score = 0
  const used = new Map<string, number>()
  for (const { value, owner, carried } of ownership.owned) {
    if (!owner || carried || value.kind !== 'number' || value.value === null) continue
    const key = `${owner.candidates.join()}=${value.value}`
    const times = used.get(key) ?? 0
    used.set(key, times + 1)
    const found = owner.candidates.some((at) => facts.timesExpected(at, value.value!) > times)
    if (found) score += facts.surprise(value.value)
    else if (owner.candidates.length > 0) score -= 0.25
  }
  return score
}

/** Names head columns only where several stand side by side. */
function isHeadRow({ owned }: Ownership): boolean {
  const owners = new Set(owned.flatMap(({ owner }) => owner ?? []))
  return headRows([...owners]).some((band) => band.length > 1)
}
