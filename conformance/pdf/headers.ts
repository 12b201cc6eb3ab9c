import { type Cell, cellsOf } from './head-cells.ts'
import { columnStartedAt, startColumns } from './head-starts.ts'
import type { Box } from './matrix.ts'
import type { Line, Plane, Segment } from './text.ts'
import type { Content, Value } from './values.ts'
import type { Labels } from './vocabulary.ts'

/** A column as its heads describe it. */
export interface Column {
  /** The text right above the figures. */
  leaf: string
  /** Counts columns of the same leaf from the left. */
  nth: number
  /** What heads that span several columns may say of it, the likeliest first. */
  groups: string[]
  box: Box
}

/** Consecutive lines without figures and names: heads of a table, titles, legends. */
interface Block {
  lines: Line[]
  columns: Column[]
  /** Whether every cell below stands between the start of its head and that of the next one. */
  startColumns: boolean
  /** Text of lines that head the whole region, nearest last. */
  titles: string[]
}

/** Finds what stands at the head of the columns and regions of the pages. */
export class Headers {
  readonly #blocks = new Map<Plane, Block[]>()
  readonly #previous = new Map<Plane, Plane>()
  readonly #found = new Map<Line, Block[]>()
  /** On how many pages a title stands. */
  readonly #repeats = new Map<string, number>()

  constructor(
    planes: Plane[],
    contents: Map<Segment, Content>,
    isSubject: (segment: Segment) => boolean,
    labels: Labels,
  ) {
    let previous: Plane | null = null
    for (const plane of planes) {
      const blocks: Block[] = []
      let open: Line[] = []
      const close = () => {
        if (open.length > 0) blocks.push(blockOf(open, labels))
        open = []
      }
      for (const line of plane.lines) {
        const bare = line.segments.every((segment) => isBare(contents.get(segment) as Content))
        const related = line.segments.every((segment) => contents.get(segment)!.mentions.length > 0)
        if (bare && !related && !line.segments.some(isSubject)) open.push(line)
        else close()
      }
      close()
      for (const [at, block] of blocks.entries())
        block.startColumns = startColumns(block.columns, linesBelow(block, blocks[at + 1]), contents)
      this.#blocks.set(plane, blocks)
      for (const title of new Set(blocks.flatMap(({ titles }) => titles.map(numberless))))
        this.#repeats.set(title, (this.#repeats.get(title) ?? 0) + 1)
      if (previous) this.#previous.set(plane, previous)
      previous = plane
    }
  }

  /** The column that a cell stands in: from the nearest heads above it, on its page or an earlier one. */
  column(value: Pick<Value, 'line' | 'segment'>): Column | null {
    let nearest: Block | null = null
    let seen = 0
    for (const block of this.#above(value.line)) {
      const started = block.startColumns && columnStartedAt(block.columns, value.segment)
      const column = started || columnAt(block.columns, value.segment)
      if (!column) continue
      if (nearest && !isSameGrid(nearest, block)) break
      nearest ??= block
      if (started || overlaps(column.box, value.segment)) return column
      seen += 1
      if (seen > 8) break
    }
    return nearest && columnAt(nearest.columns, value.segment)
  }

  /** Titles above a line, the nearest first. */
  titles(line: Line): string[] {
    const found: string[] = []
    for (const block of this.#above(line)) {
      found.push(...[...block.titles].reverse())
      if (found.length > 6) break
    }
    return found
  }

  /** The nearest title above a line that stands on one page only: repeated ones belong to the page. */
  section(line: Line): string {
    let plane: Plane | undefined = line.plane
    let y = line.y
    while (plane) {
      for (const block of [...(this.#blocks.get(plane) as Block[])].reverse()) {
        if (block.lines[0]!.y >= y - 1) continue
        const title = block.titles.findLast((text) => (this.#repeats.get(numberless(text)) ?? 0) < 2)
        if (title !== undefined) return title
      }
      plane = this.#previous.get(plane)
      y = Number.POSITIVE_INFINITY
    }
    return ''
  }

  #above(line: Line): Block[] {
    let blocks = this.#found.get(line)
    if (!blocks) {
      blocks = this.#search(line)
      this.#found.set(line, blocks)
    }
    return blocks
  }

  #search(line: Line): Block[] {
    const found: Block[] = []
    let plane: Plane | undefined = line.plane
    let y = line.y
    for (let pages = 0; plane && pages < 60 && found.length < 16; pages += 1) {
      const blocks = this.#blocks.get(plane) as Block[]
      found.push(...blocks.filter((block) => block.lines[0]!.y < y - 1).reverse())
      plane = this.#previous.get(plane)
      y = Number.POSITIVE_INFINITY
    }
    return found
  }
}

function linesBelow({ lines }: Block, next: Block | undefined): Line[] {
  const all = lines[0]!.plane.lines
  const end = next ? all.indexOf(next.lines[0]!) : all.length
  return all.slice(all.indexOf(lines.at(-1)!) + 1, end)
}

/** No figures, only words; a dash between words is none. */
function isBare({ text, values }: Content): boolean {
  return values.every(
    ({ kind, start, end }) => kind === 'dash' && /\p{L}{3}/u.test(text.slice(0, start) + text.slice(end)),
  )
}

function blockOf(lines: Line[], labels: Labels): Block {
  const cells = cellsOf(lines)
  const rows: Cell[][] = []
  for (const cell of [...cells].sort((a, b) => b.y1 - a.y1)) {
    const row = rows.find((other) => other.some((one) => one.y0 < cell.y1 - 1 && cell.y0 < one.y1 - 1))
    if (row) row.push(cell)
    else rows.push([cell])
  }
  for (const row of rows) row.sort((a, b) => a.x0 - b.x0)
  const leaves = rows.findIndex((row) => row.length >= 2)
  const titles = rows
    .filter((row, at) => row.length === 1 && at !== leaves)
    .reverse()
    .map((row) => row[0]!.text)
  if (leaves < 0) return { lines, columns: [], startColumns: false, titles }
  const columns: Column[] = []
  const counts = new Map<string, number>()
  const row = rows[leaves] as Cell[]
  for (const cell of row) {
    const nth = counts.get(cell.text) ?? 0
    counts.set(cell.text, nth + 1)
    columns.push({ leaf: cell.text, nth, groups: [], box: cell })
  }
  for (const upper of rows.slice(leaves + 1)) {
    const groups = upper.filter((cell) => labels.read(cell.text).types.length > 0)
    if (upper.length >= row.length && upper.length > 2) continue
    const spans = groups.length > 0 ? groups : upper.length > 1 ? upper : []
    if (spans.length === 0) continue
    const figured = columns.filter((column) => labels.read(column.leaf).figures.length > 0)
    const under = figured.length >= spans.length ? figured : columns.slice(1)
    for (const [at, column] of under.entries()) {
      const likely = [
        ...(under.length % spans.length === 0
          ? [spans[Math.floor((at * spans.length) / under.length)]!]
          : []),
        ...[...spans].sort((a, b) => distance(a, column.box) - distance(b, column.box)).slice(0, 2),
      ]
      column.groups = [...new Set([...column.groups, ...likely.map((cell) => cell.text)])]
    }
    for (const cell of upper) {
      // A head that spans all rows of the head, over figures of its own.
      const alone = columns.every(({ box }) => box.x1 < cell.x0 || box.x0 > cell.x1)
      if (alone && !spans.includes(cell)) columns.push({ leaf: cell.text, nth: 0, groups: [], box: cell })
    }
  }
  return { lines, columns, startColumns: false, titles }
}

function distance(a: Box, b: Box): number {
  return Math.abs((a.x0 + a.x1) / 2 - (b.x0 + b.x1) / 2)
}

/** Page numbers tell pages apart, not sections. */
function numberless(title: string): string {
  return title.replace(/\d+/g, '#')
}

function overlaps(a: Box, b: Box): boolean {
  return a.x0 < b.x1 && b.x0 < a.x1
}

/** Heads of the same table, repeated; one of them may lack cells that a page break cut off. */
function isSameGrid(one: Block, two: Block): boolean {
  const same = one.columns.filter(({ leaf, box }) =>
    two.columns.some((other) => other.leaf === leaf && Math.abs(other.box.x0 - box.x0) < 3),
  )
  return same.length >= 2 && same.length >= 0.5 * one.columns.length
}

function columnAt(columns: Column[], cell: Box): Column | null {
  let best: Column | null = null
  let least = Number.POSITIVE_INFINITY
  for (const column of columns) {
    const { box } = column
    const apart = Math.max(box.x0 - cell.x1, cell.x0 - box.x1)
    const shift = Math.min(
      Math.abs(box.x0 - cell.x0),
      Math.abs(box.x1 - cell.x1),
      Math.abs((box.x0 + box.x1 - cell.x0 - cell.x1) / 2),
    )
    const away = apart < 0 ? shift * 0.2 : shift + Math.max(0, apart)
    if (away < least) {
      least = away
      best = column
    }
  }
  return least < 40 ? best : null
}
