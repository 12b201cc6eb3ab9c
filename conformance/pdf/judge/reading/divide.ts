import type { Segment, TextLayer } from '../../pages/page.ts'
import { isWhereNamesStand } from './alignment.ts'
import type { ExpectedFigures } from './expectation.ts'
import { headRows } from './head-owners.ts'
import { DividedPage, divideOne } from './owners.ts'
import type { Layout, Ownership } from './ownership.ts'
import type { RecordAnchor } from './record-anchors.ts'
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
 * Gives every value its owner: page by page, in the way that explains most of the document. `known`
 * are the places that name organizations of others.
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
  const scores = layouts.map((layout) => sampled.map((page) => explains(divideOne(page, layout, []), facts)))
  const totals = scores.map((scored) => scored.reduce((sum, score) => sum + score, 0))
  const best = totals.indexOf(Math.max(...totals, Number.NEGATIVE_INFINITY))
  const common = layouts[Math.max(0, best)]!
  // Another layout is worth trying on a page where it explains clearly more of some page of the sample.
  const others = layouts.filter((_, at) =>
    scores[at]!.some((score, on) => isBetter(score, scores[best]![on]!)),
  )
  const choose = (page: DividedPage, before: RecordAnchor[]): Ownership => {
    const usual = divideOne(page, common, before)
    let most = { ownership: usual, score: explains(usual, facts) }
    const needed = most.score
    if (page.anchors.length > 0)
      for (const layout of others) {
        const ownership = divideOne(page, layout, before)
        const score = explains(ownership, facts)
        if (score > most.score && isBetter(score, needed)) most = { ownership, score }
      }
    return most.ownership
  }
  let last: RecordAnchor[] = []
  return layers.map((layer) => {
    const page = pageOf(layer)
    const ownership = choose(page, last)
    if (page.anchors.length > 0) last = page.anchors
    return ownership
  })
}

/** Pages on which the layouts are compared. */
const sample = 16

function isBetter(score: number, usual: number): boolean {
  return score > usual * 1.3 + 8
}

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
