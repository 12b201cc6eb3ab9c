import { createRequire } from 'node:module'
import type { EmbeddedFont } from '../text/typesetter.ts'

const require = createRequire(import.meta.url)

/** An indirect object of a document (pdfkit). */
export interface Reference {
  id: number
  data: Record<string, unknown>
  write(chunk: string | Uint8Array): void
  end(chunk?: string | Uint8Array): void
  /** Called by `end`: writes the object. */
  finalize(): void
  compress: boolean
  /** What a stream holds so far; empty for other objects. */
  buffer: Uint8Array[]
}

/** The parts of pdfmake's pdfkit document that the report draws with; the underscored ones are not public. */
export interface PdfKitDocument extends NodeJS.ReadableStream {
  page: {
    dictionary: Reference
    fonts: Record<string, Reference>
    annotations: object[]
  }
  info: Record<string, unknown>
  outline: Bookmark
  addPage(options: { size: [number, number]; margin: number }): this
  switchToPage(index: number): this
  addContent(operators: string): this
  addNamedDestination(name: string, kind: 'XYZ', x: number, y: number, zoom: null): void
  ref(data?: Record<string, unknown>): Reference
  font(bytes: Buffer): this
  end(): void
  _font: EmbeddedFont & { ref(): Reference }
  _fontSize: number
  _root: Reference
  _info: Reference
  _id: Buffer
  _offset: number
  _offsets: (number | null)[]
  _waiting: number
  _write(data: string | Uint8Array): void
  _refEnd(reference: Reference): void
}

export interface Bookmark {
  addItem(title: string, options?: { expanded?: boolean; top?: number; left?: number }): Bookmark
}

type Constructor<Instance, Arguments extends unknown[]> = new (...args: Arguments) => Instance
const part = <Part>(name: string) => (require(`pdfmake/js/${name}.js`) as { default: Part }).default

export const PdfMakeDocument: Constructor<
  PdfKitDocument,
  [fonts: object, images: object, patterns: object, attachments: object, options: Record<string, unknown>]
> = part('PDFDocument')

/** A line or vector that pdfmake has laid out, with whatever the definition said of it beyond what pdfmake reads. */
export interface LaidOut {
  type: string
  item: Record<string, unknown> & { x: number; y: number; inlines?: Record<string, unknown>[] }
}

export const LayoutBuilder: Constructor<
  {
    registerTableLayouts(layouts: object): void
    layoutDocument(
      content: unknown,
      document: unknown,
      styles: object,
      defaultStyle: object,
    ): { items: LaidOut[] }[]
    writer: { context(): { y: number } }
  },
  [pageSize: object, pageMargins: object, svgMeasure: object | null]
> = part('LayoutBuilder')

export const PdfMakeRenderer: Constructor<
  { renderLine(line: object, x: number, y: number): void; renderVector(vector: object): void },
  [document: unknown]
> = part('Renderer')

export const tableLayouts = (require('pdfmake/js/tableLayouts.js') as { tableLayouts: object }).tableLayouts
