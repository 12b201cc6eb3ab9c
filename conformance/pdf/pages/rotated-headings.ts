import { type Box, union } from './matrix.ts'
import { type Line, lineOfCells, type TextLayer, type Word } from './page.ts'
import { onPage } from './upright.ts'

interface RotatedLine {
  line: Line
  /** On the page as seen. */
  box: Box
}

/** More height than this, in points, is no row of headings. */
const highest = 250

/**
 * Column headings that are rotated to save width become a line of the page's main layer, above what they head; the
 * other layers stay as they are. The main layer is the first.
 */
export function joinRotatedHeadings([main, ...others]: TextLayer[]): TextLayer[] {
  if (!main) return []
  let joined = main
  const kept = others.filter((layer) => {
    const headings = rotatedHeadings(layer, joined)
    if (headings) joined = withHeadings(joined, headings, layer.lines[0]!.size)
    return headings === undefined
  })
  return [joined, ...kept]
}

/** The lines of a layer where all of them head columns of the main one, side by side. */
function rotatedHeadings(layer: TextLayer, main: TextLayer): RotatedLine[] | undefined {
  if ((layer.angle - main.angle + 360) % 180 !== 90 || main.angle !== 0) return undefined
  const lines = layer.lines.map((line) => ({ line, box: onPage(layer, line) }))
  const top = Math.min(...lines.map(({ box }) => box.y0))
  const bottom = Math.max(...lines.map(({ box }) => box.y1))
  const areAbreast = lines.every(({ box }) => box.y0 < bottom && box.y1 > top && bottom - top < highest)
  const columns = main.lines.filter(({ y0 }) => y0 > bottom - 2).flatMap(({ segments }) => segments)
  const doHead = lines.every(({ box }) => columns.some(({ x0, x1 }) => x0 < box.x1 + 4 && x1 > box.x0 - 4))
  return areAbreast && doHead && lines.length >= 2 ? lines : undefined
}

/** A copy of the layer in which the headings stand on one line, at the height of the lowest. */
function withHeadings(main: TextLayer, headings: RotatedLine[], size: number): TextLayer {
  const layer: TextLayer = { ...main, lines: [] }
  const { x0, x1, y1 } = union(headings.map(({ box }) => box))
  const isFromRight = headings.some(({ line }) => line.isFromRight)
  const place = { y: y1 - size * 0.22, size, y0: y1 - size, y1, isFromRight }
  const cells = headings.map(({ line, box }) => {
    const words = line.segments.flatMap((segment) => segment.words)
    return words.map((word): Word => ({ ...word, x0: box.x0, x1: box.x1 }))
  })
  const beside = main.lines.find(({ y }) => Math.abs(y - place.y) < size)
  for (const line of main.lines) {
    const own = line.segments.map(({ words }) => words)
    if (line !== beside) layer.lines.push(lineOfCells(line, layer, own))
    else {
      const extent = { x0: Math.min(line.x0, x0), x1: Math.max(line.x1, x1) }
      const wider = { ...line, ...extent, isFromRight: line.isFromRight || isFromRight }
      layer.lines.push(lineOfCells(wider, layer, fromLeft([...own, ...cells])))
    }
  }
  if (beside) return layer
  layer.lines.push(lineOfCells({ ...place, x0, x1 }, layer, fromLeft(cells)))
  layer.lines.sort((a, b) => a.y - b.y)
  return layer
}

function fromLeft(cells: Word[][]): Word[][] {
  return cells.toSorted(([a], [b]) => a!.x0 - b!.x0)
}
