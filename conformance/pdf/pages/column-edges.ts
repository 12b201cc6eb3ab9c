import type { DrawnWord } from './page.ts'

/** Places, in points, that count as one. */
const tolerance = 0.5

/** So many rows have to begin, or end, a cell at an edge, and in so many of them it stands clearly apart, in ems. */
const fewest = 3
const fewestApart = 2
const apart = 0.72

/** Share of words with white space drawn before them below which a file parts words by placing them alone. */
const fewestSpaced = 0.03

/** Gaps, in ems, that letters of one word and thousands of one number may have. */
const letterGap = 0.13
const thousandsGap = 0.4
/** Digits closer than this are kerned. */
const kerning = 0.03

interface Break {
  row: number
  gap: number
}

interface Stretch {
  from: number
  to: number
}

/**
 * Where columns begin and end, as the rows show in which their cells stand clearly apart: in a tight table a wide cell
 * leaves less room before the next column than there is between words. Rows are sorted from left to right.
 */
export class ColumnEdges {
  readonly #starts: Map<number, Stretch[]>
  readonly #ends: Map<number, Stretch[]>
  readonly #mayPart: (before: DrawnWord, run: DrawnWord) => boolean

  constructor(rows: readonly DrawnWord[][]) {
    const starts = new Map<number, Break[]>()
    const ends = new Map<number, Break[]>()
    const runs = rows.flat()
    const isSpaced = runs.filter(({ spaced }) => spaced).length >= fewestSpaced * runs.length
    // Where each word is placed alone, only those set in another way than the word before them may begin a cell.
    this.#mayPart = (before, run) => (isSpaced || before.font !== run.font) && mayPart(before, run)
    for (const [row, runs] of rows.entries())
      for (const [at, run] of runs.entries()) {
        const before = runs[at - 1]
        if (!before || !this.#mayPart(before, run)) continue
        const gap = gapBetween(before, run)
        add(starts, run.x0, { row, gap })
        add(ends, before.x1, { row, gap })
      }
    this.#starts = stretchesOf(starts, rows)
    this.#ends = stretchesOf(ends, rows)
  }

  /** Whether a column begins with `run` or ends with `before` in a row. */
  part(row: number, before: DrawnWord, run: DrawnWord): boolean {
    if (!this.#mayPart(before, run)) return false
    return has(this.#starts, run.x0, row) || has(this.#ends, before.x1, row)
  }
}

const gapBetween = (before: DrawnWord, run: DrawnWord) =>
  (run.x0 - before.x1) / Math.max(before.size, run.size)

/** Whether two cells may meet here: not within a text, between letters set without a gap, or in `4 500`. */
function mayPart(before: DrawnWord, run: DrawnWord): boolean {
  const gap = gapBetween(before, run)
  if (run.spaced || gap < -0.1) return false
  if (gap < letterGap && /[\p{L}\p{M}]$/u.test(before.text) && /^[\p{L}\p{M}]/u.test(run.text)) return false
  if (gap < kerning && /[\d.,]$/.test(before.text) && /^[\d.,]/.test(run.text)) return false
  return gap > thousandsGap || !/^\D*\d{1,3}$/.test(before.text) || !/^\d{3}\D*$/.test(run.text)
}

const keyOf = (x: number) => Math.round(x / tolerance)

function add(edges: Map<number, Break[]>, x: number, each: Break): void {
  const list = edges.get(keyOf(x))
  if (list) list.push(each)
  else edges.set(keyOf(x), [each])
}

function has(edges: Map<number, Stretch[]>, x: number, row: number): boolean {
  const key = keyOf(x)
  return [key - 1, key, key + 1].some((at) => edges.get(at)?.some(({ from, to }) => row >= from && row <= to))
}

/** The rows, one below the other, in which an edge parts columns: nothing is written across it. */
function stretchesOf(edges: Map<number, Break[]>, rows: readonly DrawnWord[][]): Map<number, Stretch[]> {
  const found = new Map<number, Stretch[]>()
  for (const [key, breaks] of edges) {
    if (breaks.length < fewestApart || !breaks.some(({ gap }) => gap > apart)) continue
    const near = [key - 1, key, key + 1].flatMap((at) => edges.get(at) ?? []).sort((a, b) => a.row - b.row)
    if (near.length < fewest) continue
    const stretches: Stretch[] = []
    let open: Break[] = []
    const close = () => {
      const wide = open.filter(({ gap }) => gap > apart)
      if (open.length >= fewest && wide.length >= fewestApart)
        stretches.push({ from: open[0]!.row, to: open.at(-1)!.row })
      open = []
    }
    for (const each of near) {
      const last = open.at(-1)
      if (last && isCrossed(rows, last.row + 1, each.row, key * tolerance)) close()
      open.push(each)
    }
    close()
    if (stretches.length > 0) found.set(key, stretches)
  }
  return found
}

function isCrossed(rows: readonly DrawnWord[][], from: number, to: number, x: number): boolean {
  for (let row = from; row < to; row += 1)
    if (rows[row]!.some(({ x0, x1 }) => x0 < x - 1 && x1 > x + 1)) return true
  return false
}
