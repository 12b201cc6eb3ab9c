import { OPS, type PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs'
import { clusterText, type Glyph, isRightToLeft, isUnmapped } from './glyphs.ts'
import { type Box, boxAround, holds, identity, intersect, type Matrix, times } from './matrix.ts'
import type { HiddenReason, PageContent } from './page-content.ts'
import { edges, overlap, subpaths } from './path-geometry.ts'

export interface GraphicsState {
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

/** Width of a gap, in ems, that separates two words even where no space is drawn. */
const wordGap = 0.18
/** Smaller text than this, in points, is not read. */
const legible = 1.8

/** Writes and draws as a page's operators say, and notes what comes to stand where. */
export class ContentInterpreter {
  readonly page: PDFPageProxy
  readonly sheet: Box
  readonly result: PageContent = { pieces: [], areas: [], rules: [], images: 0, outlines: 0 }
  /** When each piece was painted. */
  readonly orders: number[] = []
  /** Whether each open marked content is to be seen. */
  readonly visibility: boolean[] = []
  readonly matrices = new Map<string, Matrix>()
  text: Matrix = identity
  line: Matrix = identity
  /** The next path is one to clip with. */
  clipping = false
  order = 0
  state: GraphicsState

  constructor(page: PDFPageProxy) {
    const viewport = page.getViewport({ scale: 1 })
    this.page = page
    this.sheet = { x0: 0, y0: 0, x1: viewport.width, y1: viewport.height }
    this.state = {
      ctm: viewport.transform as unknown as Matrix,
      clip: this.sheet,
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

  fontMatrix(font: string): Matrix {
    let matrix = this.matrices.get(font)
    if (!matrix) {
      const known = this.page.commonObjs.has(font) ? this.page.commonObjs.get(font) : null
      matrix = (known?.fontMatrix as Matrix | undefined) ?? [0.001, 0, 0, 0.001, 0, 0]
      this.matrices.set(font, matrix)
    }
    return matrix
  }

  hiddenAt(from: [number, number], to: [number, number], size: number): HiddenReason | null {
    const strokes = this.state.mode % 4 === 1
    if (this.visibility.includes(false)) return 'layer'
    if (this.state.mode % 4 === 3) return 'invisible'
    if ((strokes ? this.state.strokeAlpha : this.state.fillAlpha) < 0.06) return 'transparent'
    if (size < legible) return 'tiny'
    const x = (from[0] + to[0]) / 2
    const y = (from[1] + to[1]) / 2
    if (!holds(this.sheet, x, y)) return 'off the page'
    if (!holds(this.state.clip, x, y) && !holds(this.state.clip, x, y - size * 0.3)) return 'clipped'
    return null
  }

  show(glyphs: (Glyph | number)[]): void {
    const perUnit = this.fontMatrix(this.state.font)[0]
    const size = this.state.size
    let x = 0
    let spaced = false
    let start = 0
    let end = 0
    let gap = 0
    let buffer = ''
    let unmapped = 0
    const trm = times(times(this.state.ctm, this.text), [
      size * this.state.scale,
      0,
      0,
      size,
      0,
      this.state.rise,
    ])
    const at = (offset: number): [number, number] => {
      const em = size * this.state.scale || 1
      return [trm[0] * (offset / em) + trm[4], trm[1] * (offset / em) + trm[5]]
    }
    const flush = () => {
      if (buffer) {
        const from = at(start)
        const to = at(end)
        const height = Math.hypot(trm[2], trm[3])
        const color = this.state.mode % 4 === 1 ? this.state.stroke : this.state.fill
        this.result.pieces.push({
          text: buffer,
          from,
          to,
          size: height,
          font: this.state.font,
          color: color ?? 'pattern',
          spaced,
          unmapped,
          hidden: this.hiddenAt(from, to, height),
        })
        this.orders.push(this.order++)
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
      const unit = (width * this.state.scale) / (whole.length || 1)
      for (const word of words) {
        buffer = [...word].reverse().join('')
        start = x
        end = x + word.length * unit
        x = end + unit
        flush()
        spaced = true
      }
      this.text = times(this.text, [1, 0, 0, 1, width * this.state.scale, 0])
      return
    }
    for (const glyph of glyphs) {
      if (typeof glyph === 'number') {
        const shift = (-glyph / 1000) * size * this.state.scale
        x += shift
        gap += shift
        continue
      }
      const blank = glyph.unicode ? /^[\s\u200b]+$/u.test(glyph.unicode) : glyph.isSpace
      const width = glyph.width * perUnit * size * this.state.scale
      const advance = width + this.state.charSpace * this.state.scale
      // Some producers write right-to-left text as it is read, each glyph to the left of the one before.
      const leftwards =
        buffer !== '' &&
        gap < 0 &&
        isRightToLeft(glyph.unicode) &&
        Math.abs(x + width - start) < wordGap * size
      if (!leftwards && (gap > wordGap * size || gap < -size)) flush()
      if (leftwards) {
        buffer = [...glyph.unicode].reverse().join('') + buffer
        if (isUnmapped(glyph)) unmapped += 1
        start = x
        x += advance
      } else if (blank) {
        flush()
        spaced = true
        x += advance + (glyph.isSpace ? this.state.wordSpace * this.state.scale : 0)
      } else {
        if (!buffer) start = x
        buffer += isRightToLeft(glyph.unicode) ? [...glyph.unicode].reverse().join('') : glyph.unicode
        if (isUnmapped(glyph)) unmapped += 1
        end = x + width
        x += advance
      }
      gap = 0
    }
    flush()
    this.text = times(this.text, [1, 0, 0, 1, x, 0])
  }

  path(operator: number, data: Float32Array | null): void {
    const shapes = data ? subpaths(data) : []
    if (operator === OPS.endPath) {
      if (this.clipping && shapes.length > 0) {
        const boxes = shapes.map((shape) => boxAround(this.state.ctm, shape.x0, shape.y0, shape.x1, shape.y1))
        const all = boxes.reduce((a, b) => ({
          x0: Math.min(a.x0, b.x0),
          y0: Math.min(a.y0, b.y0),
          x1: Math.max(a.x1, b.x1),
          y1: Math.max(a.y1, b.y1),
        }))
        this.state.clip = intersect(this.state.clip, all)
      }
      this.clipping = false
      return
    }
    this.clipping = false
    const fills = operator !== OPS.stroke && operator !== OPS.closeStroke
    for (const [index, shape] of shapes.entries()) {
      const box = boxAround(this.state.ctm, shape.x0, shape.y0, shape.x1, shape.y1)
      if (shape.curves && !shape.simple) this.result.outlines += 1
      const wide = box.x1 - box.x0
      const high = box.y1 - box.y0
      if (!fills || wide < 2.5 || high < 2.5) {
        if (wide < 2.5 || high < 2.5) this.result.rules.push(box)
        else if (shape.simple) this.result.rules.push(...edges(box))
        continue
      }
      const nested = shapes.some((other, at) => at !== index && overlap(shape, other))
      if (!shape.simple || nested) continue
      this.result.areas.push({
        ...intersect(box, this.state.clip),
        order: this.order++,
        color: this.state.fill,
        opaque:
          this.state.fillAlpha > 0.9 &&
          /^(normal|source-over)$/i.test(this.state.blend) &&
          !this.visibility.includes(false),
      })
    }
  }

  picture(name: unknown): void {
    this.result.images += 1
    const box = intersect(boxAround(this.state.ctm, 0, 0, 1, 1), this.state.clip)
    const known = typeof name === 'string' && this.page.objs.has(name) ? this.page.objs.get(name) : null
    // kind 3 is RGBA: it may be see-through.
    const opaque = known !== null && known.kind !== 3 && this.state.fillAlpha > 0.9
    this.result.areas.push({ ...box, order: this.order++, color: null, opaque })
  }
}
