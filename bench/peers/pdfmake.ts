import { createRequire } from 'node:module'
import type { Cells } from '../table.ts'

const require = createRequire(import.meta.url)

/** A pdfmake document with default settings: one table with a repeated header. */
export async function load() {
  const pdfmake = require('pdfmake')
  pdfmake.addFonts(require('pdfmake/fonts/Roboto.js'))
  pdfmake.setUrlAccessPolicy(() => false)
  pdfmake.setLocalAccessPolicy(() => true)
  return (cells: Cells): Promise<Buffer> => {
    // pdfmake makes objects of the cells that it is given.
    const body = cells.map((row) => [...row])
    const content = [{ table: { headerRows: 1, body } }]
    return pdfmake.createPdf({ pageOrientation: 'landscape', content }).getBuffer()
  }
}
