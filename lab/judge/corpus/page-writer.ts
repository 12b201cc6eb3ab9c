import PDFDocument from 'pdfkit'

/** Draws text on A4 pages from top to bottom. Lengths in points; `y` is where the next text begins. */
export class PageWriter {
  readonly #document = new PDFDocument({
    size: 'A4',
    margin: 0,
    compress: true,
    info: { CreationDate: new Date(0) },
  })
  readonly #chunks: Buffer[] = []
  readonly #onPage: () => void
  y = 0
  #page = 0

  constructor(title: string, onPage: (writer: PageWriter) => void = () => {}) {
    this.#document.on('data', (chunk: Buffer) => this.#chunks.push(chunk))
    this.#onPage = () => onPage(this)
    this.#start()
    this.text(40, title, { size: 18, bold: true })
    this.y += 30
    this.#onPage()
  }

  text(x: number, text: string, { size = 9, bold = false, align = 'left', y = this.y } = {}): void {
    this.#document.font(bold ? 'Helvetica-Bold' : 'Helvetica').fontSize(size)
    const width = this.#document.widthOfString(text)
    const left = align === 'right' ? x - width : align === 'center' ? x - width / 2 : x
    this.#document.text(text, left, y, { lineBreak: false })
  }

  /** Rotated by 90 degrees, from `y` up. */
  textUpwards(x: number, text: string): void {
    this.#document.font('Helvetica-Bold').fontSize(8)
    this.#document.save().rotate(-90, { origin: [x, this.y] })
    this.#document.text(text, x, this.y, { lineBreak: false }).restore()
  }

  /** Of a text in Helvetica. */
  width(text: string, size = 9): number {
    return this.#document.font('Helvetica').fontSize(size).widthOfString(text)
  }

  line(x0: number, x1: number): void {
    this.#document
      .moveTo(x0, this.y - 2)
      .lineTo(x1, this.y - 2)
      .lineWidth(0.5)
      .stroke('#999999')
  }

  /** Moves on to the next page where `height` does not fit. */
  ensureRoom(height: number): void {
    if (this.y + height < 780) return
    this.#document.addPage()
    this.#start()
    this.#onPage()
  }

  #start(): void {
    this.#page += 1
    this.y = 40
    this.text(555, `Page ${this.#page}`, { size: 7, align: 'right', y: 810 })
  }

  /** The finished file. */
  async end(): Promise<Buffer> {
    const ended = new Promise((resolve) => this.#document.on('end', resolve))
    this.#document.end()
    await ended
    return Buffer.concat(this.#chunks)
  }
}
