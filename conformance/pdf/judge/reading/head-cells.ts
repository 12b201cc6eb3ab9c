import type { Box } from '../../pages/matrix.ts'
import { type Line, type Segment, textOf, type Word } from '../../pages/page.ts'

/** The text of one head, all its lines together. */
export interface Cell extends Box {
  text: string
  words: Word[]
  size: number
}

/**
 * How far below a line of a head, in ems, its next line may stand: further where each line has as many cells, so that
 * none of the upper ones spans several of the lower.
 */
const leading = { spanning: 1.45, abreast: 1.75 }

/** Segments that wrap within one cell are one. */
export function cellsOf(lines: Line[]): Cell[] {
  const cells: Cell[] = []
  for (const [at, line] of lines.entries()) {
    const isAbreast = at > 0 && lines[at - 1]!.segments.length >= line.segments.length
    const reach = isAbreast ? leading.abreast : leading.spanning
    for (const segment of line.segments.flatMap((each) => partsOf(each, line.segments.length))) {
      const em = line.size
      const above = cells.find((cell) => {
        const drop = line.y1 - cell.y1
        if (drop < 0.5 * em || drop > reach * em || Math.abs(cell.size - em) > 0.5) return false
        if (cell.x1 < segment.x0 || cell.x0 > segment.x1) return false
        const [left, right] = [segment.x0 - cell.x0, segment.x1 - cell.x1]
        return Math.abs(left) < 0.5 * em || Math.abs(right) < 0.5 * em || Math.abs(left + right) < em
      })
      const text = textOf(segment.words)
      if (above) {
        above.text += ` ${text}`
        above.words.push(...segment.words)
        above.x0 = Math.min(above.x0, segment.x0)
        above.x1 = Math.max(above.x1, segment.x1)
        above.y1 = segment.y1
      } else {
        const { words, x0, x1, y0, y1 } = segment
        cells.push({ text, words: [...words], size: em, x0, x1, y0, y1 })
      }
    }
  }
  return cells
}

/** Heads that stand so near to each other that they read as one, parted by where the figures below them stand. */
export function splitCell(cell: Cell, below: Pick<Box, 'x0' | 'x1'>[]): Cell[] {
  const nearest = ({ x0, x1 }: Word) =>
    below.reduce((a, b) => (Math.abs(b.x0 + b.x1 - x0 - x1) < Math.abs(a.x0 + a.x1 - x0 - x1) ? b : a))
  const parts = [...Map.groupBy(cell.words, nearest).values()]
  if (parts.length < below.length) return [cell]
  return parts.map((words) => ({
    ...cell,
    words,
    text: textOf(words),
    x0: Math.min(...words.map(({ x0 }) => x0)),
    x1: Math.max(...words.map(({ x1 }) => x1)),
  }))
}

/** Heads of narrow columns stand hardly further apart than words do. */
function partsOf({ words, x0, x1, y0, y1 }: Segment, abreast: number): (Box & { words: Word[] })[] {
  const wide = Math.max(0.42, 1.5 * Math.min(...words.slice(1).map(({ gap }) => gap), 0.28))
  const parts: Word[][] = []
  for (const word of words) {
    if (parts.length > 0 && word.gap < wide) parts.at(-1)!.push(word)
    else parts.push([word])
  }
  // A line of two parts is more likely a title with a wide blank than two heads.
  if (abreast === 1 && parts.length < 3) return [{ words, x0, x1, y0, y1 }]
  return parts.map((part) => ({ words: part, x0: part[0]!.x0, x1: part.at(-1)!.x1, y0, y1 }))
}
