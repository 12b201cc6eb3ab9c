import PDFDocument from 'pdfkit'
import type { Style } from './style.ts'

export interface Column {
  /** Share of the page's width, from 0 to 1. */
  width: number
  align?: 'left' | 'right'
}

const margin = 56

/** A tagged document that is filled from top to bottom. */
export class PdfPage {
  readonly style: Style
  readonly document: PDFKit.PDFDocument
  readonly #root: PDFKit.PDFStructureElement
  #table: PDFKit.PDFStructureElement | undefined
  readonly #chunks: Buffer[] = []
  readonly #ended: Promise<Buffer>

  constructor(style: Style, options: PDFKit.PDFDocumentOptions) {
    this.style = style
    this.document = new PDFDocument({
      size: 'A4',
      margin,
      bufferPages: true,
      autoFirstPage: false,
      tagged: true,
      lang: 'en',
      displayTitle: true,
      pdfVersion: '1.7',
      ...options,
    })
    this.#ended = new Promise((resolve, reject) => {
      this.document.on('data', (chunk: Buffer) => this.#chunks.push(chunk))
      this.document.on('end', () => resolve(Buffer.concat(this.#chunks)))
      this.document.on('error', reject)
    })
    this.#root = this.document.struct('Document')
    this.document.addStructure(this.#root)
  }

  get width(): number {
    return this.document.page.width - 2 * margin
  }

  page(): void {
    this.document.addPage()
    if (this.style.prologue) this.document.addContent(this.style.prologue)
    this.document.fillColor(this.style.color)
  }

  /** Starts a page where less than this height, in points, is left. Says whether it did. */
  keep(height: number): boolean {
    const { page, y } = this.document
    if (page && y + height <= page.height - margin - 24) return false
    this.page()
    return true
  }

  text(tag: string, text: string, size: number, options: { bold?: boolean; indent?: number } = {}): void {
    const { bold = false, indent = 0 } = options
    this.#table = undefined
    this.#mark(tag, () => {
      this.#font(bold, size)
      this.document.text(text, margin + indent + this.style.shift, this.document.y, {
        width: this.width - indent,
      })
    })
    this.document.y += 4
  }

  row(columns: Column[], cells: string[], size: number, bold = false): void {
    const top = this.document.y
    let bottom = top
    let left = margin + this.style.shift
    const row = this.document.struct('TR')
    for (const [index, { width, align = 'left' }] of columns.entries()) {
      const tag = bold ? 'TH' : 'TD'
      const content = this.document.markStructureContent(tag)
      this.#font(bold, size)
      this.document.text(cells[index] ?? '', left, top, { width: width * this.width - 6, align })
      this.document.endMarkedContent()
      row.add(this.document.struct(tag, {}, content))
      bottom = Math.max(bottom, this.document.y)
      left += width * this.width
    }
    this.#rows().add(row)
    this.document.y = bottom + 3
  }

  rule(): void {
    this.artifact(() => {
      const { y } = this.document
      this.document
        .moveTo(margin, y)
        .lineTo(margin + this.width, y)
        .lineWidth(0.5)
        .strokeColor('#9aa4af')
        .stroke()
    })
    this.document.y += 5
  }

  async finish(): Promise<Buffer> {
    const { start, count } = this.document.bufferedPageRange()
    for (let page = 0; page < count; page++) {
      this.document.switchToPage(start + page)
      this.artifact(() => this.#footer(this.style.footer(page + 1, count)))
    }
    this.#root.end()
    this.document.end()
    return this.#ended
  }

  /** The table that rows go into until other text ends it. */
  #rows(): PDFKit.PDFStructureElement {
    if (!this.#table) {
      this.#table = this.document.struct('Table')
      this.#root.add(this.#table)
    }
    return this.#table
  }

  #footer(text: string): void {
    if (text === '') return
    this.#font(false, 8)
    const { page } = this.document
    page.margins.bottom = 0
    this.document.text(text, margin + this.style.shift, page.height - 40, {
      width: this.width,
      align: 'right',
    })
    page.margins.bottom = margin
  }

  #mark(tag: string, draw: () => void): void {
    const content = this.document.markStructureContent(tag)
    draw()
    this.document.endMarkedContent()
    this.#root.add(this.document.struct(tag, {}, content))
  }

  /** Draws what assistive technology passes over. */
  artifact(draw: () => void): void {
    this.document.markContent('Artifact', { type: 'Layout' })
    draw()
    this.document.endMarkedContent()
  }

  #font(bold: boolean, size: number): void {
    this.document.font(bold ? this.style.fonts.bold : this.style.fonts.regular).fontSize(size)
  }
}
