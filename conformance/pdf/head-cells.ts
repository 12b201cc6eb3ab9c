import type { Box } from './matrix.ts'
import { type Line, type Segment, textOf, type Word } from './text.ts'

/** The text of one head, all its lines together. */
export interface Cell extends Box {
  text: string
  size: number
}

/** Segments that wrap within one cell are one. */
export function cellsOf(lines: Line[]): Cell[] {
  const cells: Cell[] = []
  for (const line of lines)
    for (const segment of line.segments.flatMap(partsOf)) {
      const em = line.size
      const above = cells.find((cell) => {
        const drop = line.y1 - cell.y1
        if (drop < 0.5 * em || drop > 1.45 * em || Math.abs(cell.size - em) > 0.5) return false
        if (cell.x1 < segment.x0 || cell.x0 > segment.x1) return false
        const [left, right] = [segment.x0 - cell.x0, segment.x1 - cell.x1]
        return Math.abs(left) < 0.5 * em || Math.abs(right) < 0.5 * em || Math.abs(left + right) < em
      })
      const text = textOf(segment.words)
      if (above) {
        above.text += ` ${text}`
        above.x0 = Math.min(above.x0, segment.x0)
        above.x1 = Math.max(above.x1, segment.x1)
        above.y1 = segment.y1
      } else cells.push({ text, size: em, x0: segment.x0, x1: segment.x1, y0: segment.y0, y1: segment.y1 })
    }
  return cells
}

/** Heads of narrow columns stand hardly further apart than words do. */
function partsOf({ words, y0, y1 }: Segment): (Box & { words: Word[] })[] {
  const wide = Math.max(0.42, 1.5 * Math.min(...words.slice(1).map(({ gap }) => gap), 0.28))
  const parts: Word[][] = []
  for (const word of words) {
    if (parts.length > 0 && word.gap < wide) parts.at(-1)!.push(word)
    else parts.push([word])
  }
  return parts.map((part) => ({ words: part, x0: part[0]!.x0, x1: part.at(-1)!.x1, y0, y1 }))
}
