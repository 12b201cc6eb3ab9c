import { isOfRightToLeftScript, reversed } from './bidi.ts'
import { clusterText, type Glyph, isUnmapped } from './glyphs.ts'
import type { GraphicsState } from './graphics-state.ts'
import { withIdeographs } from './radicals.ts'

/** A stretch of a shown string without a gap in it; `start` and `end` in text space, from where the string begins. */
export interface TextSpan {
  text: string
  start: number
  end: number
  /** White space was drawn before it. */
  spaced: boolean
  unmapped: number
}

type TextState = Pick<GraphicsState, 'size' | 'scale' | 'charSpace' | 'wordSpace'>

/** Glyphs and, as numbers, the adjustments between them in thousandths of an em: the operand of TJ. */
export type ShownGlyphs = (Glyph | number)[]

/** Width of a gap, in ems, that separates two words even where no space is drawn. */
const wordGap = 0.18

/**
 * Space between characters, in ems, that no letter-spaced word has: converters from PostScript set the last character
 * of one column and the first of the next with it.
 */
const columnGap = 0.8

interface ShownSpans {
  spans: TextSpan[]
  /** How far the string moves the text position. */
  advance: number
  /** Whether white space is the last that it draws. */
  endsInSpace: boolean
}

/** The words of a shown string. `perUnit`: ems for a unit of glyph width. */
export function spansOf(glyphs: ShownGlyphs, perUnit: number, state: TextState): ShownSpans {
  const cluster = clusterText(glyphs)
  return cluster ? spansOfCluster(cluster, glyphs, perUnit, state) : spansOfGlyphs(glyphs, perUnit, state)
}

/** All words of a right-to-left run that one glyph stands for, from left to right, as wide as they are long. */
function spansOfCluster(
  cluster: string,
  glyphs: ShownGlyphs,
  perUnit: number,
  { size, scale }: TextState,
): ShownSpans {
  const width = glyphs.reduce<number>(
    (sum, glyph) => sum + (typeof glyph === 'number' ? (-glyph / 1000) * size : glyph.width * perUnit * size),
    0,
  )
  const perCharacter = (width * scale) / (cluster.length || 1)
  const spans: TextSpan[] = []
  let start = 0
  let spaced = false
  for (const word of cluster.split(/\s+/).reverse()) {
    const end = start + word.length * perCharacter
    if (word) {
      spans.push({ text: reversed(word), start, end, spaced, unmapped: 0 })
      spaced = false
    }
    spaced = true
    start = end + perCharacter
  }
  return { spans, advance: width * scale, endsInSpace: false }
}

function spansOfGlyphs(
  glyphs: ShownGlyphs,
  perUnit: number,
  { size, scale, charSpace, wordSpace }: TextState,
): ShownSpans {
  const spans: TextSpan[] = []
  let span: TextSpan = { text: '', start: 0, end: 0, spaced: false, unmapped: 0 }
  let x = 0
  let gap = 0
  const endSpan = () => {
    if (span.text) spans.push(span)
    span = { ...span, text: '', unmapped: 0, spaced: span.text ? false : span.spaced }
  }
  for (const glyph of glyphs) {
    if (typeof glyph === 'number') {
      const shift = (-glyph / 1000) * size * scale
      x += shift
      gap += shift
      continue
    }
    const { isSpace } = glyph
    const unicode = withIdeographs(glyph.unicode)
    const isBlank = unicode ? /^[\s\u200b]+$/u.test(unicode) : isSpace
    const width = glyph.width * perUnit * size * scale
    const runsLeft =
      span.text !== '' &&
      gap < 0 &&
      isOfRightToLeftScript(unicode) &&
      Math.abs(x + width - span.start) < wordGap * size
    if (!runsLeft && (gap > wordGap * size || gap < -size)) endSpan()
    if (runsLeft) {
      // Some producers write right-to-left text as it is read, each glyph to the left of the one before.
      span.text = reversed(unicode) + span.text
      span.start = x
    } else if (isBlank) {
      endSpan()
      span.spaced = true
    } else {
      if (!span.text) span.start = x
      span.text += isOfRightToLeftScript(unicode) ? reversed(unicode) : unicode
      span.end = x + width
    }
    if ((runsLeft || !isBlank) && isUnmapped(glyph)) span.unmapped += 1
    x += width + charSpace * scale
    if (isBlank && !runsLeft && isSpace) x += wordSpace * scale
    gap = charSpace > columnGap * size ? charSpace * scale : 0
  }
  endSpan()
  return { spans, advance: x, endsInSpace: span.spaced }
}
