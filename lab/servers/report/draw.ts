import type { Layout } from './blocks.ts'
import type { Content } from './content.ts'
import { PdfPage } from './pdf-page.ts'
import type { Style } from './style.ts'

/** Makes the document. The same content gives the same bytes. */
export function draw(
  content: Content,
  { layout, style, options }: { layout: Layout; style: Style; options: PDFKit.PDFDocumentOptions },
): Promise<Buffer> {
  const made = new Date(content.asOf)
  const info = { Title: `${content.title}: ${content.workspaceName}`, CreationDate: made, ModDate: made }
  const sheet = new PdfPage(style, { info, ...options })
  layout(sheet, content)
  return sheet.finish()
}
