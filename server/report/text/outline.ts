import type { Font } from 'fontkit'

type Point = readonly [number, number]

/** Text as the operators of a filled path (y downwards): drawn, but no text of the document. */
export function outline(
  text: string,
  font: Font,
): { width: number; draw(x: number, y: number, size: number): string } {
  const { glyphs, positions } = font.layout(text)
  const width = positions.reduce((sum, { xAdvance }) => sum + xAdvance, 0) * (1000 / font.unitsPerEm)
  return {
    width,
    draw(x, y, size) {
      const factor = size / font.unitsPerEm
      let origin = x
      const paths = glyphs.map((glyph, index) => {
        const place = ([dx, dy]: Point): Point => [origin + dx * factor, y - dy * factor]
        const path = trace(glyph.path.commands, place)
        origin += positions[index]!.xAdvance * factor
        return path
      })
      return `${paths.join(' ')} f`
    },
  }
}

function trace(commands: { command: string; args: number[] }[], place: (point: Point) => Point): string {
  let from: Point = [0, 0]
  const operators = commands.map(({ command, args }) => {
    const points: Point[] = []
    for (let at = 0; at < args.length; at += 2) points.push(place([args[at]!, args[at + 1]!]))
    const start = from
    from = points.at(-1) ?? from
    if (command === 'moveTo') return `${write(points)} m`
    if (command === 'lineTo') return `${write(points)} l`
    if (command === 'closePath') return 'h'
    // TrueType curves are quadratic, PDF's are cubic.
    const [control, end] = points as [Point, Point]
    return `${write([toward(start, control), toward(end, control), end])} c`
  })
  return operators.join(' ')
}

const toward = (from: Point, to: Point): Point => [
  from[0] + ((to[0] - from[0]) * 2) / 3,
  from[1] + ((to[1] - from[1]) * 2) / 3,
]
const write = (points: Point[]) => points.map(([x, y]) => `${x.toFixed(2)} ${y.toFixed(2)}`).join(' ')
