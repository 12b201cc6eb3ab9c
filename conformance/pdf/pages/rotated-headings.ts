import { type Line, onPage, type Segment, type TextLayer, type Word } from './read-pages.ts'

/** Heads that are set upright for want of room join the lines of the page's main text, above what they head. */
export function rotateHeadings(planes: TextLayer[]): TextLayer[] {
  const [main, ...others] = planes
  if (!main) return planes
  const kept = others.filter((plane) => {
    if ((plane.angle - main.angle + 360) % 180 !== 90 || main.angle !== 0) return true
    const boxes = plane.lines.map((line) => ({ line, box: onPage(plane, line) }))
    const top = Math.min(...boxes.map(({ box }) => box.y0))
    const bottom = Math.max(...boxes.map(({ box }) => box.y1))
    const abreast = boxes.every(({ box }) => box.y0 < bottom && box.y1 > top && bottom - top < 250)
    const below = main.lines.filter(({ y0 }) => y0 > bottom - 2)
    const heading = boxes.filter(({ box }) =>
      below.some(({ segments }) => segments.some(({ x0, x1 }) => x0 < box.x1 + 4 && x1 > box.x0 - 4)),
    )
    if (!abreast || boxes.length < 2 || heading.length < boxes.length) return true
    const size = plane.lines[0]!.size
    const y1 = bottom
    const line: Line = {
      plane: main,
      segments: [],
      y: y1 - size * 0.22,
      size,
      x0: Math.min(...boxes.map(({ box }) => box.x0)),
      x1: Math.max(...boxes.map(({ box }) => box.x1)),
      y0: y1 - size,
      y1,
    }
    line.segments = boxes
      .sort((a, b) => a.box.x0 - b.box.x0)
      .map(({ line: turned, box }, index): Segment => {
        const words = turned.segments.flatMap((segment) =>
          segment.words.map(
            (word): Word => ({ ...word, x0: box.x0, x1: box.x1, y: line.y, y0: line.y0, y1 }),
          ),
        )
        return { words, line, index, x0: box.x0, x1: box.x1, y0: line.y0, y1 }
      })
    const beside = main.lines.find((other) => Math.abs(other.y - line.y) < size)
    if (beside) {
      const all = [...beside.segments, ...line.segments.map((segment) => ({ ...segment, line: beside }))]
      beside.segments = all.sort((a, b) => a.x0 - b.x0)
      for (const [index, segment] of beside.segments.entries()) segment.index = index
      beside.x0 = Math.min(beside.x0, line.x0)
      beside.x1 = Math.max(beside.x1, line.x1)
    } else {
      main.lines.push(line)
      main.lines.sort((a, b) => a.y - b.y)
    }
    return false
  })
  return [main, ...kept]
}
