import { OPS, type PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs'
import { type GraphicsState, initialState } from './graphics-state.ts'
import { type Box, boxAround, holds, identity, intersect, type Matrix, times, union } from './matrix.ts'
import { hideCovered, type PaintedRun } from './occlusion.ts'
import type { HiddenReason, PageContent } from './page-content.ts'
import { edges, overlap, subpaths } from './path-geometry.ts'
import { type ShownGlyphs, spansOf } from './text-spans.ts'

/** Smaller text than this, in points, is not read. */
const legible = 1.8
/** Less opacity than this is not seen. */
const seen = 0.06
/** More opacity than this hides what is below. */
const covering = 0.9
/** What is filled no wider or higher than this, in points, is a drawn line. */
const thin = 2.5

/** Text that begins within so many ems of where other text ends goes on with it. */
const near = 0.05

/** What pdf.js calls the fonts that it takes for one that cannot be read, and for one that is not in the resources. */
const fontOfErrors = 'g_font_error'
const fontOfNone = 'FallbackType'

interface Font {
  matrix: Matrix
  /** Other readers draw nothing, or what they like, where the file does not define the font (ISO 32000-2 §9.3.1). */
  isDefined: boolean
}

/** Follows the operators of a page and notes what comes to stand where. */
export class ContentInterpreter {
  state: GraphicsState
  text: Matrix = identity
  line: Matrix = identity
  /** The next path is one to clip with. */
  isClipping = false
  /** Fields of forms have their fonts from elsewhere (ISO 32000-2 §12.7.4.3). */
  isInAnnotation = false
  /** Whether each open marked content is shown. */
  readonly visibility: boolean[] = []
  readonly #page: PDFPageProxy
  readonly #box: Box
  readonly #runs: PaintedRun[] = []
  readonly #content: Omit<PageContent, 'runs'> = { areas: [], rules: [], images: 0, outlines: 0, undrawn: 0 }
  readonly #fonts = new Map<string, Font>()
  #order = 0
  /** Where the last string ended, if with white space: text in another font that begins there goes on with it. */
  #spaceEnd: { font: string; at: [number, number] } | null = null

  constructor(page: PDFPageProxy) {
    const { width, height, transform } = page.getViewport({ scale: 1 })
    this.#page = page
    this.#box = { x0: 0, y0: 0, x1: width, y1: height }
    this.state = initialState(transform as unknown as Matrix, this.#box)
  }

  /** All that the operators so far have drawn. */
  get content(): PageContent {
    return { ...this.#content, runs: hideCovered(this.#runs, this.#content.areas) }
  }

  /** Moves to the start of a line, from the start of the current one (Td). */
  moveLine(x: number, y: number): void {
    this.startLine(times(this.line, [1, 0, 0, 1, x, y]))
  }

  startLine(matrix: Matrix): void {
    this.line = matrix
    this.text = matrix
  }

  showText(glyphs: ShownGlyphs): void {
    const { matrix, isDefined } = this.#fontOf(this.state.font)
    if (!isDefined && !this.isInAnnotation) {
      this.#content.undrawn += 1
      return
    }
    const { font, size, scale, rise, mode, fill, stroke, ctm } = this.state
    const { spans, advance, endsInSpace } = spansOf(glyphs, matrix[0], this.state)
    const [a, b, c, d, e, f] = times(times(ctm, this.text), [size * scale, 0, 0, size, 0, rise])
    const em = size * scale || 1
    const at = (offset: number): [number, number] => [a * (offset / em) + e, b * (offset / em) + f]
    const height = Math.hypot(c, d)
    const color = (mode % 4 === 1 ? stroke : fill) ?? 'pattern'
    const goesOn = this.#spaceEnd?.font !== font && isNear(this.#spaceEnd?.at, at(0), near * height)
    for (const { text, start, end, spaced: isSpaced, unmapped } of spans) {
      const [from, to] = [at(start), at(end)]
      const spaced = isSpaced || (goesOn && start === 0)
      const hidden = this.#hiddenAt(from, to, height)
      const run = { text, from, to, size: height, font, color, spaced, unmapped, hidden }
      this.#runs.push({ run, order: this.#order++ })
    }
    this.#spaceEnd = endsInSpace ? { font, at: at(advance) } : null
    this.text = times(this.text, [1, 0, 0, 1, advance, 0])
  }

  constructPath(operator: number, data: Float32Array | null): void {
    const shapes = (data ? subpaths(data) : []).map((shape) => ({
      ...shape,
      box: boxAround(this.state.ctm, shape.x0, shape.y0, shape.x1, shape.y1),
    }))
    const clips = this.isClipping
    this.isClipping = false
    if (operator === OPS.endPath) {
      if (clips && shapes.length > 0)
        this.state.clip = intersect(this.state.clip, union(shapes.map(({ box }) => box)))
      return
    }
    const fills = operator !== OPS.stroke && operator !== OPS.closeStroke
    for (const shape of shapes) {
      const { box, simple } = shape
      if (shape.curves && !simple) this.#content.outlines += 1
      const isThin = box.x1 - box.x0 < thin || box.y1 - box.y0 < thin
      if (isThin) this.#content.rules.push(box)
      else if (!fills) this.#content.rules.push(...(simple ? edges(box) : []))
      else if (simple && !shapes.some((other) => other !== shape && overlap(shape, other))) this.#fill(box)
    }
  }

  drawImage(name: unknown): void {
    const box = boxAround(this.state.ctm, 0, 0, 1, 1)
    const known = typeof name === 'string' && this.#page.objs.has(name) ? this.#page.objs.get(name) : null
    // kind 3 is RGBA: it may be transparent.
    const opaque = known !== null && known.kind !== 3 && this.state.fillAlpha > covering
    this.countImage()
    this.#addArea(box, null, opaque)
  }

  /** An image that covers nothing, such as a stencil mask. */
  countImage(): void {
    this.#content.images += 1
  }

  #fill(box: Box): void {
    const { fill, fillAlpha, blend } = this.state
    const replaces = fillAlpha > covering && /^(normal|source-over)$/i.test(blend)
    this.#addArea(box, fill, replaces && !this.visibility.includes(false))
  }

  #addArea(box: Box, color: string | null, opaque: boolean): void {
    this.#content.areas.push({ ...intersect(box, this.state.clip), order: this.#order++, color, opaque })
  }

  #fontOf(name: string): Font {
    let font = this.#fonts.get(name)
    if (!font) {
      const known = this.#page.commonObjs.has(name) ? this.#page.commonObjs.get(name) : null
      font = {
        matrix: (known?.fontMatrix as Matrix | undefined) ?? [0.001, 0, 0, 0.001, 0, 0],
        isDefined: name !== fontOfErrors && known?.type !== fontOfNone,
      }
      this.#fonts.set(name, font)
    }
    return font
  }

  #hiddenAt(from: [number, number], to: [number, number], size: number): HiddenReason | null {
    const { mode, strokeAlpha, fillAlpha, clip } = this.state
    if (this.visibility.includes(false)) return 'layer'
    if (mode % 4 === 3) return 'invisible'
    if ((mode % 4 === 1 ? strokeAlpha : fillAlpha) < seen) return 'transparent'
    if (size < legible) return 'tiny'
    const [x, y] = [(from[0] + to[0]) / 2, (from[1] + to[1]) / 2]
    if (!holds(this.#box, x, y)) return 'off the page'
    if (!holds(clip, x, y) && !holds(clip, x, y - size * 0.3)) return 'clipped'
    return null
  }
}

function isNear(one: [number, number] | undefined, [x, y]: [number, number], distance: number): boolean {
  return one !== undefined && Math.hypot(x - one[0], y - one[1]) < distance
}
