import { holds } from './matrix.ts'
import type { FilledArea, PageContent } from './page-content.ts'

/** Marks text that is painted over, or in the colour of what is behind it. `orders` says when each piece was painted. */
export function hideCovered(painted: PageContent, orders: number[]): void {
  const { areas, pieces } = painted
  if (areas.length === 0 && pieces.every((piece) => !isWhitish(piece.color))) return
  const bands = new Map<number, FilledArea[]>()
  const band = 24
  for (const area of areas) {
    for (let key = Math.floor(area.y0 / band); key <= Math.min(Math.floor(area.y1 / band), 2000); key += 1) {
      const list = bands.get(key)
      if (list) list.push(area)
      else bands.set(key, [area])
    }
  }
  for (const [index, piece] of pieces.entries()) {
    if (piece.hidden) continue
    const order = orders[index]!
    const x = (piece.from[0] + piece.to[0]) / 2
    const dx = piece.to[0] - piece.from[0]
    const dy = piece.to[1] - piece.from[1]
    const length = Math.hypot(dx, dy) || 1
    // A third of an em above the baseline: the middle of the letters.
    const cx = x + (dy / length) * piece.size * 0.3
    const cy = (piece.from[1] + piece.to[1]) / 2 - (dx / length) * piece.size * 0.3
    let behind: string | null = '#ffffff'
    for (const area of bands.get(Math.floor(cy / band)) ?? []) {
      if (!holds(area, cx, cy)) continue
      const whole =
        holds(area, piece.from[0] + dx * 0.1, piece.from[1] + dy * 0.1 - (dx / length) * piece.size * 0.3) &&
        holds(area, piece.to[0] - dx * 0.1, piece.to[1] - dy * 0.1 - (dx / length) * piece.size * 0.3)
      if (area.order < order) {
        if (area.opaque || area.color === null) behind = area.color
        else if (area.color !== piece.color) behind = null
      } else if (area.opaque && whole) {
        piece.hidden = 'covered'
        break
      }
    }
    if (!piece.hidden && behind !== null && contrast(piece.color, behind) < 1.15) piece.hidden = 'background'
  }
}

function isWhitish(color: string): boolean {
  return contrast(color, '#ffffff') < 1.07
}

/** WCAG contrast of two `#rrggbb` colours, 1 to 21; 21 where one is a pattern. */
function contrast(a: string, b: string): number {
  const [high, low] = [luminance(a), luminance(b)].sort((p, q) => q - p)
  if (high === undefined || low === undefined || Number.isNaN(high) || Number.isNaN(low)) return 21
  return (high + 0.05) / (low + 0.05)
}

const luminances = new Map<string, number>()

function luminance(color: string): number {
  let known = luminances.get(color)
  if (known === undefined) {
    known = measureLuminance(color)
    if (luminances.size < 1000) luminances.set(color, known)
  }
  return known
}

function measureLuminance(color: string): number {
  const match = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(color)
  if (!match) return Number.NaN
  const [r, g, b] = match.slice(1).map((hex) => {
    const value = Number.parseInt(hex, 16) / 255
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  }) as [number, number, number]
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}
