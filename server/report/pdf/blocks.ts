import type { Content, ContentText } from 'pdfmake/interfaces.js'
import { drawMarker } from '../bar.ts'
import type { Alarm } from '../figures.ts'
import { color, page, rgb, size } from '../style.ts'
import type { Weight } from '../text/faces.ts'
import { type LaidOut, LayoutBuilder, tableLayouts } from './pdfmake.ts'
import { type ReportDocument, round } from './report-document.ts'
import type { Element } from './structure-tree.ts'

/** A paragraph of a pdfmake definition whose lines are content of an element. */
export function paragraph(element: Element, text: string, style: Omit<ContentText, 'text'>): Content {
  // pdfmake hands what it does not know from a stretch of text to its words, but not from a node.
  return { ...style, text: [{ text, element } as ContentText] }
}

interface Inline {
  text: string
  x: number
  fontSize: number
  color: string
  font: { weight: Weight; ascender: number }
  element?: Element
}
interface Vector {
  type: string
  x: number
  y: number
  w: number
  h: number
  color: string
  /** A marker in place of the rectangle. */
  alarm?: Alarm
  element?: Element
}

// Those of Noto Sans, so that lines have the same height in every font.
const ascender = 1069
const descender = -293

/** Lays out a pdfmake definition at `top` and draws it, tagged. Returns its bottom. */
export function drawBlock(document: ReportDocument, content: Content, top: number): number {
  const { items, bottom } = layOut(document, content, top)
  for (const { type, item } of items) {
    if (type === 'line') drawLine(document, item as never)
    else if (type === 'vector') drawVector(document, item as never)
    else throw new Error(`a block of the report cannot hold a ${type}`)
  }
  return bottom
}

/** The height that a block takes. */
export function heightOf(document: ReportDocument, content: Content): number {
  return layOut(document, structuredClone(content), 0).bottom
}

function layOut(
  document: ReportDocument,
  content: Content,
  top: number,
): { items: LaidOut[]; bottom: number } {
  const margins = { left: page.left, right: page.width - page.right, top, bottom: 0 }
  // An endless page: the caller decides on which page a block goes.
  const builder = new LayoutBuilder(
    { width: page.width, height: 1e6, orientation: 'portrait' },
    margins,
    null,
  )
  builder.registerTableLayouts(tableLayouts)
  const fonts = {
    provideFont: (_family: string, bold: boolean) => {
      const weight = bold ? 600 : 400
      return {
        weight,
        ascender,
        descender,
        lineHeight: (at: number) => ((ascender - descender) / 1000) * at,
        widthOfString: (text: string, at: number) => document.width(text, weight, at),
      }
    },
  }
  const style = { font: 'Noto Sans', fontSize: size.body, color: color.ink }
  const [laidOut] = builder.layoutDocument(content, fonts, {}, style)
  return { items: laidOut?.items ?? [], bottom: builder.writer.context().y }
}

interface Line {
  x: number
  y: number
  inlines: Inline[]
  getAscenderHeight(): number
}

function drawLine(document: ReportDocument, line: Line): void {
  const baseline = line.y + line.getAscenderHeight()
  // Words of one style are shown together: a line reads as a line.
  const stretches: Inline[] = []
  for (const inline of line.inlines) {
    const last = stretches.at(-1)
    if (last && isAlike(last, inline)) last.text += inline.text
    else stretches.push({ ...inline })
  }
  for (const { text, x, font, fontSize, color: ink, element } of stretches) {
    const shown = document.show(
      document.type.line(text.trimEnd(), font.weight),
      line.x + x,
      baseline,
      fontSize,
      ink,
    )
    if (!element) throw new Error(`a text of the report has no structure element: ${text}`)
    document.addContent(document.tag(element, shown))
  }
}

const isAlike = (a: Inline, b: Inline) =>
  a.element === b.element &&
  a.font.weight === b.font.weight &&
  a.fontSize === b.fontSize &&
  a.color === b.color

function drawVector(
  document: ReportDocument,
  { type, x, y, w, h, color: fill, alarm, element }: Vector,
): void {
  if (type !== 'rect') throw new Error(`a block of the report cannot hold a ${type}`)
  const drawn = alarm
    ? drawMarker(alarm, x, y + h / 2)
    : `${rgb(fill)} rg ${round(x)} ${round(y)} ${round(w)} ${round(h)} re f`
  document.addContent(element ? document.tag(element, drawn) : `/Artifact BMC ${drawn} EMC`)
}
