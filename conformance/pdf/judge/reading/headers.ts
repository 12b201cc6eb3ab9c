import type { Line, Segment, TextLayer } from '../../pages/page.ts'
import type { Labels } from '../vocabulary/labels.ts'
import { cellOf, cellsIn, columnAt, fits, inGrid, isSameGrid, overlaps } from './columns.ts'
import { FieldHeads } from './field-heads.ts'
import { bandsOf, headsOf } from './grid.ts'
import { type Block, blockOf, type Column, partHeads, type Title } from './heads.ts'
import type { Content, Value } from './values.ts'

/** Finds what stands at the head of the columns and regions of the pages. */
export class Headers {
  readonly #blocks = new Map<TextLayer, Block[]>()
  readonly #previous = new Map<TextLayer, TextLayer>()
  /** What stands above the lines below a block, or above the first block of a page. */
  readonly #above = new Map<Block | TextLayer, Block[]>()
  /** On how many pages a title stands. */
  readonly #repeats = new Map<string, number>()
  /** The nearest title above a line that stands on one page only: repeated ones belong to the page. */
  readonly section = this.#nearest((title) => !this.#isFurniture(title))
  /** The nearest title above a line that names one type or is on one page only: such a title begins a section. */
  readonly title: (line: Line) => string
  readonly #fields: FieldHeads
  readonly #contents: Map<Segment, Content>

  constructor(
    layers: TextLayer[],
    contents: Map<Segment, Content>,
    isAnchor: (segment: Segment) => boolean,
    labels: Labels,
  ) {
    this.#contents = contents
    this.title = this.#nearest((title) => labels.typesIn(title.text).size === 1 || !this.#isFurniture(title))
    this.#fields = new FieldHeads(
      layers.flatMap(({ lines }) => lines),
      contents,
    )
    let previous: TextLayer | null = null
    for (const layer of layers) {
      const blocks: Block[] = []
      let open: Line[] = []
      const close = () => {
        if (open.length > 0) blocks.push(blockOf(open, labels))
        open = []
      }
      let above: Line | undefined
      for (const line of layer.lines) {
        const bare = line.segments.every((segment) => contents.get(segment)!.values.length === 0)
        const related = line.segments.every((segment) => contents.get(segment)!.mentions.length > 0)
        if (bare && !related && !line.segments.some(isAnchor)) {
          if (open.length > 0 || !above || !goesOn(above, line)) open.push(line)
        } else close()
        above = line
      }
      close()
      this.#blocks.set(layer, blocks)
      for (const title of new Set(blocks.flatMap(({ titles }) => titles.map(placeKey))))
        this.#repeats.set(title, (this.#repeats.get(title) ?? 0) + 1)
      if (previous) this.#previous.set(layer, previous)
      previous = layer
    }
    this.#layGrids()
  }

  /** Tables with the same heads in the same places share their columns: one of them may be all but empty. */
  #layGrids(): void {
    const alike = new Map<string, Block[]>()
    const below = new Map<Block, Line[]>()
    for (const blocks of this.#blocks.values())
      for (const [at, block] of blocks.entries()) {
        if (block.columns.length < 2) continue
        below.set(block, linesBelow(block, blocks[at + 1]))
        const key = block.columns.map(({ leaf, box }) => `${leaf}@${Math.round(box.x0)}`).join('|')
        alike.set(key, [...(alike.get(key) ?? []), block])
      }
    for (const blocks of alike.values()) {
      const rows = blocks.flatMap((block) =>
        below.get(block)!.map(({ segments }) =>
          segments.flatMap((segment) => {
            const content = this.#contents.get(segment)!
            const hasFigures = content.values.length > 0
            const hasNames = content.mentions.length > 0
            return cellsIn(content).map(({ x0, x1 }) => ({ x0, x1, hasFigures, hasNames }))
          }),
        ),
      )
      const bands = bandsOf(rows)
      for (const block of blocks) {
        partHeads(block, bands)
        const heads = headsOf(
          bands,
          block.columns.map(({ box }) => box),
        )
        block.grid = bands.map((band, at) => ({ band, column: block.columns[heads[at] ?? -1] }))
      }
    }
  }

  /** The column that a cell stands in: from the nearest heads above it, on its page or an earlier one. */
  column(value: Value): Column | null {
    const field = this.#fields.column(value, this.#contents.get(value.segment)!.flow)
    if (field) return field
    const cell = cellOf(value, this.#contents.get(value.segment)!)
    let nearest: Block | null = null
    let seen = 0
    for (const block of this.#blocksAbove(value.line)) {
      const place = inGrid(block, cell)
      // Text where a table has its names is no cell of it.
      if (place?.band.figures === 0) return null
      const column = place?.column ?? (fits(block, cell) ? columnAt(block.columns, cell) : null)
      if (!column) continue
      if (nearest && !isSameGrid(nearest, block)) break
      nearest ??= block
      if (place?.column || overlaps(column.box, cell)) return column
      seen += 1
      if (seen > 8) break
    }
    return nearest && columnAt(nearest.columns, cell)
  }

  /** Whether cells above or below it hold figures, and do not name organizations. */
  isAmongFigures(segment: Segment): boolean {
    const band = this.#placeOf(segment)?.band
    return band !== undefined && band.figures >= 0.05 * band.cells && band.figures > 2 * band.names
  }

  /** Whether it stands in a table of figures: among them, or behind those of its row and below a head of its own. */
  isCell(segment: Segment): boolean {
    const { index, line } = segment
    const isBehind = line.segments
      .slice(0, line.isFromRight ? 0 : index)
      .some((other) => this.#contents.get(other)!.values.length > 0)
    return (isBehind && this.#placeOf(segment)?.column !== undefined) || this.isAmongFigures(segment)
  }

  #placeOf(segment: Segment) {
    const [block] = this.#blocksAbove(segment.line)
    return block && inGrid(block, segment)
  }

  /** Finds the nearest title of a kind above a line, on its page or an earlier one; empty where there is none. */
  #nearest(tells: (title: Title) => boolean): (line: Line) => string {
    /** The title that is in force where a page ends. */
    const carried = new Map<TextLayer, string>()
    const titleIn = (layer: TextLayer, y: number) =>
      this.#blocks
        .get(layer)!
        .findLast(({ lines, titles }) => lines[0]!.y < y - 1 && titles.some(tells))
        ?.titles.findLast(tells)?.text
    return ({ layer, y }) => {
      const own = titleIn(layer, y)
      if (own !== undefined) return own
      const passed: TextLayer[] = []
      let found: string | undefined
      for (let at = this.#previous.get(layer); at && found === undefined; at = this.#previous.get(at)) {
        found = carried.get(at) ?? titleIn(at, Number.POSITIVE_INFINITY)
        passed.push(at)
      }
      for (const each of passed) carried.set(each, found ?? '')
      return found ?? ''
    }
  }

  /** What several pages repeat in the same place belongs to the pages. */
  #isFurniture(title: Title): boolean {
    return (this.#repeats.get(placeKey(title)) ?? 0) > 1
  }

  /** The nearest first, on earlier pages too. */
  #blocksAbove({ layer, y }: Line): Block[] {
    const blocks = this.#blocks.get(layer)!
    const at = blocks.findLastIndex(({ lines }) => lines[0]!.y < y - 1)
    const nearest = blocks[at] ?? layer
    let above = this.#above.get(nearest)
    if (!above) {
      above = blocks.slice(0, at + 1).reverse()
      let earlier = this.#previous.get(layer)
      for (let pages = 1; earlier && pages < 60 && above.length < 16; pages += 1) {
        above.push(...this.#blocks.get(earlier)!.toReversed())
        earlier = this.#previous.get(earlier)
      }
      this.#above.set(nearest, above)
    }
    return above
  }
}

/** A line that is set as the row right above it, and close to it, is the rest of a cell of that row. */
function goesOn(above: Line, line: Line): boolean {
  const isClose = line.y - above.y < 1.45 * line.size
  const fonts = new Set(above.segments.map(({ words }) => words[0]!.font))
  return isClose && line.segments.length === 1 && fonts.has(line.segments[0]!.words[0]!.font)
}

function linesBelow({ lines }: Block, next: Block | undefined): Line[] {
  const all = lines[0]!.layer.lines
  const end = next ? all.indexOf(next.lines[0]!) : all.length
  return all.slice(all.indexOf(lines.at(-1)!) + 1, end)
}

/** Page numbers tell pages apart, not sections. */
function placeKey({ text, y }: Title): string {
  return `${text.replace(/\d+/g, '#')}@${Math.round(y / 4)}`
}
