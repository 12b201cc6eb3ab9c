import { buffer } from 'node:stream/consumers'

/** A PDF of one page, for operations of which the contract says no more than that they answer one. */
export async function examplePdf(text: string): Promise<Buffer> {
  const { default: PDFDocument } = await import('pdfkit')
  const document = new PDFDocument({ info: { Title: text } })
  document.text(text).end()
  return buffer(document)
}
