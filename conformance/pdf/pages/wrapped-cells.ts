import { type Line, lineOfCells, type Segment, type TextLayer, type Word } from './page.ts'

/** From one line of a text to the next, in its size. */
const [closest, farthest] = [0.9, 1.8]

/** Where a row stands that is set to the middle of two lines, as a share of the way from one to the other. */
const [highest, lowest] = [0.3, 0.7]

/** How far ends may be apart that stand below each other, and how wide a blank is, in the size of the text. */
const [aside, blank] = [0.15, 0.25]

/**
 * A text that is broken in a cell becomes one again in its row, which is set to the middle of its two lines: "Not" and
 * "included" a little above and below the figures beside them. Only what did not fit is joined, not lines that were ended
 * on purpose, and only behind a figure: names, paths and headings have lines of their own.
 */
export function joinWrappedCells(layer: TextLayer): TextLayer {
  const { lines } = layer
  const cells = lines.filter(hasFigures).flatMap(({ segments }) => segments)
  const joined = new Map<Line, [Segment, Segment][]>()
  for (const [at, row] of lines.entries()) {
    const [before, after] = [lines[at - 1], lines[at + 1]]
    if (!before || !after || !hasFigures(row) || !isMiddle(before, row, after)) continue
    const pairs = before.segments.flatMap((first): [Segment, Segment][] => {
      const under = after.segments.filter((second) => isWrapped(first, second, row, cells))
      return under.length === 1 ? [[first, under[0]!]] : []
    })
    joined.set(row, pairs)
  }
  const gone = new Set([...joined.values()].flat(2))
  if (gone.size === 0) return layer
  const result: TextLayer = { ...layer, lines: [] }
  for (const line of lines) {
    const whole = (joined.get(line) ?? []).map((parts) => parts.flatMap(({ words }) => words))
    const kept = line.segments.filter((each) => !gone.has(each)).map(({ words }) => words)
    const all = [...kept, ...whole].toSorted(([a], [b]) => a!.x0 - b!.x0)
    if (all.length > 0) result.lines.push(lineOfCells(line, result, all))
  }
  return result
}

const hasFigure = ({ text }: Segment) => /\p{Nd}/u.test(text)
const hasFigures = ({ segments }: Line) => segments.length > 1 && segments.some(hasFigure)

function isMiddle(before: Line, row: Line, after: Line): boolean {
  const distance = after.y - before.y
  const size = Math.min(before.size, after.size)
  const share = (row.y - before.y) / distance
  return distance > closest * size && distance < farthest * size && share > highest && share < lowest
}

function isWrapped(first: Segment, second: Segment, row: Line, cells: Segment[]): boolean {
  const [x0, x1] = [Math.min(first.x0, second.x0), Math.max(first.x1, second.x1)]
  const left = row.segments.filter((each) => each.x1 < x0)
  const right = row.segments.filter((each) => each.x0 > x1)
  if (left.length + right.length < row.segments.length) return false
  if (!(row.isFromRight ? right : left).some(hasFigure)) return false
  if (!goesOn(first.text, second.text) || !isBelow(first, second)) return false
  // The column is as wide as its widest cell. Where the next word would have fitted, the line was ended on purpose.
  const from = Math.max(...left.map((each) => each.x1))
  const to = Math.min(...right.map((each) => each.x0))
  const column = cells.filter((each) => each.x0 < x1 && each.x1 > x0 && each.x0 > from && each.x1 < to)
  const [next] = second.words as [Word]
  const width = first.x1 - first.x0 + blank * next.size + next.x1 - next.x0
  return column.every((each) => each.x1 - each.x0 <= width)
}

/** Words with words, "12 of" with what follows, or "1" with "335": a label above a figure is no text that goes on. */
function goesOn(first: string, second: string): boolean {
  if (/(?:^|\s)\p{Nd}{1,3}$/u.test(first) && /^\p{Nd}{3}(?:\s|$)/u.test(second)) return true
  const isOpen = /[\p{L}/]$/u.test(first) && /^[\p{L}\p{Nd}]/u.test(second)
  return isOpen && (/\p{Nd}/u.test(first) || !/\p{Nd}/u.test(second))
}

/** Set in one font, and to one side or to the middle of one cell. */
function isBelow(first: Segment, second: Segment): boolean {
  const [{ font, size }] = first.words as [Word]
  if ([...first.words, ...second.words].some((word) => word.font !== font)) return false
  const [left, right] = [second.x0 - first.x0, second.x1 - first.x1]
  return [left, right, (left + right) / 2].some((distance) => Math.abs(distance) < aside * size)
}
