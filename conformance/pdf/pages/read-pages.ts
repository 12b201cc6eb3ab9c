import type { PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs'
import { arrangePage } from './arrange-page.ts'
import { interpretPage } from './interpret-page.ts'
import { withDocument } from './open-pdf.ts'
import type { Page } from './page.ts'

/** Reads every page as a reader sees it. Rejects when pdf.js cannot open the bytes. */
export async function readText(bytes: Uint8Array): Promise<Page[]> {
  return withDocument(bytes, readPages)
}

/** As `readText`, from a document that is open. */
export async function readPages(document: PDFDocumentProxy): Promise<Page[]> {
  const optionalContent = await document.getOptionalContentConfig()
  const isVisible = (group: string) => optionalContent.getGroup(group)?.visible ?? true
  const pages: Page[] = []
  for (let number = 1; number <= document.numPages; number += 1) {
    const page = await document.getPage(number)
    const operators = await page.getOperatorList({ annotationMode: 1 })
    const content = interpretPage(page, operators, isVisible)
    const { width, height } = page.getViewport({ scale: 1 })
    pages.push(arrangePage({ number, width, height }, content))
    page.cleanup()
  }
  return pages
}
