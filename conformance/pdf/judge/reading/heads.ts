import type { Box } from '../../pages/matrix.ts'
import type { Line } from '../../pages/page.ts'
import type { Labels } from '../vocabulary/labels.ts'
import type { Band } from './grid.ts'
import { type Cell, cellsOf, splitCell } from './head-cells.ts'

/** A column as its heads describe it. */
export interface Column {
  /** The text right above the figures. */
  leaf: string
  /** Counts columns of the same leaf from the left. */
  nth: number
  /** What heads that span several columns may say of it, the likeliest first. */
  groups: string[]
  box: Cell
}

export interface Title {
  text: string
  /** Where on the page its line stands. */
  y: number
}

/** Consecutive lines without figures and names: heads of a table, titles, legends. */
export interface Block {
  lines: Line[]
  columns: Column[]
  /** The columns of the cells below all heads like these, with the head that each stands under. */
  grid: { band: Band; column: Column | undefined }[]
  /** Text of lines that head the whole region, nearest last. */
  titles: Title[]
}

export function blockOf(lines: Line[], labels: Labels): Block {
  const cells = cellsOf(lines)
  const rows: Cell[][] = []
  for (const cell of [...cells].sort((a, b) => b.y1 - a.y1)) {
    const row = rows.find((other) => other.some((one) => areAbreast(one, cell)))
    if (row) row.push(cell)
    else rows.push([cell])
  }
  for (const row of rows) row.sort((a, b) => a.x0 - b.x0)
  const leaves = rows.findIndex((row) => row.length >= 2)
  const titles = rows
    .filter((row, at) => row.length === 1 && at !== leaves)
    .reverse()
    .map(([cell]): Title => ({ text: cell!.text, y: cell!.y1 }))
    .filter(({ text }) => /\p{L}/u.test(text))
  if (leaves < 0) return { lines, columns: [], grid: [], titles }
  const row = rows[leaves]!
  const columns = columnsOf(row.map((cell) => ({ leaf: cell.text, groups: [], box: cell })))
  for (const upper of rows.slice(leaves + 1)) {
    if (upper.length >= row.length && upper.length > 2) continue
    const alone = upper.filter(({ x0, x1 }) => x1 < row[0]!.x0 || x0 > row.at(-1)!.x1)
    const spans = upper.filter((cell) => !alone.includes(cell))
    const isTitle = spans.length === 1 && !isSpanningHead(spans[0]!.text, labels)
    if (spans.length > 0 && !isTitle) group(columns, spans)
    // A head that spans all rows of the head, over figures of its own.
    if (spans.length > 0)
      columns.push(...alone.map((cell) => ({ leaf: cell.text, nth: 0, groups: [], box: cell })))
  }
  columns.sort((a, b) => a.box.x0 - b.box.x0)
  return { lines, columns, grid: [], titles }
}

function areAbreast(a: Cell, b: Cell): boolean {
  return Math.min(a.y1, b.y1) - Math.max(a.y0, b.y0) > 0.3 * Math.min(a.y1 - a.y0, b.y1 - b.y0)
}

/** What a head over all columns says is of which type their figures are; legends and sentences say more. */
function isSpanningHead(text: string, labels: Labels): boolean {
  return labels.read(text).types.length > 0 && !/[=;]|\.\s/u.test(text)
}

/** A head over several columns of figures, of which none has a head of its own, is as many heads. */
export function partHeads(block: Block, bands: Band[]): void {
  const parted = block.columns.flatMap((column): Head[] => {
    const { box, groups } = column
    const below = bands.filter(({ x0, x1, figures }) => figures > 0 && x0 < box.x1 && box.x0 < x1)
    if (below.length < 2 || box.words.length < 2) return [column]
    return splitCell(box, below).map((cell) => ({ leaf: cell.text, groups, box: cell }))
  })
  block.columns = columnsOf(parted)
}

type Head = Omit<Column, 'nth'>

/** The columns below some heads, given from left to right. */
export function columnsOf(heads: Head[]): Column[] {
  const counts = new Map<string, number>()
  return heads.map((head) => {
    const nth = counts.get(head.leaf) ?? 0
    counts.set(head.leaf, nth + 1)
    return { ...head, nth }
  })
}

/** Heads that span as many columns each span the last ones, for names come first; or those that they stand nearest to. */
function group(columns: Column[], spans: Cell[]): void {
  const each = Math.floor(columns.length / spans.length)
  const first = columns.length - each * spans.length
  for (const [at, column] of columns.entries()) {
    const spanned = at < first ? undefined : spans[Math.floor((at - first) / each)]
    const near = [...spans].sort((a, b) => distance(a, column.box) - distance(b, column.box)).slice(0, 2)
    const likely = [...(spanned ? [spanned] : []), ...near]
    column.groups = [...new Set([...column.groups, ...likely.map(({ text }) => text)])]
  }
}

function distance(a: Box, b: Box): number {
  return Math.abs((a.x0 + a.x1) / 2 - (b.x0 + b.x1) / 2)
}
