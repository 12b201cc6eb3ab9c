import { inReadingOrder, inReadingOrderFromRight, isMostlyFromRight, isRightToLeft } from './bidi.ts'
import { ColumnEdges } from './column-edges.ts'
import { boxOf, type DrawnWord, type Line, Segment, type TextLayer, type Word } from './page.ts'
import { VerticalRules } from './vertical-rules.ts'

/**
 * Text runs that continue each other become one word, words on one baseline a line, and a wide gap, a drawn line or
 * the edge of a column between words separates segments.
 */
export function groupIntoLines(head: Omit<TextLayer, 'lines'>, drawn: DrawnWord[]): TextLayer {
  const runs = drawn.filter(({ text }) => !drawing.test(text))
  const layer: TextLayer = { ...head, lines: [] }
  const rules = new VerticalRules(layer.rules)
  const rows = rowsOf(runs).map((row) => row.toSorted((a, b) => a.x0 - b.x0))
  const edges = new ColumnEdges(rows)
  const inOrder = isMostlyFromRight(runs)
    ? (words: Word[]) => inReadingOrderFromRight(inReadingOrder(words))
    : inReadingOrder
  for (const [at, row] of rows.entries()) {
    const isEdge = (before: DrawnWord, run: DrawnWord) => edges.part(at, before, run)
    layer.lines.push(lineOf(layer, joinRuns(row, isEdge), rules, isEdge, inOrder))
  }
  return layer
}

/** Lines, corners and bars made of characters (Unicode's Box Drawing and Block Elements) part texts, and say nothing. */
const drawing = /^[\u2500-\u259f]+$/u

/** Runs on one baseline, the topmost row first. */
function rowsOf(runs: DrawnWord[]): DrawnWord[][] {
  const rows: DrawnWord[][] = []
  for (const run of runs.toSorted((a, b) => a.y - b.y || a.x0 - b.x0)) {
    const row = rows.at(-1)
    const first = row?.[0]
    if (row && first && run.y - first.y < 0.3 * Math.min(first.size, run.size)) row.push(run)
    else rows.push([run])
  }
  return rows
}

/** Whether a column ends with one word or begins with the next. */
type IsEdge = (before: DrawnWord, run: DrawnWord) => boolean

/** The words of a row that is sorted from left to right; text drawn twice at one place, as for bold, counts once. */
function joinRuns(row: DrawnWord[], isEdge: IsEdge): DrawnWord[] {
  const words: DrawnWord[] = []
  for (const run of row) {
    const last = words.at(-1)
    if (!last) {
      words.push(run)
      continue
    }
    const size = Math.max(last.size, run.size)
    const gap = (run.x0 - last.x1) / size
    if (last.text === run.text && Math.abs(last.x0 - run.x0) < 0.12 * size) continue
    if (gap < 0.13 && gap > -0.5 && !isEdge(last, run) && !runsInto(last, run, gap))
      words[words.length - 1] = {
        ...last,
        text: last.text + run.text,
        x1: Math.max(last.x1, run.x1),
        unmapped: last.unmapped + run.unmapped,
      }
    else {
      run.gap = gap
      words.push(run)
    }
  }
  return words
}

/** A text that is too long for its cell, and the figure of the next one. */
const runsInto = (last: DrawnWord, run: DrawnWord, gap: number) =>
  gap < -0.1 && /\p{L}$/u.test(last.text) && /^\p{Nd}/u.test(run.text)

function lineOf(
  layer: TextLayer,
  words: DrawnWord[],
  rules: VerticalRules,
  isEdge: IsEdge,
  inOrder: (words: Word[]) => Word[],
): Line {
  const boxes = words.map(boxOf)
  const line: Line = {
    layer,
    segments: [],
    y: words[0]!.y,
    size: Math.max(...words.map((word) => word.size)),
    x0: words[0]!.x0,
    x1: words.at(-1)!.x1,
    y0: Math.min(...boxes.map(({ y0 }) => y0)),
    y1: Math.max(...boxes.map(({ y1 }) => y1)),
    isFromRight: words.some(({ text }) => isRightToLeft(text)),
  }
  const separators = rules.at(line.y - line.size * 0.3)
  // Lists that were grown have room for sixteen more, and a report has a hundred thousand of them: copies have none.
  line.segments = splitAtGaps(words, separators, isEdge).map(
    (part, index) => new Segment(inOrder(part).slice(), line, index),
  )
  return line
}

function splitAtGaps(words: DrawnWord[], separators: number[], isEdge: IsEdge): DrawnWord[][] {
  const wide = Math.min(0.72, Math.max(0.48, 1.9 * usualGap(words)))
  const parts: DrawnWord[][] = []
  for (const word of words) {
    const part = parts.at(-1)
    const last = part?.at(-1)
    const isApart =
      !last ||
      word.gap > wide ||
      // A long text that runs into the next column ends where that one's begins.
      word.gap < -1 ||
      runsInto(last, word, word.gap) ||
      isEdge(last, word) ||
      (word.gap > 0.1 && separators.some((x) => x > last.x1 - 0.5 && x < word.x0 + 0.5))
    if (part && !isApart) part.push(word)
    else parts.push([word])
  }
  return parts
}

/** The median gap between the words of a line, in ems; a wide one where there are too few to tell. */
function usualGap(words: Word[]): number {
  const gaps = words
    .slice(1)
    .map(({ gap }) => gap)
    .filter((gap) => gap > 0 && gap <= 0.72)
    .sort((a, b) => a - b)
  return gaps.length < 3 ? 0.72 : gaps[Math.floor((gaps.length - 1) / 2)]!
}
