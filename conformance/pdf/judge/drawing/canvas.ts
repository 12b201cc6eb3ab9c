import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'
import type { Box } from '../../pages/matrix.ts'

type CanvasLibrary = typeof import('@napi-rs/canvas')
export type Context = ReturnType<ReturnType<CanvasLibrary['createCanvas']>['getContext']>

/** The library that pdf-parse draws with, a dependency of pdf-parse and not ours, with the fonts of the system. */
export async function canvasOfPdfParse(): Promise<CanvasLibrary> {
  const require = createRequire(import.meta.resolve('pdf-parse'))
  const canvas: CanvasLibrary = await import(pathToFileURL(require.resolve('@napi-rs/canvas')).href)
  // Its types leave this method out.
  const fonts = canvas.GlobalFonts as typeof canvas.GlobalFonts & { loadSystemFonts(): number }
  if (fonts.families.length === 0) fonts.loadSystemFonts()
  return canvas
}

/** Pixels to a point. */
export const scale = 2

/** In pixels. Fonts that one of the usual systems has. */
export const fontOf = (size: number, weight = '') =>
  `${weight} ${size}px Roboto, Arial, "DejaVu Sans", "Liberation Sans", sans-serif`.trimStart()

/** Outlines a box of the page, `gap` pixels outside of it. */
export function frame(context: Context, box: Box, color: string, line: number, gap = 2): void {
  context.strokeStyle = color
  context.lineWidth = line
  const [x, y] = [box.x0 * scale - gap - 1, box.y0 * scale - gap]
  const [width, height] = [(box.x1 - box.x0) * scale, (box.y1 - box.y0) * scale]
  context.strokeRect(x, y, width + 2 * gap + 2, height + 2 * gap)
}
