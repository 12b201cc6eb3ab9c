import type { Content } from 'pdfmake/interfaces.js'
import { drawBlock, heightOf } from './pdf/blocks.ts'
import type { ReportDocument } from './pdf/report-document.ts'
import { color, page, rgb, size } from './style.ts'

/** Where the next thing of the report goes: from top to bottom, and on to the next page. */
export class Flow {
  readonly document: ReportDocument
  private readonly footer: string
  y: number = page.top

  constructor(document: ReportDocument, footer: string) {
    this.document = document
    this.footer = footer
    document.beginPage()
  }

  /** Begins a page unless `height` is left on this one. */
  ensure(height: number): boolean {
    if (this.y + height <= page.bottom || this.y === page.top) return false
    this.nextPage()
    return true
  }

  /** Lays out a pdfmake definition at once; it must fit on a page. */
  block(content: Content): void {
    this.ensure(heightOf(this.document, content))
    this.y = drawBlock(this.document, content, this.y)
  }

  end(): void {
    this.document.endPage()
    this.document.drawOnPages((number, of) => this.drawFooter(number, of))
  }

  private nextPage(): void {
    this.document.endPage()
    this.document.beginPage()
    this.y = page.top
  }

  private drawFooter(number: number, of: number): void {
    const { document } = this
    const y = page.bottom + 18
    const rule = `${rgb(color.rule)} RG 0.5 w ${page.left} ${page.bottom + 8} m ${page.right} ${page.bottom + 8} l S`
    const show = (text: string, x: number) =>
      document.show(document.type.line(text, 400), x, y, size.small, color.muted)
    const count = `Page ${number} of ${of}`
    const texts = [
      show(this.footer, page.left),
      show(count, page.right - document.width(count, 400, size.small)),
    ]
    document.addContent(`/Artifact<</Type/Pagination/Subtype/Footer>>BDC ${rule} ${texts.join(' ')} EMC`)
  }
}
