import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { Cells } from '../table.ts'

const require = createRequire(import.meta.url)
const widths = [190, 70, 55, 55, 60, 80, 130, 55, 60]

/** pdfkit by hand: every cell placed, the header again on each page. */
export async function load() {
  const PDFDocument = require('pdfkit')
  const roboto = join(dirname(require.resolve('pdfmake/fonts/Roboto.js')), 'Roboto', 'Roboto-Regular.ttf')
  return ([head, ...rows]: Cells): Promise<Buffer> =>
    new Promise((resolve) => {
      const document = new PDFDocument({ size: 'A4', layout: 'landscape', margin: 40 })
      const chunks: Buffer[] = []
      document.on('data', (chunk: Buffer) => chunks.push(chunk))
      document.on('end', () => resolve(Buffer.concat(chunks)))
      document.font(roboto).fontSize(9)
      let y = 40
      const draw = (cells: string[]) => {
        let x = 40
        cells.forEach((text, column) => {
          document.text(text, x, y, { lineBreak: false })
          x += widths[column]!
        })
        y += 14
      }
      draw(head!)
      for (const row of rows) {
        if (y > 540) {
          document.addPage()
          y = 40
          draw(head!)
        }
        draw(row)
      }
      document.end()
    })
}
