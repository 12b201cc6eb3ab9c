import { remembered } from '../remembered.ts'
import { holds } from './matrix.ts'
import type { FilledArea, HiddenReason, TextRun } from './page-content.ts'

/** Height of the bands by which areas are found. */
const band = 24
/** Bands beyond this one are off any page. */
const lastBand = 2000
/** WCAG contrast below which text is not told from what is behind it. */
const leastContrast = 1.15

/** A text run with its place in the order of painting, which it shares with areas. */
export interface PaintedRun {
  run: TextRun
  order: number
}

/** The runs; hidden is what is painted over or has the colour of what is behind it. */
export function hideCovered(painted: PaintedRun[], areas: FilledArea[]): TextRun[] {
  if (areas.length === 0 && painted.every(({ run }) => !isWhitish(run.color)))
    return painted.map(({ run }) => run)
  const bands = byBand(areas)
  return painted.map(({ run, order }) => {
    if (run.hidden) return run
    const hidden = reasonAmong(bands, run, order)
    return hidden ? { ...run, hidden } : run
  })
}

function byBand(areas: FilledArea[]): Map<number, FilledArea[]> {
  const bands = new Map<number, FilledArea[]>()
  for (const area of areas)
    for (
      let key = Math.floor(area.y0 / band);
      key <= Math.min(Math.floor(area.y1 / band), lastBand);
      key += 1
    ) {
      const others = bands.get(key)
      if (others) others.push(area)
      else bands.set(key, [area])
    }
  return bands
}

function reasonAmong(bands: Map<number, FilledArea[]>, run: TextRun, order: number): HiddenReason | null {
  const { from, to, size, color } = run
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]]
  const length = Math.hypot(dx, dy) || 1
  // A third of an em above the baseline: the middle of the letters.
  const [upX, upY] = [(dy / length) * size * 0.3, -(dx / length) * size * 0.3]
  const at = (share: number): [number, number] => [from[0] + dx * share + upX, from[1] + dy * share + upY]
  const [x, y] = at(0.5)
  let behind: string | null = '#ffffff'
  for (const area of bands.get(Math.floor(y / band)) ?? []) {
    if (!holds(area, x, y)) continue
    if (area.order < order) {
      if (area.opaque || area.color === null) behind = area.color
      else if (area.color !== color) behind = null
    } else if (area.opaque && holds(area, ...at(0.1)) && holds(area, ...at(0.9))) return 'covered'
  }
  return behind !== null && contrast(color, behind) < leastContrast ? 'background' : null
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

const luminance = remembered((color: string): number => {
  const match = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(color)
  if (!match) return Number.NaN
  const [r, g, b] = match.slice(1).map((hex) => {
    const value = Number.parseInt(hex, 16) / 255
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  }) as [number, number, number]
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}, 1000)
