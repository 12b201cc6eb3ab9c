import type { Box } from './matrix.ts'
import type { HiddenReason } from './page-content.ts'

/** Text without white space in it. Coordinates are upright: as if the text of its layer ran from left to right. */
export interface Word extends Pick<Box, 'x0' | 'x1'> {
  text: string
  size: number
  font: string
  /** Glyphs that stand for no character. */
  unmapped: number
  /** Gap to the word before it on its line, in ems. */
  gap: number
}

/** A word as it is drawn, before it has its place on a line. */
export interface DrawnWord extends Word {
  /** The baseline. */
  y: number
  /** Whether white space was drawn before it: then it belongs to the same text as the word before it. */
  spaced: boolean
}

/** Words side by side without a wide gap or a drawn line between them: a line of a table cell, or of prose. */
export class Segment implements Box {
  readonly words: Word[]
  /** Its words, a blank between each. */
  readonly text: string
  readonly line: Line
  /** In its line. */
  readonly index: number

  constructor(words: Word[], line: Line, index: number) {
    this.words = words
    this.text = textOf(words)
    this.line = line
    this.index = index
  }

  get x0(): number {
    let x0 = this.words[0]!.x0
    for (const word of this.words) x0 = Math.min(x0, word.x0)
    return x0
  }

  get x1(): number {
    let x1 = this.words[0]!.x1
    for (const word of this.words) x1 = Math.max(x1, word.x1)
    return x1
  }

  get y0(): number {
    return this.line.y0
  }

  get y1(): number {
    return this.line.y1
  }
}

/** Segments on one baseline, from left to right. */
export interface Line extends Box {
  /** The baseline. */
  y: number
  /** Of its largest word. */
  size: number
  segments: Segment[]
  layer: TextLayer
  /** Whether it has words that run from right to left: then its cells are read from the right too. */
  isFromRight: boolean
}

/** All text of a page that runs in one direction, turned upright. */
export interface TextLayer {
  page: number
  /** Clockwise, as the reader sees the page: 0, 90, 180 or 270. */
  angle: number
  /** Of the page as seen, not as turned. */
  width: number
  height: number
  lines: Line[]
  /** Drawn lines and the edges of filled cells. */
  rules: Box[]
}

/** Text in the file that a reader of the page does not see. */
export interface HiddenText {
  page: number
  text: string
  why: HiddenReason
  /** On the page as seen, in points. */
  box: Box
}

/** One page as a reader sees it. Lengths are points; top left is 0, 0. */
export interface Page {
  number: number
  width: number
  height: number
  /** The one with most lines first. */
  layers: TextLayer[]
  hidden: HiddenText[]
  /** Glyphs on it, and how many of them stand for no character. */
  glyphs: number
  unmapped: number
  images: number
  /** Filled shapes with curves, such as text drawn as outlines. */
  outlines: number
  /** Nothing is painted on it, or nothing but lines and boxes around text whose font is missing. */
  isBlank: boolean
}

/** All segments in reading order. */
export function segmentsOf(pages: Page[]): Segment[] {
  const found: Segment[] = []
  for (const { layers } of pages)
    for (const { lines } of layers)
      for (const { segments } of lines) for (const segment of segments) found.push(segment)
  return found
}

/** The page's words in reading order, line by line; cells separated by tabs. */
export function linesOf(page: Page): string[] {
  return page.layers.flatMap((layer) =>
    layer.lines.map((line) => line.segments.map(({ text }) => text).join('\t')),
  )
}

/** A line with these cells, each of its words, in a layer. */
export function lineOfCells(head: Omit<Line, 'layer' | 'segments'>, layer: TextLayer, cells: Word[][]): Line {
  const line: Line = { ...head, layer, segments: [] }
  line.segments = cells.map((words, index) => new Segment(words, line, index))
  return line
}

/** What a word takes of its page: letters reach so far above and below the baseline. */
export function boxOf({ x0, x1, y, size }: DrawnWord): Box {
  return { x0, x1, y0: y - size * 0.78, y1: y + size * 0.22 }
}

/** The words, a blank between each. */
export function textOf(words: Word[]): string {
  if (words.length === 1) return words[0]!.text
  return words.map((word) => word.text).join(' ')
}
