import type { Line, TextLayer } from '../../pages/page.ts'
import { continueRows } from './continued.ts'
import type { ExpectedFigures } from './expectation.ts'
import { headRows } from './head-owners.ts'
import { DividedPage, divideOne } from './owners.ts'
import type { Layout, Ownership, Surroundings } from './ownership.ts'
import type { RecordAnchor } from './record-anchor.ts'

/** The ways in which a report may say whose a figure is. */
export const layouts: Layout[] = [
  { mode: 'row', align: 'top', columns: 1 },
  { mode: 'row', align: 'middle', columns: 1 },
  { mode: 'row', align: 'ruled', columns: 1 },
  ...[1, 2, 3, 4].map((columns): Layout => ({ mode: 'block', align: 'top', columns })),
  { mode: 'column', align: 'top', columns: 1 },
]

/** Pages on which the layouts are compared. */
const sample = 16

/** The pages of a document with the names that own its values, to be divided in any layout. */
export class DividedPages {
  readonly #anchors: RecordAnchor[]
  readonly #surroundings: Surroundings
  readonly #own: Map<TextLayer, RecordAnchor[]>
  readonly #known: Map<TextLayer, RecordAnchor[]>
  readonly #pages = new Map<TextLayer, DividedPage>()

  constructor(anchors: RecordAnchor[], surroundings: Surroundings) {
    this.#anchors = anchors
    this.#surroundings = surroundings
    this.#own = Map.groupBy(anchors, ({ layer }) => layer)
    this.#known = Map.groupBy(surroundings.known, ({ layer }) => layer)
  }

  /** Gives every value of some pages its owner in one layout; `continued` as `continueRows` returns it. */
  divide(layers: TextLayer[], layout: Layout): { ownerships: Ownership[]; continued: Map<Line, Line> } {
    let before: RecordAnchor[] = []
    const ownerships = layers.map((layer) => {
      const page = this.#page(layer)
      const ownership = divideOne(page, layout, before)
      if (page.anchors.length > 0) before = page.anchors
      return ownership
    })
    return { ownerships, continued: continueRows(ownerships, this.#anchors) }
  }

  /** The layout that explains most of the document. */
  commonLayout(layers: TextLayer[], facts: ExpectedFigures): Layout {
    const named = layers.filter((layer) => this.#own.has(layer))
    const step = Math.max(1, Math.floor(named.length / sample))
    const sampled = named.filter((_, at) => at % step === 0).map((layer) => this.#page(layer))
    const scores = new Map<string, number>()
    // Where names do not stand in as many columns, a page is divided as in fewer.
    const scoreOf = (page: DividedPage, at: number, layout: Layout) => {
      const key = `${at}/${layout.mode}/${layout.align}/${page.columnsIn(layout)}`
      const score = scores.get(key) ?? explains(divideOne(page, layout, []), facts)
      scores.set(key, score)
      return score
    }
    const totals = layouts.map((layout) =>
      sampled.reduce((sum, page, at) => sum + scoreOf(page, at, layout), 0),
    )
    return layouts[Math.max(0, totals.indexOf(Math.max(...totals)))]!
  }

  #page(layer: TextLayer): DividedPage {
    const own = this.#own.get(layer) ?? []
    const page =
      this.#pages.get(layer) ?? new DividedPage(layer, own, this.#known.get(layer) ?? [], this.#surroundings)
    this.#pages.set(layer, page)
    return page
  }
}

/** How much of what its owners should show a division finds, less what it finds that they should not. */
export function explains(ownership: Ownership, facts: ExpectedFigures): number {
  if (ownership.layout.mode === 'column' && !isHeadRow(ownership)) return Number.NEGATIVE_INFINITY
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
