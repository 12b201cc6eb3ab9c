import type { Box, Matrix } from './matrix.ts'

/** The parameters that operators set and `q` and `Q` save and restore (ISO 32000-2 §8.4, §9.3). */
export interface GraphicsState {
  /** From user space to the page as seen: top left is 0, 0. */
  ctm: Matrix
  /** The box around what clips. */
  clip: Box
  font: string
  size: number
  charSpace: number
  wordSpace: number
  /** Horizontal scaling, 1 for 100 %. */
  scale: number
  leading: number
  rise: number
  /** Text rendering mode, 0 to 7. */
  mode: number
  /** `#rrggbb`; null for a pattern. */
  fill: string | null
  stroke: string | null
  fillAlpha: number
  strokeAlpha: number
  blend: string
}

/** The state in which a page begins. */
export function initialState(ctm: Matrix, clip: Box): GraphicsState {
  return {
    ctm,
    clip,
    font: '',
    size: 1,
    charSpace: 0,
    wordSpace: 0,
    scale: 1,
    leading: 0,
    rise: 0,
    mode: 0,
    fill: '#000000',
    stroke: '#000000',
    fillAlpha: 1,
    strokeAlpha: 1,
    blend: 'source-over',
  }
}
