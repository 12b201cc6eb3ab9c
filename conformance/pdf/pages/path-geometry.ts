import type { Box } from './matrix.ts'

export interface Subpath extends Box {
  simple: boolean
  curves: boolean
}

/** The outline's parts as pdf.js encodes them: 0 move, 1 line, 2 curve, 3 close. A simple one is no more than a (rounded) box. */
export function subpaths(data: Float32Array): Subpath[] {
  const parts: Subpath[] = []
  let part: Subpath | null = null
  let points = 0
  const add = (x: number, y: number) => {
    if (!part) return
    part.x0 = Math.min(part.x0, x)
    part.y0 = Math.min(part.y0, y)
    part.x1 = Math.max(part.x1, x)
    part.y1 = Math.max(part.y1, y)
    points += 1
    if (points > 12) part.simple = false
  }
  for (let i = 0; i < data.length; ) {
    const code = data[i]
    if (code === 0) {
      part = {
        x0: Number.POSITIVE_INFINITY,
        y0: Number.POSITIVE_INFINITY,
        x1: Number.NEGATIVE_INFINITY,
        y1: Number.NEGATIVE_INFINITY,
        simple: true,
        curves: false,
      }
      parts.push(part)
      points = 0
      add(data[i + 1]!, data[i + 2]!)
      i += 3
    } else if (code === 1) {
      add(data[i + 1]!, data[i + 2]!)
      i += 3
    } else if (code === 2) {
      if (part) part.curves = true
      add(data[i + 5]!, data[i + 6]!)
      i += 7
    } else {
      i += 1
    }
  }
  return parts
}

export function edges(box: Box): Box[] {
  return [
    { ...box, x1: box.x0 },
    { ...box, x0: box.x1 },
    { ...box, y1: box.y0 },
    { ...box, y0: box.y1 },
  ]
}

export function overlap(a: Box, b: Box): boolean {
  return a.x0 < b.x1 && b.x0 < a.x1 && a.y0 < b.y1 && b.y0 < a.y1
}
