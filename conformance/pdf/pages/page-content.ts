import type { Box } from './matrix.ts'

/** Glyphs drawn one after the other without a gap between them, in device space (top left is 0, 0; 1/72 inch). */
export interface TextRun {
  text: string
  /** Where the baseline starts and ends. */
  from: [number, number]
  to: [number, number]
  /** Height of the em on the page. */
  size: number
  font: string
  color: string
  /** Whether white space was drawn before it in the same string. */
  spaced: boolean
  /** Glyphs that the font does not have, or that stand for no character. */
  unmapped: number
  hidden: HiddenReason | null
}

/** Why text that is in the file is not to be seen on the page. */
export type HiddenReason =
  | 'invisible'
  | 'transparent'
  | 'tiny'
  | 'off the page'
  | 'clipped'
  | 'background'
  | 'covered'
  | 'layer'

export interface PageContent {
  runs: TextRun[]
  /** Filled areas and the borders of stroked ones, in the order of painting. */
  areas: FilledArea[]
  /** Straight lines, also those drawn as thin rectangles. */
  rules: Box[]
  images: number
  outlines: number
  /** Texts that are not drawn because the file does not define their font. */
  undrawn: number
}

export interface FilledArea extends Box {
  order: number
  color: string | null
  opaque: boolean
}
