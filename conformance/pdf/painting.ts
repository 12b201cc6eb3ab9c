import { OPS, type PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs'
import { type Box, boxAround, holds, identity, intersect, type Matrix, times } from './matrix.ts'

/** Glyphs drawn one after the other without a gap between them, in device space (top left is 0, 0; 1/72 inch). */
export interface Piece {
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
  hidden: Hidden | null
}

/** Why text that is in the file is not to be seen on the page. */
export type Hidden =
  | 'invisible'
  | 'transparent'
  | 'tiny'
  | 'off the page'
  | 'clipped'
  | 'background'
  | 'covered'
  | 'layer'

export interface Painted {
  pieces: Piece[]
  /** Filled areas and the borders of stroked ones, in the order of painting. */
  areas: Area[]
  /** Straight lines, also those drawn as thin rectangles. */
  rules: Box[]
  images: number
  outlines: number
}

export interface Area extends Box {
  order: number
  color: string | null
  opaque: boolean
}

interface State {
  ctm: Matrix
  clip: Box
  font: string
  size: number
  charSpace: number
  wordSpace: number
  scale: number
  leading: number
  rise: number
  mode: number
  fill: string | null
  stroke: string | null
  fillAlpha: number
  strokeAlpha: number
  blend: string
}

interface Glyph {
  originalCharCode: number
  unicode: string
  width: number
  isSpace: boolean
  isInFont: boolean
}

/** Where glyph numbers of a few thousand fall when they are taken for characters, and no report is written. */
function isRareScript(text: string): boolean {
  return /^[\u0530-\u058f\u0700-\u08ff\u1200-\u1cff]/u.test(text)
}

/** Width of a gap, in ems, that separates two words even where no space is drawn. */
const wordGap = 0.18
/** Smaller text than this, in points, is not read. */
const legible = 1.8

type Operators = Awaited<ReturnType<PDFPageProxy['getOperatorList']>>

/** Follows the page's drawing operators and notes text, areas and lines as they come to stand on the page. */
export function paint(page: PDFPageProxy, operators: Operators, layers: (id: string) => boolean): Painted {
  const viewport = page.getViewport({ scale: 1 })
  const sheet: Box = { x0: 0, y0: 0, x1: viewport.width, y1: viewport.height }
  const result: Painted = { pieces: [], areas: [], rules: [], images: 0, outlines: 0 }
  const orders: number[] = []
  const backgrounds: (string | null)[] = []
  const stack: State[] = []
  const visibility: boolean[] = []
  const matrices = new Map<string, Matrix>()
  let text: Matrix = identity
  let line: Matrix = identity
  let clipping = false
  let order = 0
  let state: State = {
    ctm: viewport.transform as unknown as Matrix,
    clip: sheet,
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

  function fontMatrix(font: string): Matrix {
    let matrix = matrices.get(font)
    if (!matrix) {
      const known = page.commonObjs.has(font) ? page.commonObjs.get(font) : null
      matrix = (known?.fontMatrix as Matrix | undefined) ?? [0.001, 0, 0, 0.001, 0, 0]
      matrices.set(font, matrix)
    }
    return matrix
  }

  function hiddenAt(from: [number, number], to: [number, number], size: number): Hidden | null {
    const strokes = state.mode % 4 === 1
    if (visibility.includes(false)) return 'layer'
    if (state.mode % 4 === 3) return 'invisible'
    if ((strokes ? state.strokeAlpha : state.fillAlpha) < 0.06) return 'transparent'
    if (size < legible) return 'tiny'
    const x = (from[0] + to[0]) / 2
    const y = (from[1] + to[1]) / 2
    if (!holds(sheet, x, y)) return 'off the page'
    if (!holds(state.clip, x, y) && !holds(state.clip, x, y - size * 0.3)) return 'clipped'
    return null
  }

  function show(glyphs: (Glyph | number)[]): void {
    const perUnit = fontMatrix(state.font)[0]
    const size = state.size
    let x = 0
    let spaced = false
    let start = 0
    let end = 0
    let gap = 0
    let buffer = ''
    let unmapped = 0
    const trm = times(times(state.ctm, text), [size * state.scale, 0, 0, size, 0, state.rise])
    const at = (offset: number): [number, number] => {
      const em = size * state.scale || 1
      return [trm[0] * (offset / em) + trm[4], trm[1] * (offset / em) + trm[5]]
    }
    const flush = () => {
      if (buffer) {
        const from = at(start)
        const to = at(end)
        const height = Math.hypot(trm[2], trm[3])
        const color = state.mode % 4 === 1 ? state.stroke : state.fill
        result.pieces.push({
          text: buffer,
          from,
          to,
          size: height,
          font: state.font,
          color: color ?? 'pattern',
          spaced,
          unmapped,
          hidden: hiddenAt(from, to, height),
        })
        orders.push(order++)
        backgrounds.push(color)
        spaced = false
      }
      buffer = ''
      unmapped = 0
    }
    const whole = clusterText(glyphs)
    if (whole) {
      const width = glyphs.reduce<number>(
        (sum, glyph) =>
          sum + (typeof glyph === 'number' ? (-glyph / 1000) * size : glyph.width * perUnit * size),
        0,
      )
      const words = whole.split(/\s+/).reverse()
      const unit = (width * state.scale) / (whole.length || 1)
      for (const word of words) {
        buffer = [...word].reverse().join('')
        start = x
        end = x + word.length * unit
        x = end + unit
        flush()
        spaced = true
      }
      text = times(text, [1, 0, 0, 1, width * state.scale, 0])
      return
    }
    for (const glyph of glyphs) {
      if (typeof glyph === 'number') {
        const shift = (-glyph / 1000) * size * state.scale
        x += shift
        gap += shift
        continue
      }
      const blank = glyph.unicode ? /^[\s\u200b]+$/u.test(glyph.unicode) : glyph.isSpace
      if (gap > wordGap * size || gap < -size) flush()
      const advance = (glyph.width * perUnit * size + state.charSpace) * state.scale
      if (blank) {
        flush()
        spaced = true
        x += advance + (glyph.isSpace ? state.wordSpace * state.scale : 0)
      } else {
        if (!buffer) start = x
        buffer += isRightToLeft(glyph.unicode) ? [...glyph.unicode].reverse().join('') : glyph.unicode
        if (isUnmapped(glyph)) unmapped += 1
        end = x + glyph.width * perUnit * size * state.scale
        x += advance
      }
      gap = 0
    }
    flush()
    text = times(text, [1, 0, 0, 1, x, 0])
  }

  function path(operator: number, data: Float32Array | null): void {
    const shapes = data ? subpaths(data) : []
    if (operator === OPS.endPath) {
      if (clipping && shapes.length > 0) {
        const boxes = shapes.map((shape) => boxAround(state.ctm, shape.x0, shape.y0, shape.x1, shape.y1))
        const all = boxes.reduce((a, b) => ({
          x0: Math.min(a.x0, b.x0),
          y0: Math.min(a.y0, b.y0),
          x1: Math.max(a.x1, b.x1),
          y1: Math.max(a.y1, b.y1),
        }))
        state.clip = intersect(state.clip, all)
      }
      clipping = false
      return
    }
    clipping = false
    const fills = operator !== OPS.stroke && operator !== OPS.closeStroke
    for (const [index, shape] of shapes.entries()) {
      const box = boxAround(state.ctm, shape.x0, shape.y0, shape.x1, shape.y1)
      if (shape.curves && !shape.simple) result.outlines += 1
      const wide = box.x1 - box.x0
      const high = box.y1 - box.y0
      if (!fills || wide < 2.5 || high < 2.5) {
        if (wide < 2.5 || high < 2.5) result.rules.push(box)
        else if (shape.simple) result.rules.push(...edges(box))
        continue
      }
      const nested = shapes.some((other, at) => at !== index && overlap(shape, other))
      if (!shape.simple || nested) continue
      result.areas.push({
        ...intersect(box, state.clip),
        order: order++,
        color: state.fill,
        opaque:
          state.fillAlpha > 0.9 && /^(normal|source-over)$/i.test(state.blend) && !visibility.includes(false),
      })
    }
  }

  function picture(name: unknown): void {
    result.images += 1
    const box = intersect(boxAround(state.ctm, 0, 0, 1, 1), state.clip)
    const known = typeof name === 'string' && page.objs.has(name) ? page.objs.get(name) : null
    // kind 3 is RGBA: it may be see-through.
    const opaque = known !== null && known.kind !== 3 && state.fillAlpha > 0.9
    result.areas.push({ ...box, order: order++, color: null, opaque })
  }

  const { fnArray, argsArray } = operators
  for (let index = 0; index < fnArray.length; index += 1) {
    const args = argsArray[index]
    switch (fnArray[index]) {
      case OPS.save:
        stack.push({ ...state })
        break
      case OPS.restore:
        state = stack.pop() ?? state
        break
      case OPS.transform:
        state.ctm = times(state.ctm, args)
        break
      case OPS.paintFormXObjectBegin:
        stack.push({ ...state })
        if (args[0]) state.ctm = times(state.ctm, args[0])
        if (args[1]) {
          const [x0, y0, x1, y1] = args[1]
          state.clip = intersect(state.clip, boxAround(state.ctm, x0, y0, x1, y1))
        }
        break
      case OPS.beginAnnotation:
        stack.push({ ...state })
        state.ctm = times(times(viewport.transform as unknown as Matrix, args[2]), args[3])
        break
      case OPS.paintFormXObjectEnd:
      case OPS.endAnnotation:
        state = stack.pop() ?? state
        break
      case OPS.beginGroup:
        stack.push({ ...state })
        if (args[0]?.matrix) state.ctm = times(state.ctm, args[0].matrix)
        break
      case OPS.endGroup:
        state = stack.pop() ?? state
        break
      case OPS.beginMarkedContentProps:
        visibility.push(args[0] !== 'OC' || !args[1]?.id || layers(args[1].id))
        break
      case OPS.beginMarkedContent:
        visibility.push(true)
        break
      case OPS.endMarkedContent:
        visibility.pop()
        break
      case OPS.setGState:
        for (const [key, value] of args[0]) {
          if (key === 'ca') state.fillAlpha = value
          else if (key === 'CA') state.strokeAlpha = value
          else if (key === 'BM') state.blend = String(value)
          else if (key === 'Font') [state.font, state.size] = value
        }
        break
      case OPS.setFillRGBColor:
        state.fill = args[0]
        break
      case OPS.setStrokeRGBColor:
        state.stroke = args[0]
        break
      case OPS.setFillColorN:
      case OPS.setFillTransparent:
        state.fill = null
        break
      case OPS.setStrokeColorN:
      case OPS.setStrokeTransparent:
        state.stroke = null
        break
      case OPS.beginText:
        text = identity
        line = identity
        break
      case OPS.setFont:
        state.font = args[0]
        state.size = args[1]
        break
      case OPS.setCharSpacing:
        state.charSpace = args[0]
        break
      case OPS.setWordSpacing:
        state.wordSpace = args[0]
        break
      case OPS.setHScale:
        state.scale = args[0] / 100
        break
      case OPS.setLeading:
        state.leading = args[0]
        break
      case OPS.setTextRise:
        state.rise = args[0]
        break
      case OPS.setTextRenderingMode:
        state.mode = args[0]
        break
      case OPS.setLeadingMoveText:
        state.leading = -args[1]
        line = times(line, [1, 0, 0, 1, args[0], args[1]])
        text = line
        break
      case OPS.moveText:
        line = times(line, [1, 0, 0, 1, args[0], args[1]])
        text = line
        break
      case OPS.setTextMatrix:
        line = Array.from(args[0] ?? args) as unknown as Matrix
        text = line
        break
      case OPS.nextLine:
        line = times(line, [1, 0, 0, 1, 0, -state.leading])
        text = line
        break
      case OPS.showText:
      case OPS.showSpacedText:
        show(args[0])
        break
      case OPS.nextLineShowText:
      case OPS.nextLineSetSpacingShowText:
        line = times(line, [1, 0, 0, 1, 0, -state.leading])
        text = line
        show(args.at(-1))
        break
      case OPS.clip:
      case OPS.eoClip:
        clipping = true
        break
      case OPS.constructPath:
        path(args[0], args[1]?.[0] ?? null)
        break
      case OPS.paintImageXObject:
      case OPS.paintInlineImageXObject:
      case OPS.paintImageXObjectRepeat:
        picture(args[0])
        break
      case OPS.paintImageMaskXObject:
      case OPS.paintImageMaskXObjectRepeat:
        result.images += 1
        break
    }
  }
  hideBehind(result, orders)
  return result
}

function isRightToLeft(text: string): boolean {
  return /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/u.test(text)
}

/**
 * Some producers map the first or last glyph of a shaped right-to-left run to the text of the whole run, and the
 * others to nothing. The run's text is then the longest that a glyph stands for.
 */
function clusterText(glyphs: (Glyph | number)[]): string | null {
  let longest = ''
  let plain = 0
  for (const glyph of glyphs) {
    if (typeof glyph === 'number') continue
    if (glyph.unicode.length > longest.length) longest = glyph.unicode
    if (isRightToLeft(glyph.unicode) && glyph.unicode.length < 4) plain += 1
  }
  return longest.length >= 5 && isRightToLeft(longest) && plain <= 1 ? longest : null
}

function isUnmapped(glyph: Glyph): boolean {
  const code = glyph.unicode.codePointAt(0) ?? 0
  const control = code < 32 || (code >= 0x7f && code < 0xa0) || code === 0xfffd || code === 0xffff
  const privateUse = (code >= 0xe000 && code <= 0xf8ff) || code >= 0xf0000
  // Without a mapping pdf.js gives the character code itself.
  const isCode =
    code > 0xff && code === glyph.originalCharCode && !/^[\p{Script=Latin}\p{P}\p{Z}]/u.test(glyph.unicode)
  return glyph.unicode === '' || control || privateUse || (isCode && isRareScript(glyph.unicode))
}

interface Subpath extends Box {
  simple: boolean
  curves: boolean
}

/** The outline's parts as pdf.js encodes them: 0 move, 1 line, 2 curve, 3 close. A simple one is no more than a (rounded) box. */
function subpaths(data: Float32Array): Subpath[] {
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
      add(data[i + 1] as number, data[i + 2] as number)
      i += 3
    } else if (code === 1) {
      add(data[i + 1] as number, data[i + 2] as number)
      i += 3
    } else if (code === 2) {
      if (part) part.curves = true
      add(data[i + 5] as number, data[i + 6] as number)
      i += 7
    } else {
      i += 1
    }
  }
  return parts
}

function edges(box: Box): Box[] {
  return [
    { ...box, x1: box.x0 },
    { ...box, x0: box.x1 },
    { ...box, y1: box.y0 },
    { ...box, y0: box.y1 },
  ]
}

function overlap(a: Box, b: Box): boolean {
  return a.x0 < b.x1 && b.x0 < a.x1 && a.y0 < b.y1 && b.y0 < a.y1
}

function hideBehind(painted: Painted, orders: number[]): void {
  const { areas, pieces } = painted
  if (areas.length === 0 && pieces.every((piece) => !isWhitish(piece.color))) return
  const bands = new Map<number, Area[]>()
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
    const order = orders[index] as number
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
    if (!piece.hidden && behind !== null && contrast(piece.color, behind) < 1.07) piece.hidden = 'background'
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
