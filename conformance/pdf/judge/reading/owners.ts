import { isRightToLeft } from '../../pages/bidi.ts'
import type { TextLayer } from '../../pages/page.ts'
import { firstBeyond } from '../binary-search.ts'
import { headOwners } from './head-owners.ts'
import { headingsAmong, introduced, styledAsNames, sumsIn, unknownRows } from './name-places.ts'
import type { Layout, OwnedCell, Ownership, Surroundings } from './ownership.ts'
import type { RecordAnchor } from './record-anchor.ts'
import type { Value } from './values.ts'

/** A page to be divided in several layouts: what it has in each of them is found once. */
export class DividedPage {
  readonly layer: TextLayer
  readonly anchors: RecordAnchor[]
  readonly known: RecordAnchor[]
  readonly values: Value[]
  /** Names that stand alone, above all that is said of them. */
  readonly headings: RecordAnchor[]
  readonly #surroundings: Surroundings
  readonly #found = new Map<string, RecordAnchor[]>()

  constructor(layer: TextLayer, anchors: RecordAnchor[], known: RecordAnchor[], surroundings: Surroundings) {
    this.layer = layer
    this.anchors = anchors
    this.known = known
    this.values = layer.lines.flatMap(({ segments }) =>
      segments.flatMap((segment) => surroundings.contents.get(segment)!.values),
    )
    this.headings = headingsAmong(anchors, surroundings.contents)
    this.#surroundings = surroundings
  }

  /** In how many columns names stand, of as many as a layout has. */
  columnsIn({ columns }: Layout): number {
    return splitsOf(this.anchors, columns).length + 1
  }

  /** Text in the place of names, by how it is found; `columns` of names, in each of which only the own ones count. */
  textInPlaceOfNames(
    { mode }: Layout,
    columns: RecordAnchor[][],
    columnOf: (x: number) => number,
  ): RecordAnchor[] {
    const { layer, anchors, headings } = this
    const { contents, isLabel, isRepeated } = this.#surroundings
    const placesOf = (own: RecordAnchor[]) => ({ layer, anchors: own, contents, isLabel })
    const isRow = mode === 'row'
    return [
      ...this.#once('introduced', () => introduced(placesOf(anchors))),
      ...(isRow
        ? this.#once(`rows of ${columns.length}`, () =>
            columns.flatMap((own, at) =>
              unknownRows(placesOf(without(own, headings)), (x) => columnOf(x) === at),
            ),
          )
        : []),
      ...this.#once(`styled in ${mode}`, () => styledAsNames(placesOf(isRow ? headings : anchors))),
      ...(!isRow || headings.length === anchors.length
        ? this.#once('sums', () => sumsIn(placesOf(anchors), isRepeated))
        : []),
    ]
  }

  #once(key: string, find: () => RecordAnchor[]): RecordAnchor[] {
    const found = this.#found.get(key) ?? find()
    this.#found.set(key, found)
    return found
  }
}

/** Gives every value of a page its owner in one layout; `before` are the names of the page before it. */
export function divideOne(page: DividedPage, layout: Layout, before: RecordAnchor[]): Ownership {
  const { layer, anchors, known, values } = page
  const splits = splitsOf(anchors, layout.columns)
  const columnOf = (x: number) => splits.filter((split) => x >= split).length
  if (layout.mode === 'column') {
    const ownerOf = headOwners(values, [...anchors, ...known], before)
    const owned = values.map((value) => ({ value, owner: ownerOf(value), carried: false }))
    return { layer, layout, owned, unknownRecords: [] }
  }
  const columns: RecordAnchor[][] = Array.from({ length: splits.length + 1 }, () => [])
  for (const anchor of anchors) columns[columnOf(anchor.x)]!.push(anchor)
  const found = page.textInPlaceOfNames(layout, columns, columnOf)
  const taken = new Set([...known, ...anchors].flatMap(({ segments }) => segments))
  const named = new Set(layout.mode === 'row' ? anchors.map(({ line, x }) => `${line.y}/${columnOf(x)}`) : [])
  const unknownRecords = [
    ...known.filter(({ line, x }) => !named.has(`${line.y}/${columnOf(x)}`)),
    ...found.filter(({ segments }) => !taken.has(segments[0]!)),
  ]
  for (const unknownRecord of unknownRecords) columns[columnOf(unknownRecord.x)]!.push(unknownRecord)
  let last = before.at(-1) ?? null
  const finders = columns.map((own) => {
    const sorted = own.sort((a, b) => a.box.y0 - b.box.y0 || a.x - b.x)
    const carry = last
    last = sorted.at(-1) ?? last
    return finder(sorted, layout, carry)
  })
  const owned = values.map((value): OwnedCell => {
    const { owner, carried } = finders[columnOf(value.x0)]!(value)
    return { value, owner, carried }
  })
  return { layer, layout, owned, unknownRecords }
}

/** Where columns of names begin, from the left; where names run from the right, columns end with them. */
function splitsOf(anchors: RecordAnchor[], columns: number): number[] {
  if (columns === 1) return []
  const isFromRight = anchors.filter(({ text }) => isRightToLeft(text)).length > 0.5 * anchors.length
  const edges = anchors.map(({ x, box }) => Math.round(isFromRight ? box.x1 : x))
  const xs = [...new Set(edges)].sort((a, b) => a - b)
  const gaps = xs.slice(1).map((x, at) => ({ from: xs[at]!, x, gap: x - xs[at]! }))
  return gaps
    .filter(({ gap }) => gap > 60)
    .sort((a, b) => b.gap - a.gap)
    .slice(0, columns - 1)
    .map(({ from, x }) => (isFromRight ? from + 5 : x - 5))
    .sort((a, b) => a - b)
}

type Found = Pick<OwnedCell, 'owner' | 'carried'>

function without(anchors: RecordAnchor[], others: RecordAnchor[]): RecordAnchor[] {
  return others.length === 0 ? anchors : anchors.filter((each) => !others.includes(each))
}

function finder(sorted: RecordAnchor[], layout: Layout, carry: RecordAnchor | null): (value: Value) => Found {
  const nobody: Found = { owner: carry && carry.candidates.length > 0 ? carry : null, carried: true }
  const last = (holds: (anchor: RecordAnchor, at: number) => boolean): Found => {
    const end = firstBeyond([0, sorted.length], (at) => holds(sorted[at]!, at))
    return end > 0 ? { owner: sorted[end - 1]!, carried: false } : nobody
  }
  if (layout.mode === 'block') {
    const reading = [...sorted].sort((a, b) => a.line.y - b.line.y || a.x - b.x)
    sorted = reading
    return ({ line, x0 }) =>
      last((anchor) => {
        const drop = line.y - anchor.line.y
        return Math.abs(drop) < 0.3 * line.size ? anchor.x < x0 : drop > 0
      })
  }
  const bounds = sorted.map((anchor, at) => {
    const previous = sorted[at - 1]
    const rule = layout.align === 'ruled' ? ruleAbove(anchor) : undefined
    if (rule !== undefined) return rule
    if (layout.align === 'top' || layout.align === 'ruled') return anchor.box.y0 - 0.15 * anchor.line.size
    if (!previous) return firstBound(anchor, sorted[1])
    return (previous.box.y1 + anchor.box.y0) / 2
  })
  return ({ y }) => last((_, at) => y >= bounds[at]!)
}

/** The nearest line drawn across the page, or edge of a filled cell, above a name. */
function ruleAbove({ layer, box, line }: RecordAnchor): number | undefined {
  let nearest: number | undefined
  for (const rule of layer.rules) {
    if (rule.x1 - rule.x0 < 8 || rule.x0 > box.x1 || rule.x1 < box.x0) continue
    for (const y of [rule.y0, rule.y1])
      if (y < box.y0 + 0.3 * line.size && (nearest === undefined || y > nearest)) nearest = y
  }
  return nearest !== undefined && box.y0 - nearest < 12 * line.size ? nearest : undefined
}

/** The first row reaches as far above its name as below it. */
function firstBound({ box, line }: RecordAnchor, next: RecordAnchor | undefined): number {
  const reach = next ? Math.min((next.box.y0 - box.y1) / 2, 4 * line.size) : 0
  return box.y0 - Math.max(0.15 * line.size, reach)
}
